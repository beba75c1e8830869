package ingest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Upload is a received file with what the uploader says of it. Name is the client's file name: at most it
// becomes a title.
type Upload struct {
	File Staged
	Name string
	Form Form
}

// Uploaded is the answer to an upload: the new song, or the one that is the same.
type Uploaded struct {
	Song      library.SongID
	Library   library.ID // where the upload went or would have gone: the uploader may hear it
	Duplicate bool
	Notes     []string // what was left out of the file, for the uploader
}

// Upload makes a song of a received file, in the library that the form names: the first shared one, another,
// or the uploader's private one. All wrong fields are named in one fault; what is no audio is
// fault.Unsupported. A file that is there already,
// in a library within the scope, gives that song. After an error nothing is left of the file.
func (s *Service) Upload(ctx context.Context, who account.Identity, scope library.Scope, u Upload) (Uploaded, error) {
	changes, to, err := u.Form.changes(s.clock.Now())
	if err != nil {
		return Uploaded{}, err
	}
	file, err := s.reader.Read(ctx, u.File, u.File.Size())
	if err != nil {
		return Uploaded{}, fmt.Errorf("read upload: %w", err)
	}
	d, err := s.draft(u, file, changes, who.User)
	if err != nil {
		return Uploaded{}, err
	}
	if d.Library, err = s.target(ctx, who.User, to); err != nil {
		return Uploaded{}, err
	}
	usage, err := s.Usage(ctx, who)
	if err != nil {
		return Uploaded{}, err
	}
	d.Quota = usage.Quota
	among := scope.With(d.Library).Libraries
	twin, err := s.twin(ctx, u.File, file.Audio, d, among)
	if err != nil {
		return Uploaded{}, err
	}
	if twin != 0 {
		return Uploaded{Song: twin, Library: d.Library, Duplicate: true}, nil
	}
	return s.keep(ctx, u.File, file, d, among)
}

func (s *Service) draft(u Upload, file File, changes Changes, by account.UserID) (Draft, error) {
	d := Draft{
		Audio: file.Audio, Size: u.File.Size(), UploadedBy: by, ModifiedAt: s.clock.Now(),
		ContentHash: u.File.Hash(), ObjectKey: library.AudioKey(hex.EncodeToString(u.File.Hash())),
	}
	d.describe(file.Tags, titleOf(u.Name))
	changes.apply(&d)
	var err error
	if d.Sound, err = soundKey(u.File, d.Size, d.Audio); err != nil {
		return Draft{}, fmt.Errorf("read upload: %w", err)
	}
	return d, nil
}

func (s *Service) target(ctx context.Context, who account.UserID, to target) (library.ID, error) {
	if to.private {
		return s.libraries.Private(ctx, who)
	}
	return s.libraries.Target(ctx, who, to.library)
}

// keep stores the bytes, then the row. When the row fails, the bytes go again unless somebody else has them.
func (s *Service) keep(ctx context.Context, staged Staged, file File, d Draft, among []library.ID) (Uploaded, error) {
	answer := Uploaded{Library: d.Library}
	var added bool
	keys := []string{d.ObjectKey}
	err := func() error {
		s.rows.RLock()
		defer s.rows.RUnlock()
		cover, note, err := keepCover(ctx, wary{s.inspector}, s.objects, file)
		if err != nil {
			return err
		}
		if note != "" {
			answer.Notes = append(answer.Notes, note)
		}
		if d.Cover = cover; cover != nil {
			keys = append(keys, library.CoverKey(cover.Hash))
		}
		if err := staged.Commit(ctx, d.ObjectKey); err != nil {
			return fmt.Errorf("keep upload: %w", err)
		}
		answer.Song, added, err = s.catalogue.Add(ctx, d, among)
		return err
	}()
	answer.Duplicate = !added
	if !added {
		s.release(ctx, keys)
	}
	if err != nil {
		return Uploaded{}, errors.Join(err, staged.Discard())
	}
	return answer, nil
}

// longestName bounds the work on a client's file name.
const longestName = 4096

// titleOf makes a title of a client's file name: its last part without the ending, and nothing that is no text.
func titleOf(name string) string {
	name = strings.ReplaceAll(name[:min(len(name), longestName)], `\`, "/")
	name = clean(path.Base(name))
	title := strings.TrimSpace(strings.TrimSuffix(name, path.Ext(name)))
	if strings.Trim(title, "./ ") == "" {
		return "Untitled"
	}
	return title
}

// merge is one fault that names the wrong fields of both.
func merge(a, b error) error {
	var first, second *fault.Error
	if !errors.As(a, &first) || !errors.As(b, &second) {
		return errors.Join(a, b)
	}
	return fault.Validation(append(first.Details, second.Details...)...)
}
