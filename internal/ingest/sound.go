package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"hathor/internal/library"
)

const (
	sampleSize  = 16 << 10 // how much of the head, the middle and the tail of the audio soundKey reads
	compareSize = 64 << 10 // how much of two files is compared at once
)

// soundKey hashes the length of a file's audio, without its tags, and three samples of it. Different audio
// can have equal keys, equal audio never has different ones; so it finds candidates without reading all.
func soundKey(r io.ReaderAt, size int64, a Audio) ([]byte, error) {
	audio := payload(r, size, a)
	h := sha256.New()
	_ = binary.Write(h, binary.BigEndian, audio.Size()) // a hash takes everything
	var sample [sampleSize]byte
	for _, at := range []int64{0, (audio.Size() - sampleSize) / 2, audio.Size() - sampleSize} {
		n, err := audio.ReadAt(sample[:], max(at, 0))
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read audio: %w", err)
		}
		_, _ = h.Write(sample[:n])
	}
	return h.Sum(nil), nil
}

// payload is the audio of a file without its tags.
func payload(r io.ReaderAt, size int64, a Audio) *io.SectionReader {
	if a.AudioSize <= 0 || a.AudioOffset < 0 || a.AudioOffset+a.AudioSize > size {
		return io.NewSectionReader(r, 0, size)
	}
	return io.NewSectionReader(r, a.AudioOffset, a.AudioSize)
}

// twin finds the song that an upload is a duplicate of: the same file, or the same audio with the same
// title, artist and album. 0 is none.
func (s *Service) twin(ctx context.Context, file io.ReaderAt, audio Audio, d Draft, among []library.ID) (library.SongID, error) {
	twins, err := s.catalogue.Twins(ctx, d, among)
	if err != nil {
		return 0, err
	}
	for _, t := range twins {
		if slices.Equal(t.ContentHash, d.ContentHash) || slices.Equal(t.Received, d.ContentHash) {
			return t.ID, nil
		}
		if !d.sameWork(t) && (t.Folder == "" || t.Size != d.Size) {
			continue
		}
		same, err := s.sameAs(ctx, file, audio, d, t)
		if err != nil {
			return 0, err
		}
		if same {
			return t.ID, nil
		}
	}
	return 0, nil
}

// sameAs compares the bytes themselves. A twin that cannot be read just now is none.
func (s *Service) sameAs(ctx context.Context, file io.ReaderAt, audio Audio, d Draft, t Twin) (bool, error) {
	other, err := s.open(ctx, t)
	if err != nil {
		return false, nil
	}
	defer func() { _ = other.Close() }()
	if t.Size == d.Size {
		same, err := equal(ctx, io.NewSectionReader(file, 0, d.Size), io.NewSectionReader(other, 0, t.Size))
		if err != nil || same {
			return same, err
		}
	}
	if !d.sameWork(t) {
		return false, nil
	}
	read, err := s.reader.Read(ctx, other, t.Size)
	if err != nil {
		return false, nil
	}
	return equal(ctx, payload(file, d.Size, audio), payload(other, t.Size, read.Audio))
}

func (s *Service) open(ctx context.Context, t Twin) (*os.File, error) {
	if t.ObjectKey != "" {
		return s.objects.Open(ctx, t.ObjectKey)
	}
	root, err := os.OpenRoot(t.Folder)
	if err != nil {
		return nil, err
	}
	file, _, err := openRegular(root, t.Path)
	return file, errors.Join(err, root.Close())
}

func equal(ctx context.Context, a, b *io.SectionReader) (bool, error) {
	if a.Size() != b.Size() {
		return false, nil
	}
	left, right := make([]byte, compareSize), make([]byte, compareSize)
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n, errA := io.ReadFull(a, left)
		m, errB := io.ReadFull(b, right)
		if n != m || !slices.Equal(left[:n], right[:m]) {
			return false, nil
		}
		if errA != nil || errB != nil {
			return ended(errA) && ended(errB), nil
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
