package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hathor/internal/backup"
)

func TestEveryChangedByteIsSeen(t *testing.T) {
	file := made(t)
	if _, err := verify(t, file); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		bad := slices.Clone(file)
		at := rapid.IntRange(0, len(file)-1).Draw(rt, "at")
		bad[at] ^= byte(rapid.IntRange(1, 255).Draw(rt, "by"))
		if _, err := verify(t, bad); err == nil {
			rt.Fatalf("a change of byte %d of %d is not seen", at, len(file))
		}
	})
	for at := 0; at < len(file); at += 149 { // headers, padding, rows, the seal: nothing is free
		bad := slices.Clone(file)
		bad[at] ^= 0x20
		if _, err := verify(t, bad); err == nil {
			t.Fatalf("a change of byte %d of %d is not seen", at, len(file))
		}
	}
}

func TestEveryCutIsSeen(t *testing.T) {
	file := made(t)
	rapid.Check(t, func(rt *rapid.T) {
		keep := rapid.IntRange(0, len(file)-1).Draw(rt, "keep")
		more := rapid.SampledFrom([]int{0, 512 - keep%512}).Draw(rt, "zeros")
		bad := append(slices.Clone(file[:keep]), make([]byte, more)...)
		if _, err := verify(t, bad); err == nil && !bytes.Equal(bad, file) { // its last bytes are zeros
			rt.Fatalf("a file of %d of %d bytes is taken", keep, len(file))
		}
	})
	if _, err := verify(t, append(slices.Clone(file), make([]byte, 512)...)); err == nil {
		t.Error("bytes after the end are not seen")
	}
}

// A damaged file is refused before the target is even opened.
func TestADamagedFileOpensNothing(t *testing.T) {
	file := made(t)
	file[len(file)/2] ^= 1
	open := func() (backup.Destination, error) {
		t.Error("the target was opened")
		return backup.Destination{}, errors.New("opened")
	}
	if _, err := backup.Restore(t.Context(), bytes.NewReader(file), int64(len(file)), 1000, open, quiet{}); err == nil {
		t.Error("it was taken")
	}
}

