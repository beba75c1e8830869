package backup

import (
	"context"
	"io"
)

// Verify reads a whole backup and checks every digest in it. It returns what is in it, or why it is not to be
// trusted.
func Verify(ctx context.Context, file io.ReaderAt, size int64, progress Progress) (Summary, error) {
	progress.Step("check", size)
	s, _, err := read(ctx, file, size, visitor{}, progress)
	return s, err
}
