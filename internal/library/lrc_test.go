package library_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/library"
)

func TestLRC(t *testing.T) {
	at := func(ms int, text string) library.Line {
		return library.Line{At: time.Duration(ms) * time.Millisecond, Text: text}
	}
	for name, c := range map[string]struct {
		text string
		want []library.Line
	}{
		"plain words have no lines":       {"All night\nlong", nil},
		"hundredths, tenths, thousandths": {"[00:01.50]a\n[00:02.5]b\n[01:02.345]c", []library.Line{at(1500, "a"), at(2500, "b"), at(62345, "c")}},
		"no fraction, colon, comma":       {"[0:01]a\n[00:02:50]b\n[00:03,75]c", []library.Line{at(1000, "a"), at(2500, "b"), at(3750, "c")}},
		"hours":                           {"[01:00:02.50]late", []library.Line{at(3602500, "late")}},
		"several times a line":            {"[00:10.00][00:02.00] chorus\n[00:05.00]verse", []library.Line{at(2000, "chorus"), at(5000, "verse"), at(10000, "chorus")}},
		"out of order, stable":            {"[00:05.00]c\n[00:01.00]a\n[00:05.00]d", []library.Line{at(1000, "a"), at(5000, "c"), at(5000, "d")}},
		"tags and lines without times":    {"\ufeff[ar:Ada]\r\n[00:01.00]a\r\nnothing\r\n[00:02.00][Chorus] b", []library.Line{at(1000, "a"), at(2000, "[Chorus] b")}},
		"a positive offset is sooner":     {"[00:01.00]a\n[offset:+500]\n[00:02.00]b", []library.Line{at(500, "a"), at(1500, "b")}},
		"a negative offset is later":      {"[offset:-250]\n[00:01.00]a", []library.Line{at(1250, "a")}},
		"nothing before the beginning":    {"[offset:9999]\n[00:01.00]a", []library.Line{at(0, "a")}},
		"times of words go":               {"[00:01.00]<00:01.00>All <00:01.50>night", []library.Line{at(1000, "All night")}},
		"an empty line is a pause":        {"[00:01.00]a\n[00:02.00]", []library.Line{at(1000, "a"), at(2000, "")}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, library.ParseLRC(c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWordsOfLyrics(t *testing.T) {
	timed := library.Lyrics{Synced: "[00:02.00]long\n[00:01.00]All night"}
	if got := timed.Text(); got != "All night\nlong" {
		t.Errorf("the words are %q", got)
	}
	if library.IsLRC("[00:01.00] one line may be a quotation") || !library.IsLRC(timed.Synced) {
		t.Error("two lines with times make LRC, one does not")
	}
}

func FuzzParseLRC(f *testing.F) {
	f.Add("[00:01.50][00:00.10]a\n[offset:-99999999]\n<00:01.00>\r[1:2:3]b")
	f.Add("[99:9999:99.999]\n[\n]")
	f.Fuzz(func(t *testing.T, text string) {
		lines := library.ParseLRC(text)
		if !slices.IsSortedFunc(lines, func(a, b library.Line) int { return int(a.At - b.At) }) {
			t.Errorf("not in order: %v", lines)
		}
		for _, line := range lines {
			if line.At < 0 || !strings.Contains(text, "[") || strings.ContainsAny(line.Text, "\r\n") {
				t.Errorf("a line %+v of %q", line, text)
			}
		}
	})
}
