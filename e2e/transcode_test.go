package e2e

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// ffmpegPath is the machine's ffmpeg.
func ffmpegPath(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return path
}

// slowFFmpeg is an ffmpeg that reads songs no faster than they play.
func slowFFmpeg(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ffmpeg")
	if err := os.WriteFile(path, fmt.Appendf(nil, "#!/bin/sh\nexec %s -re \"$@\"\n", ffmpegPath(t)), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// studio is a server that converts, with one song.
type studio struct {
	*program
	*client
	folder   string
	original []float64
	id       int64
}

func newStudio(t *testing.T, seconds int, environment ...string) *studio {
	t.Helper()
	s := &studio{folder: filepath.Join(t.TempDir(), "data"), original: wobble(seconds)}
	s.program = start(t, s.folder, append(environment, "LOG_LEVEL=error", "ANALYSIS=off")...) // which has children of its own
	s.client = register(t, s.program.url, "anna")
	s.id = s.add(wave(s.original)).Song.ID
	return s
}

func (s *studio) path(query string) string {
	return fmt.Sprintf("/api/songs/%d/stream?%s", s.id, query)
}

func TestConvertedSongsBeginWhereTheyShould(t *testing.T) {
	s := newStudio(t, 40, "FFMPEG="+ffmpegPath(t))
	for _, format := range []string{"opus", "aac", "mp3"} {
		for _, start := range []float64{0, 12.345} {
			query := fmt.Sprintf("format=%s&bitRate=64&start=%v", format, start)
			if start == 0 {
				query = "format=" + format + "&bitRate=64"
			}
			r := s.want(http.StatusOK, http.MethodGet, s.path(query), "")
			heard := decoded(t, r.body)
			if want := 40 - start; math.Abs(float64(len(heard))/wobbleRate-want) > 0.2 {
				t.Errorf("%s: %d samples, want %v s", query, len(heard), want)
			}
			// The players' own delay is in it where the format says nothing of it: 25 to 50 ms.
			around := int((start + 3) * wobbleRate)
			place, like := placeOf(s.original, heard[3*wobbleRate:], around)
			if off := float64(around-place) / wobbleRate; off < -0.005 || off > 0.07 || like < 0.9 {
				t.Errorf("%s: off by %.4f s, likeness %.3f", query, off, like)
			}
		}
	}
}

func TestAConvertedSongThatIsKeptIsServedLikeAFile(t *testing.T) {
	s := newStudio(t, 30, "FFMPEG="+ffmpegPath(t))
	path := s.path("format=opus&bitRate=64")
	head := s.want(http.StatusOK, http.MethodHead, path, "")
	if head.header.Get("Content-Length") != "" {
		t.Errorf("a length before there is anything: %v", head.header)
	}
	first := s.want(http.StatusOK, http.MethodGet, path, "")
	if first.header.Get("Content-Length") != "" || first.header.Get("Content-Type") != `audio/ogg; codecs="opus"` {
		t.Errorf("cold: %v", first.header)
	}
	until(t, 10*time.Second, func() bool {
		return s.want(http.StatusOK, http.MethodHead, path, "").header.Get("Content-Length") == fmt.Sprint(len(first.body))
	})
	part, err := s.sendWith(http.MethodGet, path, nil, "Range", "bytes=1000-1999")
	if err != nil || part.status != http.StatusPartialContent || !bytes.Equal(part.body, first.body[1000:2000]) {
		t.Errorf("a part: %d, %v", part.status, err)
	}
	known, err := s.sendWith(http.MethodGet, path, nil, "If-None-Match", first.header.Get("ETag"))
	if err != nil || known.status != http.StatusNotModified {
		t.Errorf("known already: %d, %v", known.status, err)
	}
	var address struct{ URL string }
	s.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs/%d/stream-url?format=opus&bitRate=70", s.id), "", &address)
	for _, route := range []string{"stream", "stream-url"} {
		late := s.ask(http.MethodGet, fmt.Sprintf("/api/songs/%d/%s?format=opus&start=30", s.id, route), "")
		if late.status != http.StatusBadRequest || !bytes.Contains(late.body, []byte(`"field":"start"`)) {
			t.Errorf("%s behind the end: %d %s", route, late.status, late.body)
		}
	}
	stranger := &client{t: t, url: s.program.url}
	if r := stranger.want(http.StatusOK, http.MethodGet, address.URL, ""); !bytes.Equal(r.body, first.body) {
		t.Errorf("by a signed address: %d bytes", len(r.body))
	}
}

func TestALengthFromTheBeginningIsKeptTo(t *testing.T) {
	s := newStudio(t, 30, "FFMPEG="+ffmpegPath(t))
	for _, format := range []string{"opus", "aac", "mp3"} {
		r := s.want(http.StatusOK, http.MethodGet, s.path("estimateContentLength=true&bitRate=128&format="+format), "")
		if r.header.Get("Content-Length") != fmt.Sprint(len(r.body)) || len(r.body) > 700_000 {
			t.Errorf("%s: %d bytes, %v", format, len(r.body), r.header)
		}
		if heard := decoded(t, bytes.TrimRight(r.body, "\x00")); len(heard) < 29*wobbleRate {
			t.Errorf("%s: %d samples", format, len(heard))
		}
	}
}

// begin starts listening and returns once there is something; leave ends it.
func (s *studio) listen(query string) (first *http.Response, leave func()) {
	s.client.t.Helper()
	request, err := http.NewRequestWithContext(s.client.t.Context(), http.MethodGet, s.program.url+s.path(query), nil)
	if err != nil {
		s.client.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
	if err != nil {
		s.client.t.Fatal(err)
	}
	if _, err := io.ReadFull(answer.Body, make([]byte, 50)); err != nil {
		s.client.t.Fatal(answer.StatusCode, err)
	}
	return answer, func() { _ = answer.Body.Close() }
}

// children is how many processes a process has started that are still there.
func children(t *testing.T, parent int) int {
	t.Helper()
	return len(childrenOf(t, parent))
}

// childrenOf are the ids of these processes.
func childrenOf(t *testing.T, parent int) (ids []string) {
	t.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", parent))
	if err != nil || len(tasks) == 0 {
		t.Skip("children are counted on Linux")
	}
	for _, name := range tasks {
		text, _ := os.ReadFile(name)
		ids = append(ids, strings.Fields(string(text))...)
	}
	return ids
}

func TestListenersShareAnEncoderThatEndsWithThem(t *testing.T) {
	s := newStudio(t, 120, "FFMPEG="+slowFFmpeg(t), "TRANSCODE_ENCODERS=1", "RATE_LIMIT_AUTH=off")
	s.want(http.StatusOK, http.MethodGet, "/api/streaming", "") // the tool has said what it is
	running := func() int { return children(t, s.command.Process.Pid) }
	until(t, 10*time.Second, func() bool { return running() == 0 })
	var leave []func()
	for range 5 {
		_, bye := s.listen("format=opus")
		leave = append(leave, bye)
	}
	if running() != 1 {
		t.Errorf("%d encoders for five listeners", running())
	}
	busy := s.ask(http.MethodGet, s.path("format=mp3"), "")
	if busy.status != http.StatusTooManyRequests || busy.header.Get("Retry-After") == "" || !bytes.Contains(busy.body, []byte("encoders_busy")) {
		t.Errorf("beyond the encoders: %d %s", busy.status, busy.body)
	}
	part, err := s.sendWith(http.MethodGet, s.path("format=opus"), nil, "Range", "bytes=10-29")
	if err != nil || part.status != http.StatusPartialContent || part.header.Get("Content-Range") != "bytes 10-29/*" || len(part.body) != 20 {
		t.Errorf("a part of what is there: %d %v, %v", part.status, part.header, err)
	}
	for _, bye := range leave {
		bye()
	}
	until(t, 5*time.Second, func() bool { return running() == 0 })

	again := s.again("anna") // another session
	answer, _ := s.listen("format=opus")
	s.token = again.token
	again.t = t
	leaving := &client{t: t, url: s.program.url, token: answer.Request.Header.Get("Authorization")[len("Bearer "):]}
	leaving.want(http.StatusNoContent, http.MethodPost, "/api/auth/logout", "{}")
	if _, err := io.Copy(io.Discard, answer.Body); err == nil {
		t.Error("the stream goes on to its end without its session")
	}
	until(t, 5*time.Second, func() bool { return running() == 0 })
}

func TestAKilledServerLeavesNoEncoderAndNoHalfSong(t *testing.T) {
	s := newStudio(t, 60, "FFMPEG="+slowFFmpeg(t))
	s.listen("format=opus&bitRate=64")
	encoders := childrenOf(t, s.command.Process.Pid)
	s.signal(t, syscall.SIGKILL)
	_ = s.command.Wait()
	for _, encoder := range encoders {
		until(t, 10*time.Second, func() bool {
			state, err := os.ReadFile("/proc/" + encoder + "/stat")
			return err != nil || bytes.Contains(state, []byte(") Z "))
		})
	}
	s.client.url = start(t, s.folder, "FFMPEG="+ffmpegPath(t), "LOG_LEVEL=error").url
	for range 2 {
		r := s.want(http.StatusOK, http.MethodGet, s.path("format=opus&bitRate=64"), "")
		if heard := decoded(t, r.body); len(heard) < 59*wobbleRate {
			t.Errorf("only %d samples", len(heard))
		}
	}
}

func TestAFullDiskEndsNoStream(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	cache := filepath.Join(folder, "cache", "songs")
	if err := os.MkdirAll(cache, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", cache, "tmpfs", 0, "size=100k"); err != nil {
		if os.Getenv("CI") == "true" && os.Getuid() == 0 {
			t.Fatal(err)
		}
		t.Skipf("a full disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(cache, syscall.MNT_DETACH) })
	s := &studio{folder: folder, original: wobble(60)}
	s.program = start(t, folder, "FFMPEG="+ffmpegPath(t), "LOG_LEVEL=error")
	s.client = register(t, s.program.url, "anna")
	s.id = s.add(wave(s.original)).Song.ID
	for range 2 {
		r := s.want(http.StatusOK, http.MethodGet, s.path("format=opus&bitRate=128"), "")
		if heard := decoded(t, r.body); len(heard) < 59*wobbleRate || len(r.body) < 200_000 {
			t.Errorf("%d bytes, %d samples", len(r.body), len(heard))
		}
	}
	until(t, 5*time.Second, func() bool {
		kept, err := filepath.Glob(filepath.Join(cache, "*", "*"))
		return err == nil && len(kept) == 0
	})
}

func TestManyWhoAskAndLeave(t *testing.T) {
	s := newStudio(t, 60, "FFMPEG="+slowFFmpeg(t), "TRANSCODE_ENCODERS=2", "RATE_LIMIT_USER=off")
	var wait sync.WaitGroup
	for i := range 40 {
		wait.Go(func() {
			path := s.path(fmt.Sprintf("format=opus&start=%d", i))
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.program.url+path, nil)
			if err != nil {
				t.Error(err)
				return
			}
			request.Header.Set("Authorization", "Bearer "+s.token)
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Error(err)
				return
			}
			if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusTooManyRequests {
				t.Errorf("got %d", answer.StatusCode)
			}
			_ = answer.Body.Close()
		})
	}
	wait.Wait()
	until(t, 5*time.Second, func() bool { return children(t, s.command.Process.Pid) == 0 })
}

func TestWithoutFFmpeg(t *testing.T) {
	s := newStudio(t, 5, "FFMPEG=off")
	var can struct {
		Transcoding bool
		Reason      string
		Formats     []any
	}
	s.want(http.StatusOK, http.MethodGet, "/api/streaming", "", &can)
	if can.Transcoding || can.Reason == "" || can.Formats == nil || len(can.Formats) > 0 {
		t.Errorf("it says %+v", can)
	}
	for _, path := range []string{s.path("format=opus"), fmt.Sprintf("/api/songs/%d/stream-url?format=opus", s.id)} {
		if r := s.ask(http.MethodGet, path, ""); r.status != http.StatusUnsupportedMediaType || !bytes.Contains(r.body, []byte("transcoding_unavailable")) {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	s.want(http.StatusOK, http.MethodGet, s.path("format=original"), "")
	var health struct {
		Checks map[string]struct{ Status string }
	}
	s.want(http.StatusOK, http.MethodGet, "/api/health", "", &health)
	if health.Checks["transcoding"].Status != "not configured" {
		t.Errorf("health says %+v", health)
	}
}

func TestASongThatIsCutShortMeanwhileBreaksOff(t *testing.T) {
	s := newStudio(t, 10, "FFMPEG="+slowFFmpeg(t))
	answer, leave := s.listen("format=opus&bitRate=64")
	defer leave()
	for _, name := range objects(t, s.folder) {
		if err := os.Truncate(filepath.Join(s.folder, "objects", name), 100_000); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := io.Copy(io.Discard, answer.Body); err == nil {
		t.Errorf("a clean end after %d bytes", n)
	}
	until(t, 5*time.Second, func() bool { return children(t, s.command.Process.Pid) == 0 })
	if r := s.want(http.StatusOK, http.MethodHead, s.path("format=opus&bitRate=64"), ""); r.header.Get("Content-Length") != "" {
		t.Error("the half is kept")
	}
}
