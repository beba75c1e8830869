package media_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hathor/internal/clock"
	"hathor/internal/ffmpeg"
	"hathor/internal/ingest"
	"hathor/internal/media"
)

// oracleJob is a line for the script: tags to write, or without a kind a file to read.
type oracleJob struct {
	Path     string              `json:"path"`
	Kind     string              `json:"kind,omitempty"`
	Encoding int                 `json:"encoding"`
	V1       bool                `json:"v1,omitempty"`
	Tags     map[string][]string `json:"tags,omitempty"`
	Sung     [][2]any            `json:"sung,omitempty"`
	Pictures []oraclePicture     `json:"pictures,omitempty"`
}

// verdict is what one oracle says of a file.
type verdict struct {
	Failure    string              `json:"failure"`
	Fields     map[string][]string `json:"fields"`
	Length     float64             `json:"length"`
	SampleRate int                 `json:"sampleRate"`
	Channels   int                 `json:"channels"`
	Bits       int                 `json:"bits"`
	BitRate    float64             `json:"bitRate"`
	Pictures   []struct {
		Kind int    `json:"kind"`
		Hash string `json:"hash"`
	} `json:"pictures"`
}

type oracleAnswer struct{ Mutagen, TagLib verdict }

// oracle is the script, as long as the test runs.
type oracle struct {
	in  io.Writer
	out *bufio.Reader
}

// startOracle needs a Python with both libraries, as Debian has them.
func startOracle(t *testing.T) *oracle {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import mutagen, taglib").Run() != nil {
			continue
		}
		cmd := exec.Command(python, "testdata/oracle.py")
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _, _ = in.Close(), cmd.Wait() })
		return &oracle{in, bufio.NewReader(out)}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("python3-mutagen and python3-taglib are not installed, and CI must run this test")
	}
	t.Skip("python3-mutagen and python3-taglib are not installed: nothing is compared with them")
	return nil
}

