package backup

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"hathor/internal/fault"
)

// Destination is where a backup is brought back to: an empty database and an empty data folder.
type Destination struct {
	Database Target
	Folder   Folder
}

// rowsAtOnce is how many rows are in memory until they are written, and bytesAtOnce how many bytes of them.
const (
	rowsAtOnce  = 500
	bytesAtOnce = 4 << 20
)

// Restore checks the whole file, then opens where it goes and brings it back, reads everything again from there,
// and compares. newest is the newest schema version of the program. Until the last step the database is marked,
// and no server starts on it. After an error both are as empty as they were; where not even that can be done the
// mark stays.
func Restore(ctx context.Context, file io.ReaderAt, size, newest int64, open func() (Destination, error), progress Progress) (Summary, error) {
	progress.Step("check", size)
	checked, seen, err := read(ctx, file, size, visitor{}, progress)
	if err != nil {
		return Summary{}, err
	}
	if checked.Schema > newest {
		return Summary{}, fault.Newf(fault.Conflict, "backup_newer", "The backup has schema version %d, this program knows up to %d: use a newer program (it was written by %.50q)",
			checked.Schema, newest, checked.Program)
	}
	to, err := open()
	if err != nil {
		return Summary{}, err
	}
	if err := to.admit(ctx); err != nil {
		return Summary{}, err
	}
	r := &restoring{Destination: to, walk: seen, token: rand.Text(), progress: progress}
	if err := r.run(ctx, file, size, newest, checked.SHA256); err != nil {
		ctx = context.WithoutCancel(ctx)
		return Summary{}, errors.Join(err, r.loading.rollback(), to.wipe(ctx))
	}
	return checked, nil
}

// admit refuses what is not empty before anything is changed. What a restore into these very two has left that
// did not end, as its token in both says, is taken away.
func (d Destination) admit(ctx context.Context) error {
	tables, token, err := d.Database.State(ctx)
	if err != nil {
		return fmt.Errorf("look into the database: %w", err)
	}
	names, mark, err := d.Folder.State()
	if err != nil {
		return fmt.Errorf("look into the data folder: %w", err)
	}
	if token != "" && (len(names) == 0 || mark == token) {
		return d.wipe(ctx)
	}
	if len(names) > 0 {
		return fault.Newf(fault.Conflict, "target_not_empty", "The data folder is not empty (%s): a restore never replaces anything. "+
			"Move it away, or set DATA_DIR to a new folder", some(names))
	}
	if len(tables) > 0 {
		return fault.Newf(fault.Conflict, "target_not_empty", "The database is not empty (%s): a restore never replaces anything. "+
			"Move a SQLite file away, use another PostgreSQL database, or take all tables away by 'hathor migrate to 0'", some(tables))
	}
	return nil
}

// some names the first of them.
func some(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	return strings.Join(names, ", ")
}

// wipe leaves the mark in the database until the folder is empty.
func (d Destination) wipe(ctx context.Context) error {
	if err := d.Folder.Wipe(); err != nil {
		return fmt.Errorf("empty the data folder: %w", err)
	}
	if err := d.Database.Wipe(ctx); err != nil {
		return fmt.Errorf("empty the database: %w", err)
	}
	return nil
}

// restoring is a restore under way.
type restoring struct {
	Destination
	*walk    // what the first reading saw
	token    string
	progress Progress
	loading  *loader
}

func (r *restoring) run(ctx context.Context, file io.ReaderAt, size, newest int64, digest string) error {
	if err := r.Database.Begin(ctx, r.token); err != nil {
		return err
	}
	if err := r.Folder.Begin(r.token); err != nil {
		return err
	}
	if err := r.Database.MigrateTo(ctx, r.head.Schema); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	r.progress.Step("restore", size)
	v := visitor{head: func(h Head) error { return r.begin(ctx, h) }, secret: r.Folder.PutSecret}
	v.row = func(of Table, row []any) error { return r.loading.row(ctx, of, row) }
	v.tables = func() error { return r.tables(ctx) }
	v.object = func(key string, size int64, content io.Reader) error { return r.Folder.Put(ctx, key, size, content) }
	again, _, err := read(ctx, file, size, v, r.progress)
	if err != nil {
		return err
	}
	if again.SHA256 != digest {
		return damaged("it changed while it was read")
	}
	if err := r.compareFiles(ctx); err != nil {
		return err
	}
	if err := r.Database.MigrateTo(ctx, newest); err != nil {
		return fmt.Errorf("bring tables up to this program's version: %w", err)
	}
	if err := r.Database.Finish(ctx, r.token); err != nil {
		return fmt.Errorf("finish: %w", err)
	}
	return nil
}

