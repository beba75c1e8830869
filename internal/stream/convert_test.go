package stream_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/stream"
)

func TestAllWhoListenShareOneEncoderAndItsResultIsKept(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	first, second := c.ask(t.Context(), opus), c.ask(t.Context(), opus)
	if first.Live == nil || second.Live == nil || first.Tag != second.Tag {
		t.Fatalf("got %+v and %+v", first, second)
	}
	c.studio.goOn <- nil
	a, b := c.hear(first), c.hear(second)
	if a != b || !strings.HasPrefix(a, "beginning songopusxxx") {
		t.Errorf("heard %.40q and %.40q", a, b)
	}
	<-c.studio.ended
	again := c.play(opus)
	if again != a || c.studio.begun.Load() != 1 {
		t.Errorf("made %d times, %.40q", c.studio.begun.Load(), again)
	}
	c.studio.goOn <- nil
	if c.play(stream.Want{Codec: stream.MP3Codec, BitRate: 128}) == a || c.studio.begun.Load() != 2 {
		t.Error("another format is no other rendition")
	}
}

func TestAnEncoderEndsWithItsLastListener(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	first, second := c.ask(t.Context(), opus), c.ask(t.Context(), opus)
	_ = first.Close()
	_ = second.Close()
	if err := <-c.studio.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	_ = c.Close()
	if left := files(t, c.cache); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestOneWhoComesBackAtOnceFindsTheEncoderGoingOn(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	_ = c.ask(t.Context(), opus).Close()
	if heard := c.play(opus); c.studio.begun.Load() != 1 || !strings.HasPrefix(heard, "beginning song") {
		t.Errorf("made %d times", c.studio.begun.Load())
	}
}

func TestTheServerEndsEncoders(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	r := c.ask(t.Context(), opus)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r.Live); !errors.Is(err, context.Canceled) {
		t.Errorf("heard to the end: %v", err)
	}
	_ = r.Close()
}

func TestBeyondTheEncodersThereAreOne(t *testing.T) {
	c := newConcert(t, 1, 1<<30)
	r := c.ask(t.Context(), opus)
	later := opus
	later.Start = time.Second
	if _, err := c.Convert(t.Context(), library.Scope{}, 1, later, 0); fault.KindOf(err) != fault.RateLimited {
		t.Errorf("got %v", err)
	}
	next := make(chan error)
	go func() {
		other, err := c.Convert(t.Context(), library.Scope{}, 1, later, 0)
		if err == nil {
			err = other.Close()
		}
		next <- err
	}()
	c.studio.goOn <- nil
	_ = c.hear(r)
	if err := <-next; err != nil {
		t.Errorf("one who waited a moment: %v", err)
	}
}

func TestTheLeastRecentlyUsedGoesFirst(t *testing.T) {
	c := newConcert(t, 4, 350_000)
	wants := []stream.Want{}
	for _, rate := range []int{32, 48, 64} {
		wants = append(wants, stream.Want{Codec: stream.OpusCodec, BitRate: rate})
	}
	for _, w := range wants {
		c.play(w)
		c.clock.Advance(time.Minute)
	}
	c.play(wants[0]) // used again
	c.clock.Advance(2 * time.Hour)
	c.play(stream.Want{Codec: stream.OpusCodec, BitRate: 128})
	for i, there := range []bool{true, false, true} {
		if r, err := c.Look(t.Context(), library.Scope{}, 1, wants[i]); err != nil || (r.File != nil) != there {
			t.Errorf("%d: %+v, %v", i, r, err)
		} else {
			_ = r.Close()
		}
	}
	var total int64
	for _, f := range files(t, c.cache) {
		total += f.Size()
	}
	if total > 350_000 {
		t.Errorf("%d bytes on disk", total)
	}
}

func TestACacheOfNothingKeepsNothingAndPlays(t *testing.T) {
	c := newConcert(t, 4, 0)
	c.studio.goOn <- nil
	if heard := c.hear(c.ask(t.Context(), opus)); len(heard) < 100_000 {
		t.Errorf("heard %d bytes", len(heard))
	}
	<-c.studio.ended
	_ = c.Close()
	if left := files(t, c.cache); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestWhatAProcessWasWritingWhenItDiedIsNeverServed(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	r := c.ask(t.Context(), opus) // half of it lies on disk now
	half := files(t, c.cache)
	if len(half) != 1 || half[0].Size() == 0 {
		t.Fatalf("there are %v", half)
	}
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(c.cache)); err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	c.cache = copied
	c.open(4, 1<<30)
	if look, err := c.Look(t.Context(), library.Scope{}, 1, opus); err != nil || look.File != nil || len(files(t, copied)) != 0 {
		t.Errorf("%+v, %v, on disk %v", look, err, files(t, copied))
	}
}

