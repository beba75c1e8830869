package library

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Line is a line of lyrics with the time it is sung at, from the beginning of the song.
type Line struct {
	At   time.Duration
	Text string
}

// Bounds of a text with times; more is not read.
const (
	mostLines  = 5000
	mostOffset = 10 * time.Minute
	mostTime   = 100 * time.Hour
)

var (
	stamp     = regexp.MustCompile(`^\s*\[(?:(\d{1,2}):)??(\d{1,4}):(\d{1,2})(?:[.:,](\d{1,3}))?\]`)
	wordStamp = regexp.MustCompile(`<\d{1,4}:\d{1,2}(?:[.:,]\d{1,3})?>`)
	offsetTag = regexp.MustCompile(`(?i)^\s*\[offset:\s*([+-]?\d{1,7})\s*\]`)
)

// Lines are the lines of synced lyrics in the order of their times; none where there are no times.
func (l Lyrics) Lines() []Line { return ParseLRC(l.Synced) }

// Text is the words without times.
func (l Lyrics) Text() string {
	if l.Plain != "" {
		return l.Plain
	}
	lines := l.Lines()
	texts := make([]string, len(lines))
	for i, line := range lines {
		texts[i] = line.Text
	}
	return strings.TrimSpace(strings.Join(texts, "\n"))
}

// IsLRC tells whether a text has times: two lines of it at least.
func IsLRC(text string) bool {
	timed := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		if stamp.MatchString(line) {
			timed++
		}
	}
	return timed >= 2
}

// ParseLRC reads lines with times. A line can have several, in any order; the times within a line are left
// out, and so is what has no time. The offset tag moves everything, a positive one forward in the song's time.
func ParseLRC(text string) []Line {
	var lines []Line
	var offset time.Duration
	for _, line := range strings.FieldsFunc(strings.TrimPrefix(text, "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if m := offsetTag.FindStringSubmatch(line); m != nil {
			ms, _ := strconv.Atoi(m[1]) // seven digits always fit
			offset = min(max(time.Duration(ms)*time.Millisecond, -mostOffset), mostOffset)
			continue
		}
		at, rest := stamps(line)
		words := strings.TrimSpace(wordStamp.ReplaceAllString(rest, ""))
		for _, moment := range at {
			if len(lines) < mostLines {
				lines = append(lines, Line{moment, words})
			}
		}
	}
	for i := range lines {
		lines[i].At = max(0, lines[i].At-offset)
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return int((a.At - b.At) / time.Millisecond) })
	return lines
}

// stamps takes the times off the beginning of a line.
func stamps(line string) (at []time.Duration, rest string) {
	for {
		m := stamp.FindStringSubmatch(line)
		if m == nil {
			return at, line
		}
		line = line[len(m[0]):]
		if moment := timeOf(m); moment < mostTime {
			at = append(at, moment)
		}
	}
}

// timeOf is the time of hours, minutes, seconds and a fraction.
func timeOf(m []string) time.Duration {
	number := func(text string) time.Duration {
		n, _ := strconv.Atoi(text) // four digits at most; none are 0
		return time.Duration(n)
	}
	fraction := number((m[4] + "000")[:3])
	return number(m[1])*time.Hour + number(m[2])*time.Minute + number(m[3])*time.Second + fraction*time.Millisecond
}
