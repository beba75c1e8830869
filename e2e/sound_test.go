package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
	"hathor/internal/pgtest"
)

// analysis is what the tests look at of how far the measuring is.
type analysis struct {
	Enabled                      bool
	Total, Done, Failed, Pending int
}

func (c *client) analysis() (a analysis) {
	c.t.Helper()
	c.want(http.StatusOK, http.MethodGet, "/api/library/analysis", "", &a)
	return a
}

// measuredAll waits until nothing is left to measure of so many songs. Counts may be some seconds old.
func (c *client) measuredAll(songs int) analysis {
	c.t.Helper()
	var a analysis
	until(c.t, 2*time.Minute, func() bool { a = c.analysis(); return a.Pending == 0 && a.Total == songs })
	return a
}

type soundOf struct {
	Measured                            bool
	SampleRate, StartTrim, TotalSamples int64
	TrimSource                          string
	Loudness                            *float64
	Gain                                *struct {
		Track  float64
		Source string
	}
	Problem *string
}

func (c *client) sound(song int64) (s soundOf) {
	c.t.Helper()
	c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/sound", song), "", &s)
	return s
}

// songID finds the one song of a search.
func (c *client) songID(words string) int64 {
	c.t.Helper()
	var list struct{ Songs []struct{ ID int64 } }
	c.want(http.StatusOK, http.MethodGet, "/api/songs?search="+words, "", &list)
	if len(list.Songs) != 1 {
		c.t.Fatalf("%d songs are called %s", len(list.Songs), words)
	}
	return list.Songs[0].ID
}

func writeSong(t *testing.T, path string, file []byte) {
	t.Helper()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
}

func (c *client) scanned() {
	c.t.Helper()
	c.want(http.StatusOK, http.MethodPost, "/api/library/scan", "")
	until(c.t, time.Minute, func() bool {
		var scan struct{ Running bool }
		c.want(http.StatusOK, http.MethodGet, "/api/library/scan", "", &scan)
		return !scan.Running
	})
}

func TestSongsAreMeasured(t *testing.T) { eachDatabase(t, measureSongs) }

func measureSongs(t *testing.T, environment ...string) {
	music, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	tagged := func(title string) mediatest.Tags { return mediatest.Tags{Title: title, Artists: []string{"Ada"}} }
	writeSong(t, filepath.Join(music, "a.flac"), mediatest.FLAC(tagged("Lossless"), 3*time.Second, 440))
	writeSong(t, filepath.Join(music, "b.mp3"), mediatest.MP3(tagged("Lossy"), 3*time.Second, 440))
	environment = append(environment, "MUSIC_DIRS="+music, "RATE_LIMIT_ANONYMOUS=off", "LOG_LEVEL=error")
	p := start(t, data, environment...)
	admin := register(t, p.url, "admin")
	upload := admin.add(mediatest.WAV(tagged("Upload"), 2*time.Second, 440)).Song.ID
	if a := admin.measuredAll(3); !a.Enabled || a.Done != 3 {
		t.Fatalf("%+v", a)
	}
	flac, mp3 := admin.songID("Lossless"), admin.songID("Lossy")
	was := admin.sound(flac)
	if !was.Measured || was.TrimSource != "exact" || was.TotalSamples != 3*was.SampleRate || was.Loudness == nil || was.Gain == nil || was.Gain.Source != "measured" {
		t.Errorf("%+v", was)
	}
	if s := admin.sound(upload); !s.Measured || s.TotalSamples != 2*s.SampleRate || s.Loudness == nil {
		t.Errorf("the upload: %+v", s)
	}
	var index struct{ Entries, Samples []int64 }
	admin.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/seek-index", mp3), "", &index)
	var wave struct {
		PerSecond float64
		Peaks     []int
	}
	r := admin.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/waveform", mp3), "", &wave)
	if len(index.Entries) < 3 || len(index.Entries) != len(index.Samples) || len(wave.Peaks) < 100 || wave.PerSecond < 40 {
		t.Errorf("%+v, %d points", index, len(wave.Peaks))
	}
	again, err := admin.sendWith(http.MethodGet, fmt.Sprintf("/api/songs/%d/waveform", mp3), nil, "If-None-Match", r.header.Get("ETag"))
	if err != nil || again.status != http.StatusNotModified || len(again.body) != 0 {
		t.Errorf("asked again: %d, %d bytes, %v", again.status, len(again.body), err)
	}

	// Other bytes in its place are measured anew, and what is deleted leaves nothing.
	writeSong(t, filepath.Join(music, "a.flac"), mediatest.FLAC(tagged("Lossless"), 4*time.Second, 880))
	admin.want(http.StatusNoContent, http.MethodDelete, fmt.Sprintf("/api/songs/%d", upload), "")
	admin.scanned()
	admin.measuredAll(2)
	if now := admin.sound(flac); now.TotalSamples != 4*now.SampleRate {
		t.Errorf("changed file: %+v, was %+v", now, was)
	}
	admin.want(http.StatusNotFound, http.MethodGet, fmt.Sprintf("/api/songs/%d/sound", upload), "")

	// The hash that the pass made finds the same bytes when they are uploaded.
	file, err := os.ReadFile(filepath.Join(music, "b.mp3"))
	if err != nil {
		t.Fatal(err)
	}
	if r := admin.upload("b.mp3", file); r.status != http.StatusOK || !bytes.Contains(r.body, []byte(`"duplicate":true`)) {
		t.Errorf("the same bytes: %d %s", r.status, r.body)
	}
}

