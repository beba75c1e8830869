package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hathor/internal/backup"
	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/library"
	"hathor/internal/pgtest"
	"hathor/internal/sqlstore"
	"hathor/internal/sqlstore/storetest"
)

// quiet hears of progress and says nothing.
type quiet struct{}

func (quiet) Step(string, int64) {}

func (quiet) Add(int64) {}

// keyOf is where the store keeps an upload with that content.
func keyOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return library.AudioKey(hex.EncodeToString(sum[:]))
}

// made is a backup of a small server: two members, songs, a stored file, a secret.
func made(t *testing.T) []byte {
	t.Helper()
	return madeFrom(t, func(*backup.Source) {})
}

func madeFrom(t *testing.T, change func(*backup.Source)) []byte {
	t.Helper()
	source := small(t)
	change(&source)
	var file bytes.Buffer
	if _, err := backup.Create(t.Context(), source, &file, quiet{}); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func small(t *testing.T) backup.Source {
	t.Helper()
	folder := t.TempDir()
	url := "sqlite://" + filepath.Join(folder, "hathor.db")
	db := opened(t, url)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows := storetest.Open(t, url)
	ada := rows.User("ada")
	in := rows.Library("Records", true)
	rows.Grant(ada, in)
	rows.Upload(rows.Song(in, time.Second, 0), keyOf("bytes of a song"))
	for n := range 20 {
		rows.Path(rows.Song(in, time.Second, 0), fmt.Sprintf("%d.mp3", n))
	}
	disk, err := blob.OpenDisk(filepath.Join(folder, "objects"))
	if err != nil {
		t.Fatal(err)
	}
	if err := disk.Put(t.Context(), keyOf("bytes of a song"), []byte("bytes of a song")); err != nil {
		t.Fatal(err)
	}
	if err := disk.Close(); err != nil {
		t.Fatal(err)
	}
	view, err := blob.OpenView(filepath.Join(folder, "objects"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = view.Close() })
	return backup.Source{Database: db, Objects: view, Secret: []byte("a secret of some length\n"), Program: "test", At: time.Unix(1_700_000_000, 0).UTC()}
}

func opened(t *testing.T, url string) *sqlstore.DB {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func verify(t *testing.T, file []byte) (backup.Summary, error) {
	t.Helper()
	return backup.Verify(t.Context(), bytes.NewReader(file), int64(len(file)), quiet{})
}

// target is an empty database, and a folder that keeps all in memory.
type target struct {
	*sqlstore.Restore
	objects map[string][]byte
	token   string
	secret  []byte
}

// eachTarget runs test with an empty target on either database.
func eachTarget(t *testing.T, test func(t *testing.T, to *target)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, newTarget(opened(t, "sqlite://"+filepath.Join(t.TempDir(), "hathor.db"))))
	})
	t.Run("postgres", func(t *testing.T) { test(t, newTarget(opened(t, pgtest.URL(t)))) })
}

func newTarget(db *sqlstore.DB) *target {
	return &target{Restore: sqlstore.NewRestore(db, clock.System{}), objects: map[string][]byte{}}
}

func (to *target) restore(ctx context.Context, file []byte) error {
	newest, err := sqlstore.NewestVersion()
	if err != nil {
		return err
	}
	open := func() (backup.Destination, error) {
		return backup.Destination{Database: to.Restore, Folder: (*memory)(to)}, nil
	}
	_, err = backup.Restore(ctx, bytes.NewReader(file), int64(len(file)), newest, open, quiet{})
	return err
}

// empty fails the test where anything is left.
func (to *target) empty(t *testing.T) {
	t.Helper()
	tables, token, err := to.Restore.State(t.Context())
	if err != nil || len(tables) > 0 || token != "" {
		t.Errorf("the database has %q and the mark %q, %v", tables, token, err)
	}
	if len(to.objects) > 0 || to.secret != nil || to.token != "" {
		t.Errorf("the folder has %d objects, the secret %q, the mark %q", len(to.objects), to.secret, to.token)
	}
}

// memory is the target's folder.
type memory target

func (m *memory) State() ([]string, string, error) {
	var names []string
	for key := range m.objects {
		names = append(names, key)
	}
	return names, m.token, nil
}

func (m *memory) Begin(token string) error {
	m.token = token
	return nil
}

func (m *memory) Put(_ context.Context, key string, _ int64, content io.Reader) (err error) {
	m.objects[key], err = io.ReadAll(content)
	return err
}

func (m *memory) Open(_ context.Context, key string) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(m.objects[key])), nil
}

