package sound

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"hathor/internal/fault"
)

// patience is how long one file may take.
const patience = 20 * time.Minute

// The reasons why a song has less than others. One without a decoder is measured again when there is one.
const (
	NoDecoder = "Nothing here can decode this format: without ffmpeg it has no loudness and no waveform"

	noMusic = "All of it is silence"
	moved   = "The file was changed after the last scan: scan again"
	tooSlow = "Measuring the file took too long"
)

// instruments is what one file is measured with.
type instruments struct {
	files   Files
	walker  Walker
	decoder Decoder
}

// measure reads a song. Failure is set for what trying again cannot better; an error is of the moment.
func (i instruments) measure(ctx context.Context, song Due) (Result, error) {
	r := Result{Due: song}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := i.read(limited, &r)
	switch {
	case err == nil:
		return r, nil
	case ctx.Err() != nil:
		return r, ctx.Err()
	case limited.Err() != nil:
		r.Failure = tooSlow
		return r, nil
	case fault.KindOf(err) == fault.Unsupported:
		r.Failure = sentence(err)
		return r, nil
	}
	return r, err
}

func (i instruments) read(ctx context.Context, r *Result) (err error) {
	file, err := i.files.Open(ctx, r.SongFile)
	if err != nil {
		return fmt.Errorf("open song %d: %w", r.Song, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("look at song %d: %w", r.Song, err)
	}
	if info.Size() != r.Size || r.ObjectKey == "" && info.ModTime().UnixMilli() != r.ModifiedAt.UnixMilli() {
		return fault.New(fault.Unsupported, "changed_meanwhile", moved)
	}
	if r.Hash, err = hash(ctx, file, r.Size); err != nil {
		return fmt.Errorf("read song %d: %w", r.Song, err)
	}
	if r.Frames, err = i.walker.Walk(ctx, file, r.Size); err != nil {
		return err
	}
	return i.listen(ctx, file, r)
}

// hash reads the file once from front to back, which also brings it into the system's memory for what follows.
func hash(ctx context.Context, file io.ReaderAt, size int64) ([]byte, error) {
	h := sha256.New()
	buffer := make([]byte, 256<<10)
	for at := int64(0); at < size; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := file.ReadAt(buffer[:min(int64(len(buffer)), size-at)], at)
		h.Write(buffer[:n])
		if at += int64(n); err != nil && (n == 0 || !errors.Is(err, io.EOF)) {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// listen decodes the file. What cannot be decoded keeps what its frames told.
func (i instruments) listen(ctx context.Context, file *os.File, r *Result) error {
	var m *Meter
	left := r.TotalSamples // a decoder may go on into what the encoder added
	begin := func(s Shape) error {
		if s.Rate < 1000 || s.Channels < 1 || s.Channels > 64 {
			return fault.New(fault.Unsupported, "broken_audio", "The file names samples that cannot be")
		}
		m = NewMeter(s)
		if left <= 0 || s.Rate != r.Frames.SampleRate {
			left = int64(s.Rate) * int64(longest/time.Second)
		}
		return nil
	}
	err := i.decoder.Decode(ctx, file, r.Frames, begin, func(block []float32) error {
		whole := min(int64(len(block)/m.shape.Channels), left)
		m.Add(block[:whole*int64(m.shape.Channels)])
		if left -= whole; left == 0 {
			return errEnough
		}
		return nil
	})
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		r.Note = NoDecoder
		return nil
	case fault.KindOf(err) == fault.Unsupported:
		r.Note = sentence(err)
		return nil
	case err != nil && !errors.Is(err, errEnough):
		return err
	}
	r.take(m)
	return nil
}

var errEnough = errors.New("all that is measured was measured")

func (r *Result) take(m *Meter) {
	if m == nil {
		r.Note = "The file has no samples"
		return
	}
	r.Loudness, r.Wave = m.Result()
	if r.Loudness == nil {
		r.Note = noMusic
	}
	if r.TotalSamples == 0 {
		r.TotalSamples, r.Frames.SampleRate = m.Frames(), m.shape.Rate
	}
}

// sentence is what a fault says to people.
func sentence(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Message
	}
	return err.Error()
}
