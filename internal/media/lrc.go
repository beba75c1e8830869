package media

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"time"

	"hathor/internal/library"
)

// maxLyricLines bounds the lines of one song; a text of 64 KB could name many more.
const maxLyricLines = 4000

// lyrics gives the text without times, and the text with them where the file has any. Much that stands in
// the field for plain text is LRC.
func (b *bag) lyrics() (plain, synced string) {
	plain = b.first(lyrics)
	lines := parseLRC(b.first(syncedLyrics))
	if strings.Contains(plain, "[") && library.IsLRC(plain) {
		if len(lines) == 0 {
			lines = parseLRC(plain)
		}
		plain = ""
	}
	synced = formatLRC(lines)
	return library.Lyrics{Plain: plain, Synced: synced}.Text(), synced
}

func parseLRC(text string) []library.Line {
	if text == "" {
		return nil
	}
	lines := library.ParseLRC(text)
	return lines[:min(len(lines), maxLyricLines)]
}

const lrcTimeSize = len("[00:00.000]\n")

func formatLRC(lines []library.Line) string {
	var text strings.Builder
	for _, l := range lines {
		ms := l.At.Milliseconds()
		part := fmt.Sprintf("%02d", ms%1000/10)
		if ms%10 != 0 {
			part = fmt.Sprintf("%03d", ms%1000)
		}
		row := fmt.Sprintf("[%02d:%02d.%s]%s\n", ms/60_000, ms/1000%60, part, l.Text)
		if text.Len()+len(row) > maxText {
			break
		}
		text.WriteString(row)
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// synchronised reads ID3's SYLT as LRC. Times that count frames of MPEG audio are not read: nothing writes
// them. Where texts begin with a break, those without one go on with the line before.
func synchronised(data []byte) string {
	const head, milliseconds, lastOfWords = 1 + 3 + 1 + 1, 2, 2
	if len(data) < head || data[4] != milliseconds || data[5] > lastOfWords {
		return ""
	}
	t := id3Text{encoding: data[0]}
	name, data := t.cut(data[head:])
	t.decode(name)
	var lines []library.Line
	broken := false
	for size := 0; len(lines) < maxLyricLines && size < maxText; {
		one, rest := t.cut(data)
		if len(rest) < 4 {
			break
		}
		l := library.Line{At: time.Duration(binary.BigEndian.Uint32(rest)) * time.Millisecond, Text: t.decode(one)}
		broken = broken || len(lines) > 0 && strings.HasPrefix(l.Text, "\n")
		lines, data, size = append(lines, l), rest[4:], size+len(l.Text)+lrcTimeSize
	}
	if broken {
		lines = joinSyllables(lines)
	}
	for i := range lines {
		lines[i].Text = line(lines[i].Text)
	}
	return formatLRC(lines)
}

func joinSyllables(parts []library.Line) []library.Line {
	lines := parts[:1]
	for _, p := range parts[1:] {
		last := len(lines) - 1
		if strings.HasPrefix(p.Text, "\n") {
			lines = append(lines, p)
		} else if len(lines[last].Text)+len(p.Text) <= maxText {
			lines[last].Text += p.Text
		}
	}
	return lines
}

// sylt writes LRC as the body of a SYLT frame, nothing when it holds no line.
func sylt(text string) []byte {
	body := []byte("\x03und\x02\x01\x00")
	lines := parseLRC(text)
	for _, l := range lines {
		body = append(append(body, l.Text...), 0)
		body = binary.BigEndian.AppendUint32(body, uint32(min(l.At.Milliseconds(), math.MaxUint32)))
	}
	if len(lines) == 0 {
		return nil
	}
	return body
}