func (m *memory) PutSecret(secret []byte) error {
	m.secret = secret
	return nil
}

func (m *memory) Secret() ([]byte, error) { return m.secret, nil }

func (m *memory) Wipe() error {
	clear(m.objects)
	m.token, m.secret = "", nil
	return nil
}

// forged is a backup taken apart, to be put together otherwise: with a manifest and a seal that fit again.
type forged struct {
	t       *testing.T
	headers []*tar.Header
	content [][]byte
}

func forge(t *testing.T, file []byte) *forged {
	t.Helper()
	f := &forged{t: t}
	r := tar.NewReader(bytes.NewReader(file))
	for {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return f
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if header.Name != "seal" {
			f.headers, f.content = append(f.headers, header), append(f.content, content)
		}
	}
}

func (f *forged) at(prefix string) int {
	f.t.Helper()
	i := slices.IndexFunc(f.headers, func(h *tar.Header) bool { return strings.HasPrefix(h.Name, prefix) })
	if i < 0 {
		f.t.Fatalf("there is no %s", prefix)
	}
	return i
}

// replace changes the text of an entry, which must hold what is replaced.
func (f *forged) replace(prefix, old, with string) {
	f.t.Helper()
	i := f.at(prefix)
	if !strings.Contains(string(f.content[i]), old) {
		f.t.Fatalf("%s has no %q: %.2000s", prefix, old, f.content[i])
	}
	f.content[i] = []byte(strings.Replace(string(f.content[i]), old, with, 1))
}

func (f *forged) remove(prefix string) {
	i := f.at(prefix)
	f.headers, f.content = slices.Delete(f.headers, i, i+1), slices.Delete(f.content, i, i+1)
}

// insert puts a file before the entry.
func (f *forged) insert(before string, header *tar.Header, content string) {
	i := f.at(before)
	header.Size = int64(len(content))
	f.headers, f.content = slices.Insert(f.headers, i, header), slices.Insert(f.content, i, []byte(content))
}

// manifest makes the manifest fit what there is, as far as counting goes.
func (f *forged) manifest(change func(*backup.Manifest)) {
	f.t.Helper()
	i := f.at("manifest.json")
	var m backup.Manifest
	if err := json.Unmarshal(f.content[i], &m); err != nil {
		f.t.Fatal(err)
	}
	m.Entries, m.Objects, m.Bytes, m.Secret = nil, 0, 0, false
	sums := map[string]*bytes.Buffer{}
	for n, h := range f.headers[:i] {
		sum := sha256.Sum256(f.content[n])
		m.Entries = append(m.Entries, backup.Entry{Name: h.Name, Size: int64(len(f.content[n])), SHA256: hex.EncodeToString(sum[:])})
		m.Secret = m.Secret || h.Name == "secret"
		switch parts := strings.SplitN(h.Name, "/", 3); parts[0] {
		case "objects":
			m.Objects, m.Bytes = m.Objects+1, m.Bytes+int64(len(f.content[n]))
		case "tables":
			if sums[parts[1]] == nil {
				sums[parts[1]] = &bytes.Buffer{}
			}
			sums[parts[1]].Write(f.content[n])
		}
	}
	for n, table := range m.Tables {
		lines := sums[table.Name]
		if lines == nil {
			lines = &bytes.Buffer{}
		}
		sum := sha256.Sum256(lines.Bytes())
		m.Tables[n].Rows, m.Tables[n].SHA256 = int64(bytes.Count(lines.Bytes(), []byte("\n"))), hex.EncodeToString(sum[:])
	}
	change(&m)
	var err error
	if f.content[i], err = json.Marshal(m); err != nil {
		f.t.Fatal(err)
	}
}

// sealed writes it as a file whose seal fits.
func (f *forged) sealed() []byte {
	f.t.Helper()
	var file bytes.Buffer
	w := tar.NewWriter(&file)
	write := func(header *tar.Header, content []byte) {
		h := *header
		h.Size = int64(len(content))
		if h.Typeflag != tar.TypeReg {
			h.Size = 0
			content = nil
		}
		if err := w.WriteHeader(&h); err != nil {
			f.t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			f.t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			f.t.Fatal(err)
		}
	}
	for i, h := range f.headers {
		write(h, f.content[i])
	}
	sum := sha256.Sum256(file.Bytes())
	write(&tar.Header{Typeflag: tar.TypeReg, Name: "seal", Mode: 0o600, ModTime: time.Unix(0, 0)}, []byte(hex.EncodeToString(sum[:])+"\n"))
	if err := w.Close(); err != nil {
		f.t.Fatal(err)
	}
	return file.Bytes()
}
