package sound_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/sound"
)

// house is a queue, a shelf of files and instruments, all in memory.
type house struct {
	sound.Queue
	mu       sync.Mutex
	due      []library.SongID // newest first
	held     map[library.SongID]bool
	order    []library.SongID // as they were measured
	saved    map[library.SongID]sound.Result
	put      []library.SongID // off
	file     string
	walk     func(library.SongID) error
	decode   func(ctx context.Context) error
	measured chan library.SongID
}

func newHouse(t *testing.T, due ...library.SongID) *house {
	t.Helper()
	h := &house{
		due: due, held: map[library.SongID]bool{}, saved: map[library.SongID]sound.Result{}, file: filepath.Join(t.TempDir(), "song"),
		walk: func(library.SongID) error { return nil }, decode: func(context.Context) error { return nil }, measured: make(chan library.SongID, 100),
	}
	if err := os.WriteFile(h.file, []byte("twelve bytes"), 0o600); err != nil {
		t.Fatal(err)
	}
	return h
}

// opened are the songs whose files were opened, in their order.
func (h *house) opened() []library.SongID {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.order)
}

func (h *house) Claim(_ context.Context, _ string, _ time.Time, only []library.SongID, limit int) (out []sound.Due, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range h.due {
		if len(out) < limit && !h.held[id] && (len(only) == 0 || slices.Contains(only, id)) {
			h.held[id] = true
			out = append(out, sound.Due{SongFile: library.SongFile{Song: id, ObjectKey: "audio"}, Size: 12})
		}
	}
	return out, nil
}

func (h *house) Again(context.Context, string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, r := range h.saved {
		if r.Note == sound.NoDecoder {
			delete(h.saved, id)
			h.due = append(h.due, id)
		}
	}
	return nil
}

func (h *house) Save(_ context.Context, _ string, results []sound.Result, pending []library.SongID, _ time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range results {
		h.saved[r.Song] = r
		h.due = slices.DeleteFunc(h.due, func(id library.SongID) bool { return id == r.Song })
		delete(h.held, r.Song)
	}
	if len(results) == 0 {
		h.put = append(h.put, pending...)
	}
	return nil
}

func (h *house) Release(_ context.Context, _ string, songs []library.SongID) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(songs) == 0 {
		clear(h.held)
	}
	for _, id := range songs {
		delete(h.held, id)
	}
	return nil
}

func (h *house) Open(_ context.Context, song library.SongFile) (*os.File, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.order = append(h.order, song.Song)
	return os.Open(h.file)
}

func (h *house) Walk(context.Context, io.ReaderAt, int64) (sound.Frames, error) {
	h.mu.Lock()
	song := h.order[len(h.order)-1]
	h.mu.Unlock()
	return sound.Frames{SampleRate: 8000, Channels: 1, TotalSamples: 8000, Source: sound.Exact}, h.walk(song)
}

func (h *house) Decode(ctx context.Context, _ *os.File, f sound.Frames, begin func(sound.Shape) error, take func([]float32) error) error {
	if err := h.decode(ctx); err != nil {
		return err
	}
	if err := begin(sound.Shape{Rate: f.SampleRate, Channels: f.Channels}); err != nil {
		return err
	}
	block := make([]float32, 8100) // a little more than there is music
	for i := range block {
		block[i] = float32(i%20)/40 - 0.25
	}
	return take(block)
}

func (h *house) parts() sound.Parts {
	return sound.Parts{Queue: h, Files: h, Walker: h, Decoder: h, Clock: clock.NewFake(time.Unix(1000, 0)), Alone: true, Every: time.Minute}
}

// settled runs a pass until nothing moves any more, and stops it.
func (h *house) settled(t *testing.T, p sound.Parts, meanwhile func(*sound.Pass)) {
	t.Helper()
	synctest.Test(t, func(*testing.T) {
		pass := sound.NewPass(p)
		ctx, cancel := context.WithCancel(context.Background())
		var running sync.WaitGroup
		running.Go(func() { pass.Run(ctx) })
		synctest.Wait()
		if meanwhile != nil {
			meanwhile(pass)
			synctest.Wait()
		}
		cancel()
		running.Wait()
	})
}

func TestPassMeasuresWhatIsDue(t *testing.T) {
	h := newHouse(t, 3, 2, 1)
	h.held[2] = true // a claim of a process that died
	h.settled(t, h.parts(), nil)
	if !slices.Equal(h.opened(), []library.SongID{3, 2, 1}) || len(h.saved) != 3 || len(h.held) != 0 {
		t.Fatalf("measured %v, saved %d", h.opened(), len(h.saved))
	}
	r := h.saved[1]
	if r.Loudness == nil || len(r.Hash) != 32 || len(r.Wave.Peaks) != 50 || r.TotalSamples != 8000 || r.Failure != "" || r.At.IsZero() {
		t.Errorf("%+v", r)
	}
}

