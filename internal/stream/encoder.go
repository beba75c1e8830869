package stream

import (
	"context"
	"io"
	"time"

	"hathor/internal/library"
)

// Encoder converts songs.
type Encoder interface {
	// Convert reads the file, as far as the source says what it is, and writes the rendition. It ends with ctx, with an
	// error of out, or when all is written.
	Convert(ctx context.Context, s Source, w Want, out io.Writer) error
	// Makes tells whether it can make a codec.
	Makes(Codec) bool
	// Version changes when the same song may become other bytes.
	Version() string
}

// Source is a song to be converted. Whoever opened File closes it.
type Source struct {
	File       File
	Format     library.Format
	Duration   time.Duration // 0 unknown
	SampleRate int           // Hz
	Channels   int
}
