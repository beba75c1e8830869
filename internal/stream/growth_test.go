package stream

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"

	"pgregory.net/rapid"
)

// smallDisk is a file on a disk that is full at some point.
type smallDisk struct {
	*os.File
	room int64
}

func (d smallDisk) WriteAt(p []byte, at int64) (int, error) {
	most := max(0, min(int64(len(p)), d.room-at))
	n, err := d.File.WriteAt(p[:most], at)
	if err == nil && most < int64(len(p)) {
		err = errors.New("no space left")
	}
	return n, err
}

// Whatever the disk takes and however far listeners are apart, each hears the same from where it came in.
func TestGrowthGivesEverybodyTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file, err := os.CreateTemp("", "")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }()
		song := rapid.SliceOfN(rapid.Byte(), 1, 4000).Draw(t, "song")
		g := newGrowth(smallDisk{file, int64(rapid.IntRange(0, 4000).Draw(t, "room"))})
		type listener struct {
			*Follower
			from  int
			heard []byte
		}
		var all []*listener
		come := func(from int) {
			l := &listener{Follower: &Follower{ctx: t.Context(), growth: g, at: int64(from), left: func() {}}, from: from}
			if g.join(l.Follower) {
				all = append(all, l)
			}
		}
		hear := func(l *listener) error {
			p := make([]byte, rapid.IntRange(1, 900).Draw(t, "piece"))
			n, err := l.Read(p)
			l.heard = append(l.heard, p[:n]...)
			return err
		}
		come(0)
		written := 0
		for written < len(song) {
			n := rapid.IntRange(1, len(song)-written).Draw(t, "written")
			if err := g.write(t.Context(), song[written:written+n]); err != nil {
				t.Fatal(err)
			}
			written += n
			if rapid.Bool().Draw(t, "another") {
				come(rapid.IntRange(0, written).Draw(t, "from"))
			}
			for _, l := range all {
				if l.from+len(l.heard) < written && rapid.Bool().Draw(t, "hears") {
					if err := hear(l); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		g.finish(nil)
		for _, l := range all {
			for err = nil; err == nil; {
				err = hear(l)
			}
			if !errors.Is(err, io.EOF) || !bytes.Equal(l.heard, song[l.from:]) {
				t.Errorf("from %d: %d bytes of %d, %v", l.from, len(l.heard), len(song)-l.from, err)
			}
		}
	})
}

func TestAWriterWithoutDiskWaitsForItsListeners(t *testing.T) {
	g := newGrowth(nil)
	f := &Follower{ctx: t.Context(), growth: g, left: func() {}}
	if !g.join(f) {
		t.Fatal("not let in")
	}
	big := make([]byte, mostHeld)
	if err := g.write(t.Context(), big); err != nil {
		t.Fatal(err)
	}
	written := make(chan error)
	go func() { written <- g.write(t.Context(), []byte("more")) }()
	total, p := 0, make([]byte, mostHeld/2)
	for total < mostHeld+4 {
		n, err := f.Read(p)
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if late := (&Follower{ctx: t.Context(), growth: g}); g.join(late) {
		t.Error("one who comes late for what was let go is let in")
	}
	if g.whole() {
		t.Error("it counts as kept")
	}
}
