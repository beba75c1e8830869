package sound

import (
	"context"
	"math"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/library"
)

// reference is the loudness that gains bring a song to, that of ReplayGain 2.
const reference = -18.0 // LUFS

// Gain is how much louder a player should make a song, in dB, so that all are alike; peaks have full scale at 1.
type Gain struct {
	Track     float64
	Album     *float64 // nil without an album, and while not all of its songs are measured
	TrackPeak *float64
	AlbumPeak *float64
	FromTags  bool // else measured
}

// Sound is what a player needs to know of a song.
type Sound struct {
	Kept
	Gain *Gain // nil where nothing tells
}

// Analysis is how far the pass is, for who runs the server.
type Analysis struct {
	Counts
	Progress
	Enabled     bool
	SecondsLeft float64 // 0 where that cannot be told
}

// Service serves what was measured. It is safe for concurrent use.
type Service struct {
	shelf Shelf
	queue Queue
	pass  *Pass // nil where nothing is measured
	clock clock.Clock

	mu      sync.Mutex
	counts  Counts
	counted time.Time
}

// NewService makes the service. Without a pass songs stay as they are.
func NewService(shelf Shelf, queue Queue, pass *Pass, clock clock.Clock) *Service {
	return &Service{shelf: shelf, queue: queue, pass: pass, clock: clock}
}

// Wanted tells that somebody plays the song: if it is due it is measured next.
func (s *Service) Wanted(id library.SongID) {
	if s.pass != nil {
		s.pass.Hurry(id)
	}
}

// Sound answers all but the long lists. A song that was not measured yet goes to the front.
func (s *Service) Sound(ctx context.Context, scope library.Scope, id library.SongID) (Sound, error) {
	kept, err := s.shelf.Sound(ctx, scope, id)
	if err != nil {
		return Sound{}, err
	}
	s.hurry(id, kept.State)
	found := Sound{Kept: kept}
	if found.SampleRate == 0 {
		found.SampleRate = kept.SongSampleRate
	}
	found.Gain, err = s.gain(ctx, kept)
	return found, err
}

// Waveform answers the song's waveform; as Sound does for one that was not measured.
func (s *Service) Waveform(ctx context.Context, scope library.Scope, id library.SongID) (Drawn, error) {
	drawn, err := s.shelf.Waveform(ctx, scope, id)
	if err == nil {
		s.hurry(id, drawn.State)
	}
	return drawn, err
}

// SeekIndex answers where the song's seconds begin; as Sound does for one that was not measured.
func (s *Service) SeekIndex(ctx context.Context, scope library.Scope, id library.SongID) (Indexed, error) {
	index, err := s.shelf.SeekIndex(ctx, scope, id)
	if err == nil {
		s.hurry(id, index.State)
	}
	return index, err
}

func (s *Service) hurry(id library.SongID, state State) {
	if !state.Measured && state.Problem == "" {
		s.Wanted(id)
	}
}

// gain prefers what the file says, as its owner chose it.
func (s *Service) gain(ctx context.Context, k Kept) (*Gain, error) {
	if k.TrackGain != nil {
		return &Gain{Track: *k.TrackGain, Album: k.AlbumGain, TrackPeak: k.TrackPeak, AlbumPeak: k.AlbumPeak, FromTags: true}, nil
	}
	if k.Loudness == nil {
		return nil, nil
	}
	peak := linear(k.Loudness.TruePeak)
	g := &Gain{Track: reference - k.Loudness.LUFS, TrackPeak: &peak}
	if k.Album == 0 {
		return g, nil
	}
	tracks, err := s.shelf.Album(ctx, k.Album)
	if err != nil {
		return nil, err
	}
	if lufs, peak, ok := ofAlbum(tracks); ok {
		gain, peak := reference-lufs, linear(peak)
		g.Album, g.AlbumPeak = &gain, &peak
	}
	return g, nil
}

func linear(dB float64) float64 { return math.Pow(10, dB/20) }

// ofAlbum is the loudness of an album as a whole, by its songs' energy and length. It is not told while
// some of its songs are still to be measured: it would change under the listener.
func ofAlbum(tracks []Track) (lufs, peak float64, ok bool) {
	energy, length := 0.0, 0.0
	peak = math.Inf(-1)
	for _, t := range tracks {
		if !t.Settled {
			return 0, 0, false
		}
		if t.Loudness == nil {
			continue
		}
		energy += energyOf(t.Loudness.LUFS) * t.Length.Seconds()
		length += t.Length.Seconds()
		peak = max(peak, t.Loudness.TruePeak)
	}
	if length == 0 {
		return 0, 0, false
	}
	return loudnessOf(energy / length), peak, true
}

// fresh is how old counts may be: they cost a look at every song.
const fresh = 5 * time.Second

// Analysis tells how far the pass is; its counts are at most a few seconds old.
func (s *Service) Analysis(ctx context.Context) (Analysis, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.clock.Now(); s.counted.IsZero() || now.Sub(s.counted) >= fresh {
		counts, err := s.queue.Counts(ctx)
		if err != nil {
			return Analysis{}, err
		}
		s.counts, s.counted = counts, now
	}
	a := Analysis{Counts: s.counts, Enabled: s.pass != nil}
	if s.pass == nil {
		return a, nil
	}
	if a.Progress = s.pass.Progress(); a.PerSecond > 0 {
		a.SecondsLeft = float64(a.Pending) / a.PerSecond
	}
	return a, nil
}

// Failures lists songs that could not be measured, last ones first, and how many there are.
func (s *Service) Failures(ctx context.Context, scope library.Scope, limit, offset int) ([]Failed, int, error) {
	return s.queue.Failures(ctx, scope, limit, offset)
}