func (o *oracle) ask(t *testing.T, job oracleJob) oracleAnswer {
	t.Helper()
	line, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	back, err := o.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("%s: the script ended: %v", job.Path, err)
	}
	var answer oracleAnswer
	if err := json.Unmarshal(back, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestAgreesWithTheOracles reads a corpus with this package, with mutagen and with TagLib. Each difference stands in
// ORACLES.md with its reason, and each row of that table must still be true.
func TestAgreesWithTheOracles(t *testing.T) {
	needFFmpeg(t)
	o := startOracle(t)
	tool, err := ffmpeg.Find(t.Context(), ffmpeg.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	reader := media.NewProbingReader(clock.System{}, tool)
	rows := readDifferences(t)
	cases := corpusOf(t, o, t.TempDir())
	if len(cases) < 300 {
		t.Errorf("the corpus has only %d files", len(cases))
	}
	for _, c := range cases {
		ours := readFile(t, reader, c.path)
		answer := o.ask(t, oracleJob{Path: c.path})
		compare(t, rows, "mutagen", c, ours, answer.Mutagen)
		compare(t, rows, "taglib", c, ours, answer.TagLib)
	}
	for _, r := range rows {
		for _, unseen := range r.unseen() {
			t.Errorf("ORACLES.md has a row for a difference that is not there: %s of %+v", unseen, *r)
		}
	}
	t.Logf("%d files", len(cases))
}

func readFile(t *testing.T, reader *media.Reader, name string) ingest.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, err := reader.Read(context.Background(), f, info.Size())
	if err != nil {
		t.Errorf("%s: %v", path.Base(name), err)
	}
	return file
}

// compare holds what we read against an oracle, field by field.
func compare(t *testing.T, rows []*difference, who string, c oracleCase, ours ingest.File, theirs verdict) {
	t.Helper()
	report := func(field string, got, want any) {
		for _, r := range rows {
			if r.matches(who, c, field) {
				r.seen[who+" "+field] = true
				return
			}
		}
		t.Errorf("%s: %s: %s is %.80q here, %.80q there", who, path.Base(c.path), field, fmt.Sprint(got), fmt.Sprint(want))
	}
	if theirs.Failure != "" {
		report("file", "read", theirs.Failure)
		return
	}
	mine, other := fieldsOf(ours), reduced(theirs.Fields)
	for _, name := range comparedFields {
		if !slices.Equal(mine[name], other[name]) {
			report(name, mine[name], other[name])
		}
	}
	a := ours.Audio
	if off := math.Abs(a.Duration.Seconds() - theirs.Length); off > 0.001 && (who == "mutagen" || off >= 1) {
		report("length", a.Duration.Seconds(), theirs.Length)
	}
	if a.SampleRate != theirs.SampleRate {
		report("sampleRate", a.SampleRate, theirs.SampleRate)
	}
	if a.Channels != theirs.Channels {
		report("channels", a.Channels, theirs.Channels)
	}
	if off := math.Abs(float64(a.BitRate) - theirs.BitRate); off > 2 && off > theirs.BitRate/50 {
		report("bitRate", a.BitRate, theirs.BitRate)
	}
	if who == "taglib" {
		return // the binding shows neither depths nor pictures
	}
	if a.BitDepth != theirs.Bits {
		report("bits", a.BitDepth, theirs.Bits)
	}
	if got, want := hashOf(ours.Picture), theirs.picture(3, 0); got != want && !(want == "" && len(theirs.Pictures) > 0) {
		report("cover", got, want)
	}
	if got, want := hashOf(ours.Tags.Pictures[ingest.ArtistPicture]), theirs.picture(8, 7, 10); got != want {
		report("artistPicture", got, want)
	}
}

// picture is the first of the best kind.
func (v verdict) picture(kinds ...int) string {
	for _, kind := range kinds {
		for _, p := range v.Pictures {
			if p.Kind == kind {
				return p.Hash
			}
		}
	}
	return ""
}

func hashOf(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

var comparedFields = []string{
	"TITLE", "ARTIST", "ALBUMARTIST", "ALBUM", "GENRE", "TRACKNUMBER", "TRACKTOTAL", "DISCNUMBER", "DISCTOTAL", "DATE", "ORIGINALDATE",
	"COMPILATION", "TITLESORT", "ARTISTSORT", "ALBUMSORT", "ALBUMARTISTSORT", "COMPOSER", "REMIXER", "MUSICBRAINZ_TRACKID",
	"MUSICBRAINZ_ALBUMID", "MUSICBRAINZ_ARTISTID", "MUSICBRAINZ_ALBUMARTISTID", "MUSICBRAINZ_RELEASEGROUPID", "RELEASETYPE",
	"TRACK_GAIN", "TRACK_PEAK", "ALBUM_GAIN", "ALBUM_PEAK", "LYRICS", "SUNG",
}

// fieldsOf are our tags in the words of the comparison.
func fieldsOf(f ingest.File) map[string][]string {
	t := f.Tags
	fields := map[string][]string{
		"ARTIST": t.Artists, "ALBUMARTIST": t.AlbumArtists, "GENRE": t.Genres, "COMPOSER": t.Composers, "REMIXER": t.Remixers,
		"MUSICBRAINZ_ARTISTID": t.ArtistMBIDs, "MUSICBRAINZ_ALBUMARTISTID": t.AlbumArtistMBIDs, "RELEASETYPE": t.ReleaseTypes,
	}
	texts := map[string]string{
		"TITLE": t.Title, "ALBUM": t.Album, "DATE": t.Date, "ORIGINALDATE": t.OriginalDate, "TITLESORT": t.TitleSort, "ARTISTSORT": t.ArtistSort,
		"ALBUMSORT": t.AlbumSort, "ALBUMARTISTSORT": t.AlbumArtistSort, "MUSICBRAINZ_TRACKID": t.TrackMBID, "MUSICBRAINZ_ALBUMID": t.AlbumMBID,
		"MUSICBRAINZ_RELEASEGROUPID": t.ReleaseGroupMBID, "LYRICS": t.Lyrics, "COMPILATION": map[bool]string{true: "1"}[t.Compilation],
	}
	for name, text := range texts {
		if text != "" {
			fields[name] = []string{text}
		}
	}
	for name, n := range map[string]int{"TRACKNUMBER": t.Track, "TRACKTOTAL": t.TrackTotal, "DISCNUMBER": t.Disc, "DISCTOTAL": t.DiscTotal} {
		if n > 0 {
			fields[name] = []string{strconv.Itoa(n)}
		}
	}
	for name, value := range map[string]*float64{"TRACK_GAIN": t.TrackGain, "TRACK_PEAK": t.TrackPeak, "ALBUM_GAIN": t.AlbumGain, "ALBUM_PEAK": t.AlbumPeak} {
		if value != nil {
			fields[name] = []string{fmt.Sprintf("%.4f", *value)}
		}
	}
	for row := range strings.Lines(t.SyncedLyrics) {
		var minutes, whole, part int
		text := strings.TrimSpace(row)
		if _, err := fmt.Sscanf(text, "[%d:%d.%d]", &minutes, &whole, &part); err == nil {
			fields["SUNG"] = append(fields["SUNG"], fmt.Sprintf("%d %s", (minutes*60+whole)*1000+part*10, text[len("[00:00.00]"):]))
		}
	}
	return fields
}

// reduced puts an oracle's fields into the same form: numbers and totals apart, days without hours, numbers as
// numbers. What a field says is left alone.
func reduced(raw map[string][]string) map[string][]string {
	fields := map[string][]string{}
	for name, values := range raw {
		fields[name] = slices.Clone(values)
	}
	if list := raw["ARTISTS"]; len(list) > 0 {
		fields["ARTIST"] = list
	}
	for name, total := range map[string]string{"TRACKNUMBER": "TRACKTOTAL", "DISCNUMBER": "DISCTOTAL"} {
		if values := raw[name]; len(values) > 0 {
			number, behind, _ := strings.Cut(values[0], "/")
			fields[name] = positive(number)
			if behind != "" {
				fields[total] = positive(behind)
			}
		}
	}
	for _, name := range []string{"DATE", "ORIGINALDATE"} {
		if values := fields[name]; len(values) > 0 && len(values[0]) > 10 {
			fields[name][0] = values[0][:10]
		}
	}
	if v := fields["COMPILATION"]; len(v) == 1 && v[0] != "1" && v[0] != "True" {
		delete(fields, "COMPILATION")
	} else if len(v) == 1 {
		fields["COMPILATION"] = []string{"1"}
	}
	for _, name := range []string{"TRACK_GAIN", "TRACK_PEAK", "ALBUM_GAIN", "ALBUM_PEAK"} {
		if v := raw["REPLAYGAIN_"+name]; len(v) > 0 {
			n, _ := strconv.ParseFloat(strings.TrimSuffix(v[0], " dB"), 64)
			fields[name] = []string{fmt.Sprintf("%.4f", n)}
		} else if v := raw["R128_"+name]; len(v) > 0 {
			n, _ := strconv.Atoi(v[0])
			fields[name] = []string{fmt.Sprintf("%.4f", float64(n)/256+5)}
		}
	}
	return fields
}

func positive(text string) []string {
	if n, _ := strconv.Atoi(strings.TrimSpace(text)); n > 0 {
		return []string{strconv.Itoa(n)}
	}
	return nil
}