// begin opens the transaction of the rows, once the tables are those of the backup.
func (r *restoring) begin(ctx context.Context, h Head) error {
	loading, err := r.Database.Load(ctx)
	if err != nil {
		return fmt.Errorf("begin to write rows: %w", err)
	}
	r.loading = &loader{Loading: loading}
	tables, err := loading.Tables(ctx)
	if err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	if !slices.EqualFunc(tables, h.Tables, func(a, b Table) bool { return a.Name == b.Name && slices.Equal(a.Columns, b.Columns) }) {
		return damaged("its tables are not those of schema version %d", h.Schema)
	}
	return loading.Clear(ctx, tables)
}

// tables writes the last rows, reads all of them again and commits.
func (r *restoring) tables(ctx context.Context) error {
	if err := r.loading.flush(ctx); err != nil {
		return err
	}
	if err := r.loading.SetSequences(ctx, r.manifest.Sequences); err != nil {
		return fmt.Errorf("set sequences: %w", err)
	}
	for i, t := range r.head.Tables {
		sum, err := sumOf(ctx, r.loading, t)
		if err != nil {
			return fmt.Errorf("read table %s again: %w", t.Name, err)
		}
		if sum != r.manifest.Tables[i] {
			return fmt.Errorf("table %s: the database holds other rows than were written", t.Name)
		}
	}
	if err := r.compareSequences(ctx); err != nil {
		return err
	}
	if err := r.compareKeys(ctx); err != nil {
		return err
	}
	return r.loading.Commit(ctx)
}

// sumOf computes a table's rows and digest anew.
func sumOf(ctx context.Context, from Reading, t Table) (TableSum, error) {
	sum, rows, line := sha256.New(), int64(0), []byte(nil)
	err := from.Rows(ctx, t, func(row []any) (err error) {
		if line, err = appendRow(line[:0], t.Columns, row); err == nil {
			sum.Write(line)
			rows++
		}
		return err
	})
	return TableSum{Name: t.Name, Rows: rows, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

func (r *restoring) compareSequences(ctx context.Context) error {
	have, err := r.loading.Sequences(ctx)
	if err != nil {
		return fmt.Errorf("read sequences again: %w", err)
	}
	for table, last := range r.manifest.Sequences {
		if have[table] != last {
			return fmt.Errorf("ids of table %s would go on behind %d, not %d", table, have[table], last)
		}
	}
	return nil
}

// compareKeys sees that every object that rows name is in the backup, or known to have been lost before.
func (r *restoring) compareKeys(ctx context.Context) error {
	named, err := r.loading.Objects(ctx)
	if err != nil {
		return fmt.Errorf("list objects: %w", err)
	}
	there := map[string]bool{}
	for _, key := range r.manifest.Missing {
		there[key] = true
	}
	for key := range r.keys() {
		there[key] = true
	}
	for _, key := range named {
		if !there[key] {
			return damaged("its rows name the object %.200q, which is not in it", key)
		}
	}
	return nil
}

// keys are the objects in the file, with their entries.
func (r *restoring) keys() map[string]Entry {
	all := map[string]Entry{}
	for _, e := range r.entries {
		if key, ok := cutObject(e.Name); ok {
			all[key] = e
		}
	}
	return all
}

// compareFiles reads every stored object again.
func (r *restoring) compareFiles(ctx context.Context) error {
	r.progress.Step("compare", r.manifest.Bytes)
	objects := r.keys()
	for _, key := range slices.Sorted(maps.Keys(objects)) {
		if err := r.compareFile(ctx, key, objects[key]); err != nil {
			return err
		}
	}
	if !r.manifest.Secret {
		return nil
	}
	secret, err := r.Folder.Secret()
	if err != nil {
		return fmt.Errorf("read the secret again: %w", err)
	}
	have := sha256.Sum256(secret)
	if r.entries[len(r.entries)-1].SHA256 != hex.EncodeToString(have[:]) {
		return errors.New("the secret is not as it was written")
	}
	return nil
}

func (r *restoring) compareFile(ctx context.Context, key string, want Entry) (err error) {
	file, err := r.Folder.Open(ctx, key)
	if err != nil {
		return fmt.Errorf("read object %s again: %w", key, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := sha256.New()
	n, err := io.Copy(sum, telling{readerWith(ctx, file), r.progress})
	if err != nil {
		return fmt.Errorf("read object %s again: %w", key, err)
	}
	if n != want.Size || hex.EncodeToString(sum.Sum(nil)) != want.SHA256 {
		return fmt.Errorf("object %s is not as it was written", key)
	}
	return nil
}
