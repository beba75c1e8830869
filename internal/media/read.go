package media

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"hathor/internal/ingest"
)

// song is what a format's reader found.
type song struct {
	audio ingest.Audio
	tags  bag
}

// Read implements ingest.Reader. Errors that are no faults are the disk's or the context's.
func (r *Reader) Read(ctx context.Context, file io.ReaderAt, size int64) (ingest.File, error) {
	s := newSource(ctx, r.clock, file, size)
	s.prober = r.prober
	found, err := readSong(s)
	if errors.Is(err, errShort) {
		err = broken("The file is cut short")
	}
	if err == nil {
		err = plausible(found.audio)
	}
	if err != nil {
		return ingest.File{}, err
	}
	cover := found.tags.picture.cover
	return ingest.File{
		Tags: found.tags.tags(), Audio: found.audio, Picture: cover.data, PictureProblem: cover.problem,
	}, nil
}

func readSong(s *source) (song, error) {
	if s.size <= 0 {
		return song{}, notAudio("The file is empty")
	}
	head, err := s.peekUpTo(0, 12)
	if err != nil {
		return song{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("OggS")):
		return readOgg(s)
	case isWave(head):
		return readWAV(s)
	case isAIFF(head):
		return readAIFF(s)
	case isMP4(head):
		return readMP4(s)
	case bytes.HasPrefix(head, []byte("DSD ")):
		return readDSF(s)
	case isASF(head):
		return readASF(s)
	}
	return readAfterTags(s)
}

// readAfterTags skips the tags at the start. MP3 follows nearly always; some put them before other formats.
func readAfterTags(s *source) (song, error) {
	tags, at, err := readFront(s)
	if err != nil {
		return song{}, err
	}
	next, err := s.peekUpTo(at, 12)
	if err != nil {
		return song{}, err
	}
	switch {
	case bytes.HasPrefix(next, []byte("fLaC")):
		return readFLAC(s, at, tags)
	case bytes.HasPrefix(next, []byte("wvpk")):
		return readWavPack(s, at, tags)
	case bytes.HasPrefix(next, []byte("TTA1")):
		return readTTA(s, at, tags)
	case bytes.HasPrefix(next, []byte("MAC ")):
		return readMonkey(s, at, tags)
	case isMusepack(next):
		return readMusepack(s, at, tags)
	}
	if p, ok := probedFormat(next); ok {
		return readProbed(s, at, p, tags)
	}
	if at == 0 {
		if err := refuseForeign(s); err != nil {
			return song{}, err
		}
	}
	return readMP3(s, at, tags)
}

// readFront reads the tags before the audio, ID3v2 and APEv2, and answers where the rest starts. Some files
// have several; the first counts, and those behind it fill what it lacks.
func readFront(s *source) (bag, int64, error) {
	var all bag
	at := int64(0)
	for {
		one, next, err := readID3v2At(s, at)
		if err != nil {
			return all, at, err
		}
		all.fill(one)
		if one, next, err = readAPEAt(s, next); err != nil {
			return all, at, err
		}
		all.fill(one)
		if next == at {
			return all, at, nil
		}
		at = next
	}
}

// The widest figures that real audio has; DXD and 32 bits fit in.
const (
	maxSampleRate = 1_536_000
	maxDSDRate    = 64 * 1_536_000 // samples of one bit
	maxChannels   = 64
)

// plausible refuses figures that no recording has, and that would mislead a player or a sum.
func plausible(a ingest.Audio) error {
	name := formatName(a.Format)
	switch {
	case a.SampleRate <= 0 || a.SampleRate > maxSampleRate && a.BitDepth != 1 || a.SampleRate > maxDSDRate:
		return brokenf("The %s names a sample rate that cannot be", name)
	case a.Channels <= 0 || a.Channels > maxChannels:
		return brokenf("The %s names a number of channels that cannot be", name)
	case a.Duration <= 0:
		return brokenf("The %s has no audio", name)
	case a.Duration > maxDuration:
		return brokenf("The %s claims to be longer than %d hours", name, int(maxDuration.Hours()))
	}
	return nil
}

// lengthOf is how long so many samples play, a little over maxDuration for all that is longer.
func lengthOf(samples, rate int64) time.Duration {
	if samples <= 0 || rate <= 0 {
		return 0
	}
	if samples/rate > int64(maxDuration/time.Second) {
		return maxDuration + time.Second
	}
	whole, rest := samples/rate, samples%rate
	return time.Duration(whole)*time.Second + time.Duration(float64(rest)/float64(rate)*float64(time.Second))
}

// meanBitRate is in kbit/s, rounded.
func meanBitRate(audioBytes int64, length time.Duration) int {
	if length <= 0 {
		return 0
	}
	return int(float64(audioBytes)*8/length.Seconds()/1000 + 0.5)
}