// TestMeasuringGoesOnAfterAKill measures many songs while the server is killed again and again.
func TestMeasuringGoesOnAfterAKill(t *testing.T) {
	const songs = 24
	music, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	for i := range songs {
		writeSong(t, filepath.Join(music, fmt.Sprintf("%d.wav", i)), mediatest.WAV(mediatest.Tags{Title: fmt.Sprint("Song ", i)}, 5*time.Second, 440))
	}
	environment := []string{"MUSIC_DIRS=" + music, "RATE_LIMIT_ANONYMOUS=off", "LOG_LEVEL=error"}
	p := start(t, data, environment...)
	admin := register(t, p.url, "admin")
	for round := range 3 {
		until(t, 2*time.Minute, func() bool { return admin.analysis().Done >= 4*(round+1) })
		if err := p.command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.command.Wait()
		p = start(t, data, environment...)
		admin = (&client{t: t, url: p.url}).again("admin")
	}
	if a := admin.measuredAll(songs); a.Done != songs {
		t.Errorf("%+v", a)
	}
}

// TestTwoNodesMeasureEachSongOnce has two servers on one database, each of which tells what it has measured itself.
func TestTwoNodesMeasureEachSongOnce(t *testing.T) {
	const songs = 40
	music, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	for i := range songs {
		writeSong(t, filepath.Join(music, fmt.Sprintf("%d.wav", i)), mediatest.WAV(mediatest.Tags{Title: fmt.Sprint("Song ", i)}, time.Duration(5+i%3)*time.Second, 440))
	}
	environment := []string{"DATABASE_URL=" + pgtest.URL(t), "MUSIC_DIRS=" + music, "WATCH=false", "LOG_LEVEL=error", "RATE_LIMIT_ANONYMOUS=off"}
	if code, _, failures := runScan(t, append(environment, "DATA_DIR="+data)); code != 0 {
		t.Fatal(failures)
	}
	first, second := start(t, data, environment...), start(t, filepath.Join(t.TempDir(), "data"), environment...)
	nodes := []*client{register(t, first.url, "admin"), (&client{t: t, url: second.url}).again("admin")}
	for _, node := range nodes {
		node.measuredAll(songs)
	}
	var each [2]float64
	until(t, time.Minute, func() bool { // figures may be some seconds old
		for i, node := range nodes {
			text := string(node.want(http.StatusOK, http.MethodGet, "/api/metrics", "").body)
			_, figure, _ := strings.Cut(text, "\nhathor_analysis_measured_total ")
			figure, _, _ = strings.Cut(figure, "\n")
			each[i], _ = strconv.ParseFloat(figure, 64)
		}
		return each[0]+each[1] >= songs
	})
	if each[0]+each[1] != songs || each[0] == 0 || each[1] == 0 {
		t.Errorf("the nodes measured %v songs of %d", each, songs)
	}
}

func TestMeasuringCanBeSwitchedOff(t *testing.T) {
	music := t.TempDir()
	writeSong(t, filepath.Join(music, "a.wav"), mediatest.WAV(mediatest.Tags{Title: "Unheard"}, time.Second, 440))
	p := start(t, filepath.Join(t.TempDir(), "data"), "MUSIC_DIRS="+music, "ANALYSIS=off")
	admin := register(t, p.url, "admin")
	admin.scanned()
	if s := admin.sound(admin.songID("Unheard")); s.Measured || s.Loudness != nil || s.Gain != nil || s.TrimSource != "none" || s.SampleRate == 0 {
		t.Errorf("%+v", s)
	}
	if a := admin.analysis(); a.Enabled || a.Pending != 1 || a.Done != 0 {
		t.Errorf("%+v", a)
	}
}
