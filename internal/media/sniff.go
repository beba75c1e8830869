package media

import (
	"bytes"
	"unicode/utf8"

	"hathor/internal/library"
)

// formatNames are the formats in sentences for people.
var formatNames = map[library.Format]string{
	library.MP3: "MP3", library.FLAC: "FLAC", library.Vorbis: "Ogg Vorbis", library.Opus: "Ogg Opus", library.WAV: "WAV", library.AIFF: "AIFF",
	library.AAC: "M4A", library.ALAC: "M4A", library.WavPack: "WavPack", library.Musepack: "Musepack", library.DSD: "DSD", library.APE: "Monkey's Audio",
	library.TTA: "True Audio", library.WMA: "Windows Media", library.WebM: "Matroska",
}

func formatName(f library.Format) string { return formatNames[f] }

func isWave(head []byte) bool {
	if len(head) < 12 || string(head[8:12]) != "WAVE" {
		return false
	}
	return string(head[:4]) == "RIFF" || string(head[:4]) == "RF64" || string(head[:4]) == "BW64"
}

// foreign are files that get taken for music, by how they start.
var foreign = []struct{ start, what string }{
	{"\x89PNG\r\n", "a PNG picture"}, {"\xff\xd8\xff", "a JPEG picture"}, {"GIF8", "a GIF picture"},
	{"BM", "a BMP picture"}, {"II*\x00", "a TIFF picture"}, {"MM\x00*", "a TIFF picture"},
	{"%PDF", "a PDF document"}, {"PK\x03\x04", "a ZIP archive"}, {"\x1f\x8b", "a gzip archive"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"}, {"Rar!", "a RAR archive"}, {"MZ", "a Windows program"},
	{"\x7fELF", "a program"}, {"#!", "a script"}, {"SQLite format 3", "a database"},
	{"FLV\x01", "a Flash video"}, {"\x00\x00\x01\xba", "an MPEG video"}, {"\x00\x00\x01\xb3", "an MPEG video"},
	{"MThd", "a MIDI file"}, {".snd", "a Sun audio file"},
	{"MP+", "a Musepack file of an old kind"}, {"caff", "a Core Audio file"}, {"#!AMR", "an AMR file"},
	{"\x0b\x77", "a Dolby Digital stream"}, {"#EXTM3U", "an HLS or M3U playlist"},
	{"ffconcat", "an ffconcat list"}, {"[playlist]", "a PLS playlist"},
}

// refuseForeign names what the file is, nil when it may still be MP3.
func refuseForeign(s *source) error {
	head, err := s.peekUpTo(0, 1024)
	if err != nil {
		return err
	}
	if what := foreignKind(head); what != "" {
		return notAudio("This is " + what + ", not audio that can be played here")
	}
	return nil
}

func foreignKind(head []byte) string {
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.start)) {
			return f.what
		}
	}
	if what := containerKind(head); what != "" {
		return what
	}
	return textKind(head)
}

// containerKind tells apart what shares one outer form.
func containerKind(head []byte) string {
	if len(head) < 12 {
		return ""
	}
	kind := string(head[8:12])
	switch string(head[:4]) {
	case "RIFF":
		switch kind {
		case "WEBP":
			return "a WebP picture"
		case "AVI ":
			return "an AVI video"
		}
		return "a RIFF file"
	}
	if head[0] == 0x47 && len(head) > 188 && head[188] == 0x47 {
		return "an MPEG transport stream"
	}
	return ""
}

// textKind names text by what it begins with; "" when it is none.
func textKind(head []byte) string {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) && len(head) > 3 && head[3] == 0 {
		return "a text file"
	}
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if len(head) == 0 || !isText(head) {
		return ""
	}
	lower := bytes.ToLower(head)
	for _, f := range []struct{ start, what string }{
		{"<!doctype html", "an HTML page"}, {"<html", "an HTML page"}, {"<head", "an HTML page"},
		{"<svg", "an SVG picture"}, {"<?xml", "an XML document"}, {"#extm3u", "an HLS or M3U playlist"},
		{"ffconcat", "an ffconcat list"}, {"[playlist]", "a PLS playlist"}, {"{", "a JSON document"},
	} {
		if bytes.HasPrefix(lower, []byte(f.start)) {
			return f.what
		}
	}
	return "a text file"
}

// isText allows a rune to be cut at the end of what was looked at.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 {
			return !utf8.FullRune(head)
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' {
			return false
		}
		head = head[size:]
	}
	return true
}
