package httpapi_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/ingest"
)

func TestUploadsExpire(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("One", 20)
		idle, moving := c.begin(len(file)), c.begin(len(file))
		c.patch(idle, 0, file[:1000])
		d.clock.Advance(ingest.ArrivalLife - time.Minute)
		c.patch(moving, 0, file[:1000])
		d.must(os.WriteFile(filepath.Join(d.objects, ".arriving", "nobodys"), file, 0o600))
		d.clock.Advance(time.Minute)
		d.must(d.inbox.Sweep(d.t.Context()))
		if a := c.send(http.MethodHead, idle, nil); a.status != http.StatusNotFound {
			d.t.Errorf("the idle one gives %d", a.status)
		}
		if d.received() != 1000 {
			d.t.Errorf("%d bytes are left", d.received())
		}
		// The sweep of objects is none of theirs, and the other way round.
		_, err := d.service.Sweep(d.t.Context(), 0)
		d.must(err)
		c.expectArrival(c.patch(moving, 1000, file[1000:]), http.StatusNoContent, "done", len(file))
		d.must(d.inbox.Sweep(d.t.Context()))
		if c.outcome(moving).State != "done" || d.kept() != "[audio:1 covers:1]" {
			d.t.Errorf("it is %+v, kept %s", c.outcome(moving), d.kept())
		}
	})
}

func TestTooManyUploads(t *testing.T) {
	d := newSQLiteDoor(t, maxFile)
	c := d.tus(bob)
	for range ingest.MostArrivals {
		c.begin(5)
	}
	a := c.send(http.MethodPost, "/api/uploads", nil, "Upload-Length", "5")
	if a.status != http.StatusConflict || a.problem != "too_many_uploads" {
		t.Errorf("one more gives %d %s", a.status, a.problem)
	}
	d.tus(cyd).begin(5)
	c.send(http.MethodDelete, "/api/uploads/1", nil)
	c.begin(5)
}

// TestUploadOnAFullDisk fills a small file system of its own; without the right to mount one it is skipped.
func TestUploadOnAFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("a file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	path := filepath.Join(t.TempDir(), "hathor.db")
	d := openDoor(t, folder, "sqlite://"+path, "sqlite", path, maxFile, 0)
	c, file := d.tus(bob), wav("One", 40)
	filler := filepath.Join(folder, "filler")
	d.must(os.WriteFile(filler, make([]byte, 700<<10), 0o600))
	upload := c.begin(len(file))
	a := c.patch(upload, 0, file)
	if a.status != http.StatusInsufficientStorage || a.problem != "disk_full" {
		t.Fatalf("got %d %s %s", a.status, a.problem, a.error)
	}
	kept := c.outcome(upload)
	if kept.State != "receiving" || kept.Offset == 0 || kept.Offset >= int64(len(file)) {
		t.Fatalf("it is %+v of %d", kept, len(file))
	}
	if again := c.patch(upload, int(kept.Offset), file[kept.Offset:]); again.status != http.StatusInsufficientStorage {
		t.Errorf("on the full disk it goes on with %d", again.status)
	}
	d.must(os.Remove(filler))
	kept = c.outcome(upload)
	c.expectArrival(c.patch(upload, int(kept.Offset), file[kept.Offset:]), http.StatusNoContent, "done", len(file))
	song := c.outcome(upload)
	stored, err := filepath.Glob(filepath.Join(folder, "audio", "*", "*"))
	d.must(err)
	content, err := os.ReadFile(stored[0])
	if err != nil || !bytes.Equal(content, file) || song.Song.Title != "One" {
		t.Errorf("%v, the song is %+v", err, song)
	}
}

func TestQuotaRefusesAResumableUploadBeforeAByte(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("One", 5)
		quota := func(n int) {
			d.expect(d.ask(ada, "PUT", "/users/2/quota", `{"bytes":`+strconv.Itoa(n)+`}`), http.StatusNoContent)
		}
		quota(len(file) - 1)
		for _, body := range []string{"", string(file)} {
			headers := []string{"Upload-Length", strconv.Itoa(len(file))}
			if body != "" {
				headers = append(headers, "Content-Type", "application/offset+octet-stream")
			}
			a := c.send(http.MethodPost, "/api/uploads", strings.NewReader(body), headers...)
			if a.status != http.StatusRequestEntityTooLarge || a.problem != "quota_exceeded" || !strings.Contains(a.error, "are left") {
				d.t.Errorf("got %d %s %q", a.status, a.problem, a.error)
			}
		}
		if d.received() != 0 || d.kept() != "[]" {
			d.t.Errorf("%d bytes came in, kept %s", d.received(), d.kept())
		}
		quota(len(file))
		first, second := c.begin(len(file)), c.begin(len(file)) // together they are too much, and the second has it said
		c.expectArrival(c.patch(first, 0, file), http.StatusNoContent, "done", len(file))
		other := wav("Two", 5)
		c.patch(second, 0, other)
		if a := c.outcome(second); a.State != "refused" || a.Code == nil || *a.Code != "quota_exceeded" {
			d.t.Errorf("the second is %+v", a)
		}
	})
}
