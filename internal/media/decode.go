package media

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	gomp3 "github.com/hajimehoshi/go-mp3"
	goflac "github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"

	"hathor/internal/library"
	"hathor/internal/sound"
)

// Decoder decodes MP3, FLAC, WAV and AIFF without help. It implements sound.Decoder, and is safe for
// concurrent use. It is several times slower than ffmpeg.
type Decoder struct{}

var _ sound.Decoder = Decoder{}

// Decode implements sound.Decoder.
func (Decoder) Decode(ctx context.Context, file *os.File, f sound.Frames, begin func(sound.Shape) error, take func([]float32) error) error {
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("look at audio file: %w", err)
	}
	from := int64(0)
	if len(f.Index.Offsets) > 0 {
		from = f.Index.Offsets[0]
	}
	d := decoding{
		ctx: ctx, from: io.NewSectionReader(file, from, info.Size()-from), whole: io.NewSectionReader(file, 0, info.Size()),
		frames: f, shape: sound.Shape{Rate: f.SampleRate, Channels: f.Channels}, take: take, skip: f.StartTrim, left: f.TotalSamples,
	}
	work := map[library.Format]func() error{library.MP3: d.mp3, library.FLAC: d.flac, library.WAV: d.pcm, library.AIFF: d.pcm}[f.Format]
	if work == nil || len(f.Index.Offsets) == 0 {
		return errors.ErrUnsupported
	}
	if err := begin(d.shape); err != nil {
		return err
	}
	return work()
}

// decoding is one file under way.
type decoding struct {
	ctx         context.Context
	from, whole *io.SectionReader // from the first frame, and from the start
	frames      sound.Frames
	shape       sound.Shape
	take        func([]float32) error
	skip, left  int64 // samples of each channel that are cut off in front, and that come then
	block       []float32
}

// errDone ends a decoding whose music has been given out.
var errDone = errors.New("the music is over")

// give hands a block on, without what an encoder added.
func (d *decoding) give(block []float32) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	n := int64(len(block) / d.shape.Channels)
	cut := min(d.skip, n)
	d.skip -= cut
	keep := min(n-cut, d.left)
	d.left -= keep
	if keep > 0 {
		if err := d.take(block[cut*int64(d.shape.Channels):][:keep*int64(d.shape.Channels)]); err != nil {
			return err
		}
	}
	if d.left == 0 {
		return errDone
	}
	return nil
}

func ended(err error) error {
	if err == nil || errors.Is(err, errDone) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// room is the block, of so many numbers.
func (d *decoding) room(n int) []float32 {
	if cap(d.block) < n {
		d.block = make([]float32, n)
	}
	return d.block[:n]
}

// mp3 gives 16 bits in two channels, whatever the file has.
func (d *decoding) mp3() error {
	decoder, err := gomp3.NewDecoder(struct{ io.Reader }{d.from})
	if err != nil {
		return broken("The MP3 cannot be decoded")
	}
	raw := make([]byte, 16<<10)
	for {
		n, err := io.ReadFull(decoder, raw)
		if err := d.give(d.sixteen(raw[:n&^3])); err != nil {
			return ended(err)
		}
		if err != nil {
			return ended(err)
		}
	}
}

func (d *decoding) sixteen(raw []byte) []float32 {
	step := 2
	if d.shape.Channels == 1 {
		step = 4
	}
	out := d.room(len(raw) / step)
	for i := range out {
		out[i] = float32(int16(binary.LittleEndian.Uint16(raw[i*step:]))) / 32768
	}
	return out
}

func (d *decoding) flac() error {
	stream, err := goflac.New(d.whole)
	if err != nil {
		return broken("The FLAC cannot be decoded")
	}
	for {
		one, err := stream.ParseNext()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken("The FLAC is damaged: it cannot be decoded to its end")
		}
		if err := d.give(d.interleaved(one)); err != nil {
			return ended(err)
		}
	}
}

func (d *decoding) interleaved(f *frame.Frame) []float32 {
	n := d.shape.Channels
	if len(f.Subframes) != n {
		return nil
	}
	scale := 1 / float32(int64(1)<<(f.BitsPerSample-1))
	out := d.room(n * len(f.Subframes[0].Samples))
	for c, sub := range f.Subframes {
		for i, sample := range sub.Samples {
			out[i*n+c] = float32(sample) * scale
		}
	}
	return out
}
