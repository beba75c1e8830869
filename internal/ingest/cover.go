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

// keepCover checks and stores the picture of a file. A bad one does not refuse the song: note says why it
// was left out. An error is the store's, or a refusal of another kind than fault.Unsupported.
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

// wary is the inspector of uploads: a picture that is a bomb refuses the whole file, which its sender can mend.
// In a scan the song of such a file is kept without it.
type wary struct{ Inspector }

func (w wary) Inspect(ctx context.Context, picture []byte) (Picture, error) {
	checked, err := w.Inspector.Inspect(ctx, picture)
	var bad *fault.Error
	if errors.As(err, &bad) && bad.Code == PictureBomb {
		return Picture{}, fault.New(fault.TooLarge, bad.Code, bad.Message)
	}
	return checked, err
}

// glance is the inspector of scans: it looks at headers only. What decoding tells comes after the scan.
type glance struct{ Inspector }

func (g glance) Inspect(_ context.Context, picture []byte) (Picture, error) { return g.Header(picture) }

func leftOut(reason string) string { return "The cover was left out: " + reason }

func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
