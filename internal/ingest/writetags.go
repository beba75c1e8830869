package ingest

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// MostWritten is how many files one request may write tags into.
const MostWritten = 100

// Written is what became of one song's file: written, or left as it was for a reason.
type Written struct {
	Song   library.SongID
	Done   bool
	Reason string // empty for a file that says all that already
}

// Rewrite is a song whose file was written anew. Old is what the catalogue showed and Key where the bytes
// were when that was read; New is the new file's draft.
type Rewrite struct {
	Old Draft
	New Draft
	Key string
}

// Files knows the songs' files and puts new ones into their place.
type Files interface {
	// Shown is a song as the catalogue shows it.
	Shown(ctx context.Context, id library.SongID) (Draft, error)
	// Replace puts the new file into the old one's place, unless the song was changed meanwhile: then it is
	// fault.Conflict. The song shows the same as before.
	Replace(ctx context.Context, r Rewrite) (Freed, error)
}

// WriteTags writes what the catalogue shows of uploads into their files, one after the other, each whole or
// not at all. The old bytes go when no song has them any more; who is reading them reads on.
func (s *Service) WriteTags(ctx context.Context, who account.Identity, scope library.Scope, ids []library.SongID) ([]Written, error) {
	if err := checkIDs(ids, MostWritten); err != nil {
		return nil, err
	}
	held, err := s.mine(ctx, who, scope, ids)
	if err != nil {
		return nil, err
	}
	if err := refuseFolders(ids, held); err != nil {
		return nil, err
	}
	results := make([]Written, len(ids))
	for i, id := range ids {
		if results[i], err = s.writeTags(ctx, id); err != nil {
			return nil, err
		}
	}
	return results, nil
}

func refuseFolders(ids []library.SongID, held map[library.SongID]Held) error {
	refused := *errNoWriting
	for i, id := range ids {
		if !held[id].Upload {
			refused.Details = append(refused.Details, fault.Detail{Field: fmt.Sprintf("ids[%d]", i), Message: held[id].Title})
		}
	}
	if len(refused.Details) == 0 {
		return nil
	}
	return &refused
}

var errNoWriting = fault.New(fault.Conflict, "library_read_only",
	"Files in library folders are never written to: tags can be written into uploads only")

// writeTags turns what is wrong with the file into the song's result. An error is the server's own.
func (s *Service) writeTags(ctx context.Context, id library.SongID) (Written, error) {
	w := Written{Song: id}
	done, err := s.rewrite(ctx, id)
	var f *fault.Error
	if errors.As(err, &f) && (f.Kind == fault.Conflict || f.Kind == fault.Unsupported || f.Kind == fault.NotFound || f.Kind == fault.TooLarge) {
		w.Reason = f.Message
		return w, nil
	}
	w.Done = done
	return w, err
}

