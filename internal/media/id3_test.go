package media_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/ingest"
	"hathor/internal/media/mediatest"
)

// id3Tag makes a tag of the version from frames that are ready.
func id3Tag(version, flags byte, frames string) []byte {
	n := len(frames)
	head := []byte{'I', 'D', '3', version, 0, flags, byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}
	return append(head, frames...)
}

func frame23(id, body string) string { return frameWith(id, "\x00\x00", body) }

func frameWith(id, flags, body string) string {
	return id + string(binary.BigEndian.AppendUint32(nil, uint32(len(body)))) + flags + body
}

func frame22(id, body string) string {
	n := len(body)
	return id + string([]byte{byte(n >> 16), byte(n >> 8), byte(n)}) + body
}

// little is UTF-16 with its mark, lowest byte first.
func little(text string) string {
	b := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return string(b)
}

func bigEnd(text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.BigEndian.AppendUint16(b, unit)
	}
	return string(b)
}

// unsynchronised puts a zero behind each 0xff, as the encoder must.
func unsynchronised(data string) string { return strings.ReplaceAll(data, "\xff", "\xff\x00") }

// mp3Frames is a second of audio without any tag.
func mp3Frames() []byte {
	return mediatest.MP3(mediatest.Tags{}, time.Second, 440)[len(mediatest.ID3(mediatest.Tags{})):]
}

func TestReadsID3(t *testing.T) {
	for _, c := range []struct {
		name string
		tag  []byte
		want ingest.Tags
	}{
		{"2.3 in UTF-16", id3Tag(3, 0, frame23("TIT2", "\x01"+little("Größe 🎵"))+frame23("TPE1", "\x01"+little("Ada\x00Björn"))),
			ingest.Tags{Title: "Größe 🎵", Artists: []string{"Ada", "Björn"}}},
		{"2.3 keeps slashes", id3Tag(3, 0, frame23("TPE1", "\x00AC/DC")), ingest.Tags{Artists: []string{"AC/DC"}}},
		{"2.3 date of two frames", id3Tag(3, 0, frame23("TYER", "\x002001")+frame23("TDAT", "\x001705")+frame23("TORY", "\x001999")),
			ingest.Tags{Year: 2001, Date: "2001-05-17", OriginalDate: "1999"}},
		{"2.3 genres by number", id3Tag(3, 0, frame23("TCON", "\x00(17)(RX)Psych; Beat")),
			ingest.Tags{Genres: []string{"Rock", "Remix", "Psych", "Beat"}}},
		{"2.3 genre said twice", id3Tag(3, 0, frame23("TCON", "\x00(17)Rock")), ingest.Tags{Genres: []string{"Rock"}}},
		{"2.4 genres by number", id3Tag(4, 0, frame23("TCON", "\x0331\x00Own\x00((odd)")),
			ingest.Tags{Genres: []string{"Trance", "Own", "(odd)"}}},
		{"2.4 in UTF-16BE", id3Tag(4, 0, frame23("TALB", "\x02"+bigEnd("Größe"))), ingest.Tags{Album: "Größe"}},
		{"one mark for two values", id3Tag(4, 0, frame23("TPE1", "\x01"+little("Ada\x00Bö"))), ingest.Tags{Artists: []string{"Ada", "Bö"}}},
		{"a mark for each value", id3Tag(4, 0, frame23("TPE1", "\x01"+little("Ada")+"\x00\x00"+"\xfe\xff"+bigEnd("Bö"))),
			ingest.Tags{Artists: []string{"Ada", "Bö"}}},
		{"Latin-1 of Windows", id3Tag(3, 0, frame23("TIT2", "\x00It\x92s \xfcber")), ingest.Tags{Title: "It’s über"}},
		{"2.2", id3Tag(2, 0, frame22("TT2", "\x00Old")+frame22("TP1", "\x00Ada")+frame22("TRK", "\x004/9")+frame22("TCP", "\x001")),
			ingest.Tags{Title: "Old", Artists: []string{"Ada"}, Track: 4, TrackTotal: 9, Compilation: true}},
		{"2.2 lyrics", id3Tag(2, 0, frame22("ULT", "\x00engd\x00La\r\nla")), ingest.Tags{Lyrics: "La\nla"}},
		{"2.3 unsynchronised", id3Tag(3, 0x80, unsynchronised(frame23("TIT2", "\x01"+little("ÿ")))), ingest.Tags{Title: "ÿ"}},
		{"2.4 unsynchronised frame", id3Tag(4, 0, frameWith("TIT2", "\x00\x02", unsynchronised("\x01"+little("ÿ")))), ingest.Tags{Title: "ÿ"}},
		{"2.4 length in front", id3Tag(4, 0, frameWith("TIT2", "\x00\x01", "\x00\x00\x00\x02\x03A")), ingest.Tags{Title: "A"}},
		{"2.3 extended header", id3Tag(3, 0x40, "\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00"+frame23("TIT2", "\x00A")), ingest.Tags{Title: "A"}},
		{"2.4 extended header", id3Tag(4, 0x40, "\x00\x00\x00\x06\x01\x00"+frame23("TIT2", "\x00A")), ingest.Tags{Title: "A"}},
		{"2.4 compressed", id3Tag(4, 0, frameWith("TIT2", "\x00\x09", "\x00\x00\x00\x02"+deflated("\x03A"))), ingest.Tags{Title: "A"}},
		{"2.4 encrypted", id3Tag(4, 0, frameWith("TIT2", "\x00\x04", "\x01garbage")+frame23("TALB", "\x03B")), ingest.Tags{Album: "B"}},
		{"2.4 with plain sizes", id3Tag(4, 0, frame23("TIT2", "\x03"+strings.Repeat("a", 200))+frame23("TALB", "\x03B")),
			ingest.Tags{Title: strings.Repeat("a", 200), Album: "B"}},
		{"MusicBrainz in UFID", id3Tag(3, 0, frame23("UFID", "http://musicbrainz.org\x000383DADF-2a4e-4d10-a46a-e9e041da8eb3")),
			ingest.Tags{TrackMBID: "0383dadf-2a4e-4d10-a46a-e9e041da8eb3"}},
		{"MusicBrainz in TXXX", id3Tag(3, 0, frame23("TXXX", "\x01"+little("MusicBrainz Album Id")+"\x00\x00"+little("0383dadf-2a4e-4d10-a46a-e9e041da8eb3"))),
			ingest.Tags{AlbumMBID: "0383dadf-2a4e-4d10-a46a-e9e041da8eb3"}},
		{"no id at all", id3Tag(3, 0, frame23("UFID", "http://musicbrainz.org\x00<script>")), ingest.Tags{}},
		{"a lying length", id3Tag(3, 0, frame23("TIT2", "\x00A")+"TALB\x7f\x00\x00\x00\x00\x00\x00B"), ingest.Tags{Title: "A"}},
		{"padding", id3Tag(3, 0, frame23("TIT2", "\x00A")+strings.Repeat("\x00", 3000)), ingest.Tags{Title: "A"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, append(c.tag, mp3Frames()...))
			if diff := cmp.Diff(c.want, got.Tags); diff != "" {
				t.Errorf("tags (-want +got):\n%s", diff)
			}
			if got.Audio.Duration < time.Second || got.Audio.Duration > 1010*time.Millisecond {
				t.Errorf("duration %v", got.Audio.Duration)
			}
		})
	}
}

func deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

func TestPrefersTheFrontCover(t *testing.T) {
	apic := func(kind byte, data string) string {
		return frame23("APIC", "\x00image/jpeg\x00"+string(kind)+"\x00"+data)
	}
	for _, c := range []struct {
		name, frames, want, problem string
	}{
		{"front behind others", apic(4, "back") + apic(0, "other") + apic(3, "front") + apic(3, "again"), "front", ""},
		{"some other", apic(4, "back") + apic(0, "other"), "other", ""},
		{"only an address", frame23("APIC", "\x00-->\x00\x03\x00http://10.0.0.1/"), "", "only an address"},
		{"an address and a picture", frame23("APIC", "\x00-->\x00\x03\x00http://10.0.0.1/") + apic(4, "back"), "back", ""},
		{"description in UTF-16", frame23("APIC", "\x01image/png\x00\x03"+little("Ā")+"\x00\x00"+"data"), "data", ""},
		{"nothing in it", apic(3, ""), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, append(id3Tag(3, 0, c.frames), mp3Frames()...))
			if string(got.Picture) != c.want || !strings.Contains(got.PictureProblem, c.problem) {
				t.Errorf("%q, problem %q", got.Picture, got.PictureProblem)
			}
		})
	}
	old := mustRead(t, append(id3Tag(2, 0, frame22("PIC", "\x00JPG\x03\x00front")), mp3Frames()...))
	if string(old.Picture) != "front" {
		t.Errorf("ID3v2.2: %q", old.Picture)
	}
}

func TestReadsTagsBehindMP3(t *testing.T) {
	old := make([]byte, 128)
	copy(old, "TAG"+"Old title")
	copy(old[33:], "Old artist")
	copy(old[93:], "1987")
	old[126], old[127] = 7, 17
	ape := apeTag("Artist", "Ada\x00Björn", "REPLAYGAIN_TRACK_GAIN", "-3.5 dB", "Track", "2/3")

	got := mustRead(t, append(mp3Frames(), old...))
	want := ingest.Tags{Title: "Old title", Artists: []string{"Old artist"}, Genres: []string{"Rock"}, Track: 7, Year: 1987, Date: "1987"}
	if diff := cmp.Diff(want, got.Tags); diff != "" {
		t.Errorf("ID3v1 (-want +got):\n%s", diff)
	}

	file := append(id3Tag(4, 0, frame23("TIT2", "\x03New")), mp3Frames()...)
	file = append(append(file, ape...), old...)
	got = mustRead(t, file)
	gain := -3.5
	want = ingest.Tags{Title: "New", Artists: []string{"Ada", "Björn"}, Genres: []string{"Rock"}, Track: 2, TrackTotal: 3,
		Year: 1987, Date: "1987", TrackGain: &gain}
	if diff := cmp.Diff(want, got.Tags); diff != "" {
		t.Errorf("all three (-want +got):\n%s", diff)
	}
	if got.Audio.Duration != 1008*time.Millisecond || got.Audio.BitRate != 32 {
		t.Errorf("audio %+v", got.Audio)
	}
}

// apeTag makes an APEv2 tag with a head and a foot.
func apeTag(pairs ...string) []byte {
	var items []byte
	for i := 0; i < len(pairs); i += 2 {
		items = binary.LittleEndian.AppendUint32(items, uint32(len(pairs[i+1])))
		items = append(append(items, "\x00\x00\x00\x00"+pairs[i]+"\x00"...), pairs[i+1]...)
	}
	end := func(flags uint32) []byte {
		b := binary.LittleEndian.AppendUint32([]byte("APETAGEX"), 2000)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(items)+32))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(pairs)/2))
		return append(binary.LittleEndian.AppendUint32(b, flags), make([]byte, 8)...)
	}
	return append(append(end(1<<31|1<<29), items...), end(1<<31)...)
}
