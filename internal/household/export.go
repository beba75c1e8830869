package household

import (
	"archive/zip"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/library"
)

//go:embed readme.txt
var readme string

var errExporting = fault.New(fault.Conflict, "export_running", "Your export is being downloaded already, please wait until that is done")

// Export is everything of one user, ready to be written. Whoever has it calls Write or Close, once.
type Export struct {
	service *Service
	user    account.User
	who     account.Identity
	scope   library.Scope
	made    time.Time
}

// Export prepares the archive of all that is the asking user's own. One user has one at a time.
func (s *Service) Export(ctx context.Context, who account.Identity) (*Export, error) {
	user, err := s.Accounts.Profile(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	scope, err := s.Scopes.Scope(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("find out what may be heard: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.exporting[who.User] {
		return nil, errExporting
	}
	s.exporting[who.User] = true
	return &Export{s, user, who, scope, s.Clock.Now()}, nil
}

// Preview tells how much an export would hold: the originals and their bytes.
func (s *Service) Preview(ctx context.Context, who account.Identity) (songs int, size int64, err error) {
	found, err := s.Accounts.User(ctx, who.User)
	return found.Songs, found.Stored, err
}

// Name is what the archive should be called.
func (e *Export) Name() string {
	return "hathor-" + e.user.Username + "-" + e.made.Format(time.DateOnly) + ".zip"
}

// Close lets the user begin another export.
func (e *Export) Close() {
	e.service.mu.Lock()
	defer e.service.mu.Unlock()
	delete(e.service.exporting, e.who.User)
}

// Write writes the archive, holding neither a file nor a long list in memory, and closes the export. It ends
// with an error when w does, such as for a client that has gone; then what was written is no whole archive.
func (e *Export) Write(ctx context.Context, w io.Writer) error {
	defer e.Close()
	b := &bundle{zip: zip.NewWriter(w), made: e.made}
	if err := e.fill(ctx, b); err != nil {
		return fmt.Errorf("export account: %w", err)
	}
	if err := b.finish(); err != nil {
		return fmt.Errorf("export account: %w", err)
	}
	e.service.Accounts.Audit(ctx, account.EventBy(e.who, account.AccountExported, account.UserTarget(e.user.ID, e.user.Username)))
	return nil
}

// fill adds every part but the manifest.
func (e *Export) fill(ctx context.Context, b *bundle) error {
	if err := b.text("README.txt", readme); err != nil {
		return err
	}
	own := e.service.Belongings
	parts := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"profile.json", e.profile},
		{"sessions.json", func(w io.Writer) error { return e.sessions(ctx, w) }},
		{"api-keys.json", func(w io.Writer) error { return list(w, of(ctx, e.scope, own.Keys)) }},
		{"activity.json", func(w io.Writer) error { return list(w, e.activity(ctx)) }},
		{"playlists.json", func(w io.Writer) error { return list(w, of(ctx, e.scope, own.Playlists)) }},
		{"likes-and-ratings.json", func(w io.Writer) error { return list(w, of(ctx, e.scope, own.Marks)) }},
		{"history.json", func(w io.Writer) error { return list(w, of(ctx, e.scope, own.Listens)) }},
		{"playback.json", func(w io.Writer) error { return e.playback(ctx, w) }},
	}
	for _, part := range parts {
		if err := b.add(part.name, zip.Deflate, part.write); err != nil {
			return err
		}
	}
	return e.uploads(ctx, b)
}

func (e *Export) profile(w io.Writer) error {
	u := e.user
	return encode(w, map[string]any{
		"id": u.ID, "username": u.Username, "email": u.Email, "displayName": u.DisplayName, "avatarUrl": u.AvatarURL,
		"role": u.Role, "createdAt": u.CreatedAt,
	})
}

func (e *Export) sessions(ctx context.Context, w io.Writer) error {
	found, err := e.service.Accounts.Sessions(ctx, e.who)
	if err != nil {
		return err
	}
	rows := make([]map[string]any, len(found))
	for i, s := range found {
		rows[i] = map[string]any{"userAgent": s.Device.UserAgent, "ip": s.Device.IP, "createdAt": s.CreatedAt, "lastSeenAt": s.LastSeenAt}
	}
	return encode(w, rows)
}

// activityPage is how many lines of the audit log are read at once.
const activityPage = 500

// activity reads what the audit log says that the user did. What others did is theirs.
func (e *Export) activity(ctx context.Context) func(emit func(any) error) error {
	return func(emit func(any) error) error {
		q := account.EventQuery{User: e.who.User, Limit: activityPage}
		for {
			page, _, err := e.service.Accounts.Events(ctx, q)
			if err != nil {
				return err
			}
			for _, v := range page {
				q.Before = v.ID
				if v.Actor != e.who.User {
					continue
				}
				row := map[string]any{"at": v.At, "action": v.Action, "outcome": v.Outcome, "ip": v.Device.IP, "userAgent": v.Device.UserAgent, "detail": v.Detail}
				if err := emit(row); err != nil {
					return err
				}
			}
			if len(page) < activityPage {
				return nil
			}
		}
	}
}

func (e *Export) playback(ctx context.Context, w io.Writer) error {
	state, err := e.service.Belongings.Playback(ctx, e.who.User)
	if err != nil {
		return err
	}
	return encode(w, state)
}

// uploads adds the original files and the list of them. The list is made beforehand, so that uploads and
// deletions meanwhile change nothing of it; a file that vanished is noted as missing.
func (e *Export) uploads(ctx context.Context, b *bundle) error {
	var all []Upload
	err := e.service.Belongings.Uploads(ctx, e.who.User, func(u Upload) error {
		all = append(all, u)
		return nil
	})
	if err != nil {
		return err
	}
	names := names{}
	for i := range all {
		if all[i].File, err = e.original(ctx, b, all[i], names); err != nil {
			return err
		}
	}
	return b.add("uploads.json", zip.Deflate, func(w io.Writer) error {
		return list(w, func(emit func(any) error) error {
			for _, u := range all {
				if err := emit(u); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// original adds one file and returns its name in the archive, nil when it is gone.
func (e *Export) original(ctx context.Context, b *bundle, u Upload, names names) (*string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := e.service.Objects.Open(ctx, u.ObjectKey)
	if fault.KindOf(err) == fault.NotFound {
		b.miss(u)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	name := names.take(u)
	return &name, b.add(name, zip.Store, func(w io.Writer) error {
		_, err := io.Copy(w, contextReader{ctx, file})
		return err
	})
}

// contextReader stops reading a file when nobody waits for it any more.
type contextReader struct {
	ctx  context.Context
	file *os.File
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.file.Read(p)
}

func encode(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// of gives a reader of belongings the shape that list wants.
func of[T any](ctx context.Context, scope library.Scope, read func(context.Context, library.Scope, func(T) error) error) func(func(any) error) error {
	return func(emit func(any) error) error {
		return read(ctx, scope, func(row T) error { return emit(row) })
	}
}

// list writes a JSON array, one row at a time.
func list(w io.Writer, each func(emit func(any) error) error) error {
	before := "[\n"
	err := each(func(row any) error {
		text, err := json.Marshal(row)
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, before+string(text))
		before = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	if before == "[\n" {
		_, err = io.WriteString(w, "[]\n")
		return err
	}
	_, err = io.WriteString(w, "\n]\n")
	return err
}
