package playback_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/playback"
)

func TestJudge(t *testing.T) {
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	heard := func(d time.Duration) *time.Duration { return &d }
	at := func(d time.Duration, h *time.Duration) playback.Report {
		return playback.Report{At: noon.Add(d), Heard: h}
	}
	earlier := func(d, h time.Duration) *playback.Listen { return &playback.Listen{ID: 7, At: noon.Add(d), Heard: h} }
	const song = 3 * time.Minute
	cases := []struct {
		name   string
		length time.Duration
		before *playback.Listen
		report playback.Report
		want   playback.Verdict
	}{
		{"half", song, nil, at(0, heard(90*time.Second)), playback.Verdict{At: noon, Heard: 90 * time.Second, Counts: true}},
		{"less than half", song, nil, at(0, heard(89*time.Second)), playback.Verdict{At: noon, Heard: 89 * time.Second}},
		{"four minutes of an hour", time.Hour, nil, at(0, heard(4*time.Minute)), playback.Verdict{At: noon, Heard: 4 * time.Minute, Counts: true}},
		{"no length given", song, nil, at(0, nil), playback.Verdict{At: noon, Heard: 90 * time.Second, Counts: true}},
		{"more than there is", song, nil, at(0, heard(time.Hour)), playback.Verdict{At: noon, Heard: song, Counts: true}},
		{"length of the song unknown", 0, nil, at(0, heard(time.Second)), playback.Verdict{At: noon, Heard: time.Second, Counts: true}},
		{"twice in a moment", song, earlier(0, 90*time.Second), at(time.Second, nil), playback.Verdict{At: noon, Again: 7, Heard: 90 * time.Second}},
		{"at the start, then within a third", song, earlier(0, 0), at(59*time.Second, heard(song)), playback.Verdict{At: noon.Add(59 * time.Second), Again: 7, Heard: song, Counts: true}},
		{"at half, then at the end", song, earlier(0, 90*time.Second), at(90*time.Second, heard(song)), playback.Verdict{At: noon, Again: 7, Heard: song}},
		{"at the start, then at half", song, earlier(0, time.Second), at(80*time.Second, heard(90*time.Second)), playback.Verdict{At: noon.Add(80 * time.Second), Again: 7, Heard: 90 * time.Second, Counts: true}},
		{"again after the end", song, earlier(0, song), at(song, heard(song)), playback.Verdict{At: noon.Add(song), Heard: song, Counts: true}},
		{"on repeat at double speed", song, earlier(0, 90*time.Second), at(90*time.Second, heard(90*time.Second)), playback.Verdict{At: noon.Add(90 * time.Second), Heard: 90 * time.Second, Counts: true}},
		{"no length given, past a third", song, earlier(0, 90*time.Second), at(61*time.Second, nil), playback.Verdict{At: noon.Add(61 * time.Second), Heard: 90 * time.Second, Counts: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, playback.Judge(c.length, c.before, c.report)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
