package media

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxLyricLines bounds the lines of one song; a text of 64 KB could name many more.
const maxLyricLines = 4000

// lyricLine is a line of a song and when it is sung, in milliseconds from the start.
type lyricLine struct {
	at   int64
	text string
}

// lyrics gives the text without times, and the text with them where the file has any. Much that stands in
// the field for plain text is LRC.
func (b *bag) lyrics() (plain, synced string) {
	plain = b.first(lyrics)
	lines := parseLRC(b.first(syncedLyrics))
	if timed := parseLRC(plain); len(timed) > 0 {
		plain = ""
		if len(lines) == 0 {
			lines = timed
		}
	}
	if plain == "" {
		texts := make([]string, len(lines))
		for i, l := range lines {
			texts[i] = l.text
		}
		plain = strings.TrimSpace(strings.Join(texts, "\n"))
	}
	return plain, formatLRC(lines)
}

// parseLRC reads lines with one or more times in front, in the order of the times; nothing when fewer than
// half of the lines have one, since a bracket may just be a bracket.
func parseLRC(text string) []lyricLine {
	if !strings.Contains(text, "[") {
		return nil
	}
	var lines []lyricLine
	var offset int64
	timed, bare, size := 0, 0, 0
	for row := range strings.SplitSeq(text, "\n") {
		times, rest := cutTimes(strings.TrimSpace(row))
		if len(times) == 0 {
			if value, ok := lrcOffset(rest); ok {
				offset = value
			} else if rest != "" && !lrcHead(rest) {
				bare++
			}
			continue
		}
		timed++
		rest = withoutWordTimes(rest)
		for _, at := range times {
			if size += len(rest) + lrcTimeSize; size > maxText || len(lines) >= maxLyricLines {
				break
			}
			lines = append(lines, lyricLine{at, rest})
		}
	}
	if timed < bare {
		return nil
	}
	for i := range lines {
		lines[i].at = max(lines[i].at-offset, 0)
	}
	slices.SortStableFunc(lines, func(a, b lyricLine) int { return cmp.Compare(a.at, b.at) })
	return lines
}

// cutTimes takes the times off a row's front.
func cutTimes(row string) (times []int64, rest string) {
	for strings.HasPrefix(row, "[") {
		inside, behind, ok := strings.Cut(row[1:], "]")
		if !ok {
			break
		}
		at, ok := lrcTime(inside)
		if !ok {
			break
		}
		times, row = append(times, at), strings.TrimSpace(behind)
	}
	return times, row
}

// lrcTime reads "12:34", "12:34.5", "12:34.56", "12:34.567" and "12:34:56".
func lrcTime(text string) (int64, bool) {
	minutes, rest, ok := strings.Cut(text, ":")
	seconds, part := rest, ""
	if i := strings.IndexAny(rest, ".:"); i >= 0 {
		seconds, part = rest[:i], rest[i+1:]
	}
	if !ok || !digits(minutes) || len(minutes) > 4 || !digits(seconds) || len(seconds) > 2 || len(part) > 3 || part != "" && !digits(part) {
		return 0, false
	}
	m, _ := strconv.ParseInt(minutes, 10, 64)
	s, _ := strconv.ParseInt(seconds, 10, 64)
	ms, _ := strconv.ParseInt((part + "000")[:3], 10, 64)
	return (m*60+s)*1000 + ms, s < 60
}

// lrcHead knows rows such as "[ar:Ada]", which are about the song.
func lrcHead(row string) bool {
	name, _, ok := strings.Cut(row, ":")
	return ok && strings.HasPrefix(name, "[") && strings.HasSuffix(row, "]") && !digits(name[1:])
}

// lrcOffset reads "[offset:+250]", the milliseconds by which all lines come sooner.
func lrcOffset(row string) (int64, bool) {
	value, ok := strings.CutPrefix(strings.ToLower(row), "[offset:")
	if !ok {
		return 0, false
	}
	ms, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(value, "]")), 10, 32)
	return ms, err == nil
}

// withoutWordTimes drops "<00:12.34>", by which some time each word.
func withoutWordTimes(text string) string {
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '<')
		if open < 0 {
			return strings.TrimSpace(text)
		}
		open += from
		inside, behind, ok := strings.Cut(text[open+1:], ">")
		if !ok {
			return strings.TrimSpace(text)
		}
		if _, time := lrcTime(inside); !time {
			from = open + 1
			continue
		}
		text, from = text[:open]+behind, open
	}
}

const lrcTimeSize = len("[00:00.000]\n")

func formatLRC(lines []lyricLine) string {
	var text strings.Builder
	for _, l := range lines {
		part := fmt.Sprintf("%02d", l.at%1000/10)
		if l.at%10 != 0 {
			part = fmt.Sprintf("%03d", l.at%1000)
		}
		row := fmt.Sprintf("[%02d:%02d.%s]%s\n", l.at/60_000, l.at/1000%60, part, l.text)
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
	var lines []lyricLine
	broken := false
	for size := 0; len(lines) < maxLyricLines && size < maxText; {
		one, rest := t.cut(data)
		if len(rest) < 4 {
			break
		}
		l := lyricLine{int64(binary.BigEndian.Uint32(rest)), t.decode(one)}
		broken = broken || len(lines) > 0 && strings.HasPrefix(l.text, "\n")
		lines, data, size = append(lines, l), rest[4:], size+len(l.text)+lrcTimeSize
	}
	if broken {
		lines = joinSyllables(lines)
	}
	for i := range lines {
		lines[i].text = line(lines[i].text)
	}
	return formatLRC(lines)
}

func joinSyllables(parts []lyricLine) []lyricLine {
	lines := parts[:1]
	for _, p := range parts[1:] {
		last := len(lines) - 1
		if strings.HasPrefix(p.text, "\n") {
			lines = append(lines, p)
		} else if len(lines[last].text)+len(p.text) <= maxText {
			lines[last].text += p.text
		}
	}
	return lines
}

// sylt writes LRC as the body of a SYLT frame, nothing when it holds no line.
func sylt(text string) []byte {
	body := []byte("\x03und\x02\x01\x00")
	lines := parseLRC(text)
	for _, l := range lines {
		body = append(append(body, l.text...), 0)
		body = binary.BigEndian.AppendUint32(body, uint32(min(l.at, 1<<32-1)))
	}
	if len(lines) == 0 {
		return nil
	}
	return body
}