func (s *Service) rewrite(ctx context.Context, id library.SongID) (done bool, err error) {
	shown, err := s.files.Shown(ctx, id)
	if err != nil {
		return false, err
	}
	old, err := s.objects.Open(ctx, shown.ObjectKey)
	if err != nil {
		return false, fmt.Errorf("open upload: %w", err)
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	before, err := s.reader.Read(ctx, old, shown.Size)
	if err != nil {
		return false, fmt.Errorf("read upload: %w", err)
	}
	labels := shown.labels()
	labels.AlbumMBID = shown.AlbumKey == "mbid:"+before.Tags.AlbumMBID
	if labels.Cover, err = s.labelCover(ctx, &shown, before); err != nil {
		return false, err
	}
	if shown.Cover != nil {
		labels.Picture = shown.Cover.Picture
	}
	staged, err := s.stageTags(ctx, old, shown.Size, labels)
	if err != nil {
		return false, err
	}
	defer func() {
		if err := staged.Discard(); err != nil {
			slog.WarnContext(ctx, "a staged file was left for the next start", slog.Any("error", err))
		}
	}()
	if bytes.Equal(staged.Hash(), shown.ContentHash) {
		return false, nil
	}
	return s.swap(ctx, shown, old, before, staged)
}

// labelCover is the cover that the catalogue shows, nil without one.
func (s *Service) labelCover(ctx context.Context, shown *Draft, before File) ([]byte, error) {
	if shown.Cover == nil {
		return nil, nil
	}
	if len(before.Picture) > 0 && hashOf(before.Picture) == shown.Cover.Hash {
		return before.Picture, nil
	}
	f, err := s.objects.Open(ctx, library.CoverKey(shown.Cover.Hash))
	if err != nil {
		return nil, fmt.Errorf("open cover: %w", err)
	}
	defer func() { _ = f.Close() }()
	return readCover(f)
}

// stageTags writes the new file beside the objects while it is made.
func (s *Service) stageTags(ctx context.Context, old *os.File, size int64, labels Labels) (Staged, error) {
	in, out := io.Pipe()
	made := make(chan error, 1)
	go func() {
		err := s.tags.Write(ctx, out, old, size, labels)
		_ = out.CloseWithError(err) // a pipe always closes
		made <- err
	}()
	staged, err := s.objects.Stage(ctx, in, s.limit)
	_ = in.Close()
	if why := <-made; why != nil && !errors.Is(why, io.ErrClosedPipe) {
		err = why
	}
	if err != nil && staged != nil {
		return nil, errors.Join(err, staged.Discard())
	}
	return staged, err
}

// swap puts the new file into the old one's place when it says what it should and sounds the same.
func (s *Service) swap(ctx context.Context, shown Draft, old *os.File, before File, staged Staged) (bool, error) {
	after, err := s.reader.Read(ctx, staged, staged.Size())
	if err != nil {
		return false, fmt.Errorf("read written file: %w", err)
	}
	d := shown
	d.Audio, d.Size, d.ContentHash, d.ModifiedAt = after.Audio, staged.Size(), staged.Hash(), s.clock.Now()
	d.ObjectKey = library.AudioKey(hex.EncodeToString(d.ContentHash))
	d.describe(after.Tags, shown.Title)
	if what := shown.differs(d); what != "" {
		return false, fault.Newf(fault.Conflict, "not_writable", "The file would not say the same %s as the catalogue", what)
	}
	if err := s.sameSound(ctx, old, shown.Size, before.Audio, staged, after.Audio); err != nil {
		return false, err
	}
	if d.Sound, err = soundKey(staged, d.Size, d.Audio); err != nil {
		return false, err
	}
	if err := s.admitGrowth(ctx, shown, d.Size); err != nil {
		return false, err
	}
	freed, err := s.keepWritten(ctx, shown, d, staged)
	s.release(ctx, append(freed.Keys, d.ObjectKey, shown.ObjectKey))
	return err == nil, err
}

// admitGrowth refuses a larger file that goes past the uploader's quota: tags and a cover count like the
// sound. A smaller one always fits, also where the quota was lowered meanwhile.
func (s *Service) admitGrowth(ctx context.Context, shown Draft, size int64) error {
	if shown.UploadedBy == 0 || size <= shown.Size {
		return nil
	}
	u, err := s.libraries.Usage(ctx, shown.UploadedBy)
	if err != nil {
		return fmt.Errorf("ask for quota: %w", err)
	}
	if u = s.settle(u); u.Quota.Limited && u.Used-shown.Size+size > u.Quota.Bytes {
		return u.Quota.Exceeded(u.Used)
	}
	return nil
}

func (s *Service) sameSound(ctx context.Context, old io.ReaderAt, oldSize int64, was Audio, file Staged, is Audio) error {
	before, err := s.tags.SoundHash(ctx, old, oldSize, was)
	if err != nil {
		return err
	}
	after, err := s.tags.SoundHash(ctx, file, file.Size(), is)
	if err != nil {
		return err
	}
	if !bytes.Equal(before, after) {
		return fault.New(fault.Conflict, "not_writable", "Writing would have changed the audio of the file")
	}
	return nil
}

func (s *Service) keepWritten(ctx context.Context, shown, d Draft, staged Staged) (Freed, error) {
	s.rows.RLock()
	defer s.rows.RUnlock()
	if err := staged.Commit(ctx, d.ObjectKey); err != nil {
		return Freed{}, fmt.Errorf("keep written file: %w", err)
	}
	return s.files.Replace(ctx, Rewrite{Old: shown, New: d, Key: shown.ObjectKey})
}
