package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// keepCover checks and stores the picture of a file. A bad one never refuses the song: note says why it
// was left out. An error is the store's.
func keepCover(ctx context.Context, inspector Inspector, objects Objects, file File) (cover *Cover, note string, err error) {
	if file.PictureProblem != "" {
		return nil, leftOut(file.PictureProblem), nil
	}
	if len(file.Picture) == 0 {
		return nil, "", nil
	}
	picture, err := inspector.Inspect(ctx, file.Picture)
	var bad *fault.Error
	if errors.As(err, &bad) && bad.Kind == fault.Unsupported {
		return nil, leftOut(bad.Message), nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("check cover: %w", err)
	}
	cover = &Cover{Hash: hashOf(file.Picture), Picture: picture}
	if err := objects.Put(ctx, library.CoverKey(cover.Hash), file.Picture); err != nil {
		return nil, "", fmt.Errorf("keep cover: %w", err)
	}
	return cover, "", nil
}

func leftOut(reason string) string { return "The cover was left out: " + reason }

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