func TestTheFolderMayBeEmptiedAtAnyTime(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	first := c.play(opus)
	if err := os.RemoveAll(c.cache); err != nil {
		t.Fatal(err)
	}
	if again := c.play(opus); again != first || c.studio.begun.Load() != 2 {
		t.Errorf("made %d times", c.studio.begun.Load())
	}
	if len(files(t, c.cache)) != 1 {
		t.Error("it is not kept again")
	}
}

func TestASongWhoseFileChangedIsMadeAnew(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	c.play(opus)
	c.write("another song")
	if heard := c.play(opus); !strings.HasPrefix(heard, "beginning another song") {
		t.Errorf("heard %.40q", heard)
	}
}

func TestPartsFromATimeOnAreNotKept(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	later := opus
	later.Start = 30 * time.Second
	c.play(later)
	<-c.studio.ended
	_ = c.Close()
	if left := files(t, c.cache); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	later.Start = 100 * time.Second
	if _, err := c.Convert(t.Context(), library.Scope{}, 1, later, 0); fault.KindOf(err) != fault.Invalid {
		t.Errorf("behind the end: %v", err)
	}
}

func TestASongThatCannotBeConverted(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	broken := errors.New("broken")
	c.studio.silent = true
	c.studio.goOn <- broken
	if _, err := c.Convert(t.Context(), library.Scope{}, 1, opus, 0); fault.KindOf(err) != fault.Unsupported {
		t.Errorf("got %v", err)
	}
	<-c.studio.ended
	c.studio.silent = false
	r := c.ask(t.Context(), opus)
	c.studio.goOn <- broken
	if heard, err := io.ReadAll(r.Live); !errors.Is(err, broken) || !bytes.HasPrefix(heard, []byte("beginning")) {
		t.Errorf("broke off with %v", err)
	}
	_ = r.Close()
	<-c.studio.ended
	_ = c.Close()
	if left := files(t, c.cache); len(left) != 0 {
		t.Errorf("the half is kept: %v", left)
	}
}

// TestASongThatIsCutShortIsNoWholeOne: an encoder ends well though its song did not.
func TestASongThatIsCutShortIsNoWholeOne(t *testing.T) {
	for name, c := range map[string]struct {
		length time.Duration
		start  time.Duration
		during func(c *concert)
		whole  bool
	}{
		"as long as it is known to be":      {100 * time.Second, 0, nil, true},
		"a little shorter":                  {98 * time.Second, 0, nil, true},
		"far shorter":                       {60 * time.Second, 0, nil, false},
		"the rest of it":                    {40 * time.Second, 60 * time.Second, nil, true},
		"not all of the rest":               {20 * time.Second, 60 * time.Second, nil, false},
		"its file is cut meanwhile":         {0, 0, func(c *concert) { c.must(os.Truncate(filepath.Join(c.folder, "song"), 2)) }, false},
		"its file is written anew in place": {100 * time.Second, 0, func(c *concert) { c.write("other") }, false},
		"its file is removed meanwhile":     {100 * time.Second, 0, func(c *concert) { c.must(os.Remove(filepath.Join(c.folder, "song"))) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			concert := newConcert(t, 4, 1<<30)
			concert.studio.length = c.length
			want := opus
			want.Start = c.start
			r := concert.ask(t.Context(), want)
			if c.during != nil {
				c.during(concert)
			}
			concert.studio.goOn <- nil
			_, err := io.ReadAll(r.Live)
			if _ = r.Close(); (err == nil) != c.whole {
				t.Errorf("it ended with %v", err)
			}
			<-concert.studio.ended
			_ = concert.Close()
			if kept := len(files(t, concert.cache)); kept > 0 != (c.whole && c.start == 0) {
				t.Errorf("%d files are kept", kept)
			}
		})
	}
}

func TestWhatCannotBeMadeIsSaid(t *testing.T) {
	c := newConcert(t, 4, 1<<30)
	if _, err := c.Convert(t.Context(), library.Scope{}, 1, stream.Want{Codec: stream.AACCodec, BitRate: 96}, 0); fault.KindOf(err) != fault.Unsupported {
		t.Errorf("no such encoder: %v", err)
	}
	if offers := c.Ability().Offers; len(offers) != 2 {
		t.Errorf("offers %v", offers)
	}
	without := stream.NewService(stream.Parts{Lack: "there is none"})
	if _, err := without.Convert(t.Context(), library.Scope{}, 1, opus, 0); fault.KindOf(err) != fault.Unsupported || !strings.Contains(err.Error(), "there is none") {
		t.Errorf("without an encoder: %v", err)
	}
	if a := without.Ability(); a.Lack != "there is none" || len(a.Offers) != 0 {
		t.Errorf("says %+v", a)
	}
}
