package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"runtime"

	"hathor/internal/account"
	"hathor/internal/blob"
	"hathor/internal/config"
	"hathor/internal/ffmpeg"
	"hathor/internal/ingest"
	"hathor/internal/media"
	"hathor/internal/stream"
)

// tools are the programs of the machine that songs are converted with.
type tools struct {
	ffmpeg *ffmpeg.Tool // nil without
	lack   string       // why, for a person
	err    error        // what is wrong, nil when nothing is: to have none is not wrong
}

// findTools looks for ffmpeg, and has it say what it is beside the start. Without it everything else works.
func (a *app) findTools(ctx context.Context, c *config.Config, log *slog.Logger) tools {
	found, err := ffmpeg.Find(ctx, ffmpeg.Settings{Path: c.FFmpeg})
	switch {
	case err == nil:
		a.jobs.Go("ffmpeg", func(context.Context) {
			if err := found.Check(); err != nil {
				log.Warn("ffmpeg cannot be used: songs are played as they are", slog.Any("error", err))
			}
		})
		return tools{ffmpeg: found}
	case errors.Is(err, ffmpeg.ErrOff):
		return tools{lack: "it is switched off on this server"}
	case errors.Is(err, ffmpeg.ErrAbsent) && c.FFmpeg == "":
		log.Info("ffmpeg is not installed: songs are played as they are")
		return tools{lack: "ffmpeg is not installed on this server"}
	}
	log.Warn("ffmpeg cannot be used: songs are played as they are", slog.Any("error", err))
	return tools{lack: "ffmpeg cannot be used on this server", err: err}
}

// streams builds the feature that gives out songs and covers.
func (a *app) streams(b base, catalogue stream.Catalogue, signer *account.Signer, pictures *media.Pictures) (*stream.Service, error) {
	parts := stream.Parts{
		Catalogue: catalogue, Objects: objectFiles{b.objects}, Folders: stream.RootedFolders{},
		Signer: signer, Shrinker: pictures, Resizes: runtime.NumCPU(),
		Encoders: cmp.Or(b.settings.TranscodeEncoders, runtime.NumCPU()), Lack: b.tools.lack,
		Portraits: tagPortraits{media.NewReader(b.clock)}, Clock: b.clock,
	}
	kept, err := blob.OpenDisk(filepath.Join(b.data.path, "cache", "artists"))
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, kept.Close)
	parts.Pictures = objectFiles{kept}
	if b.tools.ffmpeg != nil { // a nil pointer in the interface would be no nil
		cache, err := stream.OpenCache(filepath.Join(b.data.path, "cache", "songs"), int64(b.settings.TranscodeCache), b.clock)
		if err != nil {
			return nil, err
		}
		a.closers = append(a.closers, cache.Close)
		parts.Encoder, parts.Cache = b.tools.ffmpeg, cache
	}
	service := stream.NewService(parts)
	a.closers = append(a.closers, service.Close)
	return service, nil
}

// check is nil where there is nothing to look at: a server without ffmpeg is well.
func (t tools) check() func(context.Context) error {
	if t.ffmpeg == nil && t.err == nil {
		return nil
	}
	return func(context.Context) error {
		if t.ffmpeg != nil {
			return t.ffmpeg.Check()
		}
		return t.err
	}
}

// tagPortraits finds pictures of artists in tags.
type tagPortraits struct{ reader ingest.Reader }

func (t tagPortraits) Portrait(ctx context.Context, song stream.File) []byte {
	at, ok := song.(io.ReaderAt)
	info, err := song.Stat()
	if !ok || err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := t.reader.Read(ctx, at, info.Size())
	if err != nil {
		return nil
	}
	return file.Tags.Pictures[ingest.ArtistPicture]
}