func TestSongThatIsPlayedGoesFirst(t *testing.T) {
	h := newHouse(t, 5, 4, 3, 2, 1)
	p := h.parts()
	var free atomic.Bool
	p.Hold = func() bool { return !free.Load() } // a scan, which does not hold up what somebody plays
	h.settled(t, p, func(pass *sound.Pass) {
		pass.Hurry(2)
		synctest.Wait()
		if !slices.Equal(h.opened(), []library.SongID{2}) {
			t.Errorf("measured %v while held", h.opened())
		}
		free.Store(true)
		time.Sleep(2 * time.Second)
	})
	if !slices.Equal(h.opened(), []library.SongID{2, 5, 4, 3, 1}) {
		t.Errorf("measured %v", h.opened())
	}
}

func TestWhatCannotBeMeasuredSaysWhy(t *testing.T) {
	h := newHouse(t, 4, 3, 2, 1)
	h.walk = func(id library.SongID) error {
		switch id {
		case 4:
			return fault.New(fault.Unsupported, "broken_audio", "The MP3 is cut short")
		case 3:
			return errors.New("read at 12: input/output error")
		case 2:
			panic("a reader that was not ready for this")
		}
		return nil
	}
	h.decode = func(context.Context) error { return errors.ErrUnsupported }
	h.settled(t, h.parts(), nil)
	if h.saved[4].Failure != "The MP3 is cut short" || h.saved[2].Failure == "" {
		t.Errorf("%q and %q", h.saved[4].Failure, h.saved[2].Failure)
	}
	if _, saved := h.saved[3]; saved || !slices.Equal(h.put, []library.SongID{3}) || !slices.Equal(h.opened(), []library.SongID{4, 3, 2, 1}) {
		t.Errorf("a disk's error: put off %v, measured %v", h.put, h.opened())
	}
	if r := h.saved[1]; r.Failure != "" || r.Note != sound.NoDecoder || r.Loudness != nil || r.TotalSamples != 8000 || len(r.Hash) != 32 {
		t.Errorf("without a decoder: %+v", r)
	}
	h.decode = func(context.Context) error { return nil }
	p := h.parts()
	p.Able = true
	h.settled(t, p, nil)
	if r := h.saved[1]; r.Loudness == nil {
		t.Errorf("with a decoder: %+v", r)
	}
}

func TestChangedFileIsNotMeasured(t *testing.T) {
	h := newHouse(t, 1)
	if err := os.WriteFile(h.file, []byte("thirteen byte"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.settled(t, h.parts(), nil)
	if r := h.saved[1]; r.Failure == "" || r.Hash != nil {
		t.Errorf("%+v", r)
	}
}

func TestStopLetsGoAtOnce(t *testing.T) {
	h := newHouse(t, 3, 2, 1)
	h.decode = func(ctx context.Context) error {
		if len(h.opened()) == 2 {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	h.settled(t, h.parts(), nil)
	if _, done := h.saved[3]; !done || len(h.saved) != 1 || len(h.held) != 0 {
		t.Errorf("saved %v, held %v", h.saved, h.held)
	}
}

func TestLoadedMachineSlowsButDoesNotStop(t *testing.T) {
	h := newHouse(t, 2, 1)
	h.decode = func(context.Context) error { time.Sleep(time.Second); return nil }
	p := h.parts()
	p.Clock, p.Loaded = clock.System{}, func() bool { return true }
	h.settled(t, p, func(*sound.Pass) {
		time.Sleep(2500 * time.Millisecond)
		if n := len(h.opened()); n != 1 {
			t.Errorf("measured %d, and did not rest", n)
		}
		time.Sleep(time.Minute)
	})
	if len(h.saved) != 2 {
		t.Errorf("measured %v", h.opened())
	}
}

func FuzzStoredForms(f *testing.F) {
	f.Add(sound.Index{Offsets: []int64{417, 20_000}, Samples: []int64{0, 43_776}}.Encode(44100), 44100)
	f.Add(sound.Waveform{Stretch: 882, Rate: 44100, Peaks: []byte{1, 2}}.Encode(), 0)
	f.Fuzz(func(t *testing.T, data []byte, rate int) {
		if i, err := sound.DecodeIndex(data, rate); err == nil && len(i.Offsets) != len(i.Samples) {
			t.Fatalf("%+v", i)
		}
		if w, err := sound.DecodeWaveform(data); err == nil && len(w.Peaks) > len(data) {
			t.Fatalf("%+v", w)
		}
	})
}
