package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"hathor/internal/fault"
	"hathor/internal/ingest"
)

// The limits of a picture. They are held against its header, before anything is decoded.
const (
	maxPixels = 40_000_000
	maxSide   = 10_000
	maxScans  = 100 // of a JPEG that comes in layers; each one costs a walk over all its pixels
)

// Pictures checks covers and makes smaller ones. It is safe for concurrent use, and lets only so many
// be decoded at once: a decoded cover may take 200 MB, whatever its file has.
type Pictures struct{ gate *gate }

// NewPictures returns Pictures that decode at most so many covers at once, at least one, and fewer when they
// are big.
func NewPictures(atOnce int) *Pictures { return &Pictures{newGate(atOnce)} }

// codec is a picture format: by its first bytes, never by a name.
type codec struct {
	start, mediaType string
	config           func(io.Reader) (image.Config, error)
	decode           func(io.Reader) (image.Image, error)
}

func codecOf(picture []byte) (codec, bool) {
	for _, c := range []codec{
		{"\xff\xd8\xff", "image/jpeg", jpeg.DecodeConfig, jpeg.Decode},
		{"\x89PNG\r\n\x1a\n", "image/png", png.DecodeConfig, png.Decode},
		{"GIF87a", "image/gif", gif.DecodeConfig, gif.Decode},
		{"GIF89a", "image/gif", gif.DecodeConfig, gif.Decode},
		{"RIFF", "image/webp", webp.DecodeConfig, webp.Decode},
	} {
		if bytes.HasPrefix(picture, []byte(c.start)) {
			return c, c.start != "RIFF" || len(picture) > 12 && string(picture[8:12]) == "WEBP"
		}
	}
	return codec{}, false
}

// Inspect implements ingest.Inspector.
func (p *Pictures) Inspect(ctx context.Context, picture []byte) (ingest.Picture, error) {
	c, config, err := checkHeader(picture)
	if err != nil {
		return ingest.Picture{}, err
	}
	width, height := orientationOf(c, picture).size(config.Width, config.Height)
	found := ingest.Picture{MediaType: c.mediaType, Width: width, Height: height}
	err = p.decode(ctx, c, config, picture, func(decoded image.Image) error {
		found.Hue = hueOf(decoded)
		return nil
	})
	if err != nil {
		return ingest.Picture{}, err
	}
	return found, nil
}

// Header implements ingest.Inspector.
func (p *Pictures) Header(picture []byte) (ingest.Picture, error) {
	c, config, err := checkHeader(picture)
	if err != nil {
		return ingest.Picture{}, err
	}
	width, height := orientationOf(c, picture).size(config.Width, config.Height)
	return ingest.Picture{MediaType: c.mediaType, Width: width, Height: height, Hue: ingest.UnknownHue}, nil
}

// checkHeader refuses what is no picture or is too big, without decoding it.
func checkHeader(picture []byte) (codec, image.Config, error) {
	if len(picture) == 0 {
		return codec{}, image.Config{}, badPicture("The picture is empty")
	}
	if len(picture) > maxPicture {
		return codec{}, image.Config{}, badPicture("The picture is bigger than 16 MB")
	}
	c, ok := codecOf(picture)
	if !ok {
		return c, image.Config{}, badPicture("The picture is not a JPEG, PNG, WebP or GIF")
	}
	config, err := c.config(bytes.NewReader(picture))
	if err != nil {
		return c, config, brokenPicture(err)
	}
	return c, config, checkSize(c, config, picture)
}

func checkSize(c codec, config image.Config, picture []byte) error {
	w, h := config.Width, config.Height
	if w <= 0 || h <= 0 {
		return badPicture("The picture has no pixels")
	}
	if w > maxSide || h > maxSide {
		return fault.Newf(fault.Unsupported, ingest.PictureBomb, "The picture is %d by %d pixels; the most is %d a side", w, h, maxSide)
	}
	if w*h > maxPixels {
		return badPicture(fmt.Sprintf("The picture has %d megapixels; the most is %d", w*h/1_000_000, maxPixels/1_000_000))
	}
	if c.mediaType == "image/jpeg" && bytes.Count(picture, []byte{0xff, 0xda}) > maxScans {
		return badPicture("The picture has too many layers")
	}
	if size := decodedSize(c, config, picture); size > mostDecoded {
		return badPicture(fmt.Sprintf("The picture takes %d MB when it is decoded; the most is %d", size>>20, mostDecoded>>20))
	}
	return nil
}

func brokenPicture(cause error) error {
	return fmt.Errorf("%w (%w)", badPicture("The picture is broken"), cause)
}

// decode waits for room, decodes and lets use have the picture, as long as the context lasts. The picture is gone
// when use returns.
func (p *Pictures) decode(ctx context.Context, c codec, config image.Config, picture []byte, use func(image.Image) error) error {
	leave, err := p.gate.enter(ctx, decodedSize(c, config, picture))
	if err != nil {
		return err
	}
	defer leave()
	decoded, err := c.decode(&reader{ctx: ctx, data: bytes.NewReader(picture)})
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("decode picture: %w", err)
	}
	if err != nil {
		return brokenPicture(err)
	}
	return use(decoded)
}

// reader ends with its context, so that a decoder that reads through it does too.
type reader struct {
	ctx  context.Context
	data io.Reader
}

func (r *reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.data.Read(b)
}
