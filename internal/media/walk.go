package media

import (
	"context"
	"errors"
	"io"
	"math"

	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/sound"
)

// Walk implements sound.Walker.
func (r *Reader) Walk(ctx context.Context, file io.ReaderAt, size int64) (sound.Frames, error) {
	read, err := r.Read(ctx, file, size)
	if err != nil {
		return sound.Frames{}, err
	}
	frames, err := walk(newWalk(ctx, r.clock, file, size), read.Audio)
	if errors.Is(err, errShort) {
		err = broken("The file is cut short")
	}
	return frames, err
}

func walk(s *source, a ingest.Audio) (sound.Frames, error) {
	f := sound.Frames{Format: a.Format, SampleRate: a.SampleRate, Channels: a.Channels, Source: sound.None}
	var err error
	switch a.Format {
	case library.MP3:
		err = walkMP3(s, a, &f)
	case library.FLAC:
		err = walkFLAC(s, a, &f)
	case library.Vorbis, library.Opus:
		err = walkOgg(s, &f)
	case library.AAC, library.ALAC:
		err = walkMP4(s, &f)
	case library.WAV, library.AIFF:
		walkPCM(a, &f)
	default:
		if a.BitDepth > 0 {
			f.Source = sound.Exact
		}
	}
	return f, err
}

// walkPCM computes what stands where: samples are all of one size.
func walkPCM(a ingest.Audio, f *sound.Frames) {
	block := int64(a.Channels) * int64((a.BitDepth+7)/8)
	f.Source, f.TotalSamples = sound.Exact, int64(math.Round(a.Duration.Seconds()*float64(a.SampleRate)))
	if f.TotalSamples == 0 || block == 0 {
		return
	}
	if a.Format == library.WAV { // samples may stand in wider places
		block = a.AudioSize / f.TotalSamples
	}
	index := sound.Indexer{Rate: a.SampleRate}
	for at := int64(0); at < f.TotalSamples && at/int64(a.SampleRate) < maxSeconds; at += int64(a.SampleRate) {
		index.Frame(at, a.AudioOffset+at*block)
	}
	f.Index = index.End(f.TotalSamples)
}

const maxSeconds = int64(maxDuration / 1e9)