// TestForgedFiles are sealed anew after they were changed, as somebody could who wants to do harm.
func TestForgedFiles(t *testing.T) {
	plain := func(name string) *tar.Header { return &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600} }
	file := made(t)
	if _, err := verify(t, forge(t, file).sealed()); err != nil {
		t.Fatalf("the forger's own seal does not fit: %v", err)
	}
	cases := map[string]struct {
		change func(f *forged)
		want   string
	}{
		"an extra file":             {func(f *forged) { f.insert("secret", plain("passwd"), "x") }, "does not belong there"},
		"an extra table":            {func(f *forged) { f.insert("objects/", plain("tables/zoo/000001.jsonl"), "{}\n") }, "does not belong there"},
		"a name that climbs":        {func(f *forged) { f.insert("secret", plain("objects/../../etc/passwd"), "x") }, "is no object"},
		"a name that climbs inside": {func(f *forged) { f.insert("secret", plain("objects/audio/../secret"), "x") }, "is no object"},
		"a hidden name":             {func(f *forged) { f.insert("secret", plain("objects/.staging/aa/x"), "x") }, "is no object"},
		"a name with a backslash":   {func(f *forged) { f.insert("secret", plain(`objects/audio/ab/a\b`), "x") }, "is no object"},
		"an absolute name":          {func(f *forged) { f.insert("secret", plain("/etc/passwd"), "x") }, "does not belong there"},
		"the same object twice":     {func(f *forged) { f.insert("secret", plain("objects/"+keyOf("bytes of a song")), "bytes of a song") }, "wrong place"},
		"two secrets":               {func(f *forged) { f.insert("secret", plain("secret"), "x") }, "does not belong there"},
		"a link": {func(f *forged) {
			f.insert("secret", &tar.Header{Typeflag: tar.TypeSymlink, Name: "objects/audio/zz/x", Linkname: "/etc"}, "")
		}, "no plain file"},
		"a hard link": {func(f *forged) {
			f.insert("secret", &tar.Header{Typeflag: tar.TypeLink, Name: "objects/audio/zz/x", Linkname: "secret"}, "")
		}, "no plain file"},
		"a folder": {func(f *forged) { f.insert("secret", &tar.Header{Typeflag: tar.TypeDir, Name: "objects/"}, "") }, "no plain file"},
		"a device": {func(f *forged) {
			f.insert("secret", &tar.Header{Typeflag: tar.TypeChar, Name: "objects/audio/zz/x"}, "")
		}, "no plain file"},
		"records of another kind": {func(f *forged) {
			f.insert("secret", &tar.Header{Typeflag: tar.TypeReg, Name: "objects/audio/zz/x", PAXRecords: map[string]string{"HATHOR.x": "1"}}, "x")
		}, "no plain file"},
		"an object less":             {func(f *forged) { f.remove("objects/") }, "counts other objects"},
		"no manifest":                {func(f *forged) { f.remove("manifest.json") }, "without a manifest"},
		"no head":                    {func(f *forged) { f.remove("hathor-backup.json") }, "no backup of Hathor"},
		"a row less":                 {func(f *forged) { f.replace("tables/users/", "\n", "") }, "users"},
		"a row with spaces":          {func(f *forged) { f.replace("tables/users/", ":", ": ") }, "not written as this program writes it"},
		"a row without a column":     {func(f *forged) { f.replace("tables/users/", `"avatar_url":"",`, "") }, "lacks avatar_url"},
		"a row with another column":  {func(f *forged) { f.replace("tables/users/", "{", `{"a":1,`) }, "not written as this program writes it"},
		"a text where a number goes": {func(f *forged) { f.replace("tables/users/", `"id":1`, `"id":"1"`) }, "not of its column's kind"},
		"a number beyond all":        {func(f *forged) { f.replace("tables/users/", `"id":1`, `"id":99999999999999999999`) }, "column id"},
		"a newer format":             {func(f *forged) { f.replace("hathor-backup.json", `"format": 1`, `"format": 2`) }, "format 2, this program reads up to 1"},
		"a table of no name":         {func(f *forged) { f.replace("hathor-backup.json", `"name": "albums"`, `"name": "Robert'); DROP TABLE"`) }, "is no table"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := forge(t, file)
			c.change(f)
			if _, err := verify(t, f.sealed()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestForgedContent fits in every count and digest, so that only the database can tell. Nothing of it stays.
func TestForgedContent(t *testing.T) {
	file := made(t)
	cases := map[string]struct {
		change func(f *forged)
		want   string
	}{
		"tables of another schema": {func(f *forged) { f.replace("hathor-backup.json", `"schema": `, `"schema": 1, "was": `) }, "not those of schema version 1"},
		"a song of no library":     {func(f *forged) { f.replace("tables/songs/", `"library_id":1`, `"library_id":77`) }, ""},
		"a role there is not":      {func(f *forged) { f.replace("tables/users/", `"role":"member"`, `"role":"king"`) }, "write rows of users"},
		"a missing object":         {func(f *forged) { f.remove("objects/") }, "rows name the object"},
		"rows in another order":    {func(f *forged) { f.swapLines("tables/songs/") }, "other rows than were written"},
	}
	eachTarget(t, func(t *testing.T, to *target) {
		for name, c := range cases {
			f := forge(t, file)
			c.change(f)
			f.manifest(func(*backup.Manifest) {})
			bad := f.sealed()
			if _, err := verify(t, bad); err != nil {
				t.Fatalf("%s: it is found without a database: %v", name, err)
			}
			if err := to.restore(t.Context(), bad); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: got %v, want %q", name, err, c.want)
			}
			to.empty(t)
		}
		if err := to.restore(t.Context(), file); err != nil {
			t.Errorf("the whole file after all of them: %v", err)
		}
	})
}

func (f *forged) swapLines(prefix string) {
	i := f.at(prefix)
	lines := bytes.SplitAfter(f.content[i], []byte("\n"))
	lines[0], lines[1] = lines[1], lines[0]
	f.content[i] = bytes.Join(lines, nil)
}

func TestAnInterruptedRestoreLeavesNothing(t *testing.T) {
	file := made(t)
	eachTarget(t, func(t *testing.T, to *target) {
		for _, after := range []int{1, 4, 9} {
			ctx, cancel := context.WithCancel(t.Context())
			r := &failingReader{Reader: bytes.NewReader(file), left: after, cancel: cancel}
			open := func() (backup.Destination, error) {
				r.armed = true
				return backup.Destination{Database: to.Restore, Folder: (*memory)(to)}, nil
			}
			_, err := backup.Restore(ctx, r, int64(len(file)), 1000, open, quiet{})
			cancel()
			if err == nil {
				continue // it was done by then
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("after %d reads: %v", after, err)
			}
			to.empty(t)
		}
	})
}

// failingReader cancels after so many reads, once it is armed.
type failingReader struct {
	*bytes.Reader
	armed  bool
	left   int
	cancel func()
}

func (r *failingReader) ReadAt(p []byte, at int64) (int, error) {
	if r.armed {
		if r.left--; r.left <= 0 {
			r.cancel()
		}
		p = p[:min(len(p), 4096)]
	}
	return r.Reader.ReadAt(p, at)
}

func TestANewerSchemaIsRefusedWithBothVersions(t *testing.T) {
	f := forge(t, made(t))
	f.replace("hathor-backup.json", `"schema": `, `"schema": 9`)
	f.manifest(func(*backup.Manifest) {})
	file := f.sealed()
	found, err := verify(t, file)
	if err != nil {
		t.Fatal(err)
	}
	to := newTarget(nil)
	err = to.restore(t.Context(), file)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("schema version %d, this program knows up to %s:", found.Schema, strconv.FormatInt(found.Schema, 10)[1:])) {
		t.Errorf("got %v", err)
	}
}
