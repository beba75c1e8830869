package stream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"hathor/internal/library"
)

// Encoder converts songs.
type Encoder interface {
	// Convert reads the file, as far as the source says what it is, and writes the rendition. It ends with ctx, with an
	// error of out, or when all is written; then it tells how long that is, 0 where it cannot.
	Convert(ctx context.Context, s Source, w Want, out io.Writer) (time.Duration, error)
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
	Size       int64     // of File, and
	ModifiedAt time.Time // when it was opened
}

// errCutShort is a song of which less could be converted than there is: its file was cut, or could not be read on.
var errCutShort = errors.New("the song's file ended early, or changed meanwhile")

// whole tells whether a rendition of that length, 0 for unknown, is all of the song. Encoders end well where their input
// does. The lengths of MP3 files without a head that tells them are estimates.
func (s Source) whole(w Want, made time.Duration) error {
	info, err := s.File.Stat()
	if err != nil {
		return err
	}
	if info.Size() != s.Size || !info.ModTime().Equal(s.ModifiedAt) {
		return errCutShort
	}
	due := s.Duration - w.Start
	may := lengthSlack + s.Duration/50
	if s.Format == library.MP3 {
		may = lengthSlack + s.Duration/4
	}
	if made > 0 && made < due-may {
		return fmt.Errorf("%w: %v of %v", errCutShort, made, due)
	}
	return nil
}

// lengthSlack is how much shorter a whole rendition may be, with a part of its length.
const lengthSlack = time.Second
