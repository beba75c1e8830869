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
	found, err := readSong(newSource(ctx, r.clock, file, size))
	if errors.Is(err, errShort) {
		err = broken("The file is cut short")
	}
	if err == nil {
		err = plausible(found.audio)
	}
	if err != nil {
		return ingest.File{}, err
	}
	picture := found.tags.picture
	return ingest.File{
		Tags: found.tags.tags(), Audio: found.audio, Picture: picture.data, PictureProblem: picture.problem,
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
	case bytes.HasPrefix(head, []byte("fLaC")):
		return readFLAC(s, 0, bag{})
	case bytes.HasPrefix(head, []byte("OggS")):
		return readOgg(s)
	case isWave(head):
		return readWAV(s)
	case isMP4(head):
		return readMP4(s)
	case bytes.HasPrefix(head, []byte("ID3")):
		return readAfterID3(s)
	}
	if err := refuseForeign(s); err != nil {
		return song{}, err
	}
	return readMP3(s, 0, bag{})
}

// readAfterID3 skips the ID3v2 tags at the start. MP3 follows nearly always; some put them before FLAC.
func readAfterID3(s *source) (song, error) {
	tags, at, err := readID3v2At(s, 0)
	if err != nil {
		return song{}, err
	}
	next, err := s.peekUpTo(at, 4)
	if err != nil {
		return song{}, err
	}
	if bytes.Equal(next, []byte("fLaC")) {
		return readFLAC(s, at, tags)
	}
	return readMP3(s, at, tags)
}

// The widest figures that real audio has; DXD and 32 bits fit in.
const (
	maxSampleRate = 1_536_000
	maxChannels   = 64
)

// plausible refuses figures that no recording has, and that would mislead a player or a sum.
func plausible(a ingest.Audio) error {
	name := formatName(a.Format)
	switch {
	case a.SampleRate <= 0 || a.SampleRate > maxSampleRate:
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
