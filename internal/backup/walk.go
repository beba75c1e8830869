package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"hathor/internal/fault"
)

// visitor is told of what a file holds, in its order. Each func may be nil.
type visitor struct {
	head   func(Head) error
	row    func(of Table, row []any) error
	tables func() error // all rows were visited
	object func(key string, size int64, content io.Reader) error
	secret func([]byte) error
}

// part is where in the file an entry stands; they only go up.
type part int

const (
	atStart part = iota
	inTables
	inObjects
	atSecret
	atEnd
)

const (
	longestHead     = 16 << 20
	longestManifest = 512 << 20
	longestSecret   = 1 << 20
)

// walk is one reading of a file from its first byte to its last.
type walk struct {
	visitor
	ctx      context.Context
	progress Progress
	tar      *tar.Reader
	at       part
	told     bool // of the end of the tables
	head     Head
	manifest Manifest
	entries  []Entry
	table    int // in the head's tables
	segment  int
	rows     []int64
	sums     []hash.Hash
	last     string // object
	objects  int
	bytes    int64
	secret   bool
}

// read visits a whole file and checks all of it. What a visitor was told is only true when read returns nil.
func read(ctx context.Context, file io.ReaderAt, size int64, v visitor, progress Progress) (Summary, *walk, error) {
	if size < sealSize || size%512 != 0 {
		return Summary{}, nil, damaged("its length is not that of a whole backup")
	}
	sum := sha256.New()
	body := bufio.NewReaderSize(io.TeeReader(readerWith(ctx, io.NewSectionReader(file, 0, size-sealSize)), sum), 1<<20)
	w := &walk{visitor: v, ctx: ctx, progress: progress, tar: tar.NewReader(body)}
	if err := w.all(); err != nil {
		return Summary{}, nil, err
	}
	if n, err := io.Copy(io.Discard, body); err != nil || n > 0 {
		return Summary{}, nil, errors.Join(err, damaged("something follows its last entry"))
	}
	digest := hex.EncodeToString(sum.Sum(nil))
	if err := checkSeal(file, size, digest); err != nil {
		return Summary{}, nil, err
	}
	return summary(w.head, w.manifest, digest), w, nil
}

func checkSeal(file io.ReaderAt, size int64, digest string) error {
	have := make([]byte, sealSize)
	if _, err := file.ReadAt(have, size-sealSize); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the seal: %w", err)
	}
	want, err := sealOf(digest)
	if err != nil {
		return fmt.Errorf("make a seal: %w", err)
	}
	if !bytes.Equal(have, want) {
		return damaged("its seal does not fit its content")
	}
	return nil
}

// all visits the entries up to the manifest, which must be the last.
func (w *walk) all() error {
	for w.at != atEnd {
		header, err := w.tar.Next()
		if errors.Is(err, io.EOF) {
			return damaged("it ends without a manifest")
		}
		if err := w.broken(err); err != nil {
			return err
		}
		if err := w.entry(header); err != nil {
			return err
		}
	}
	if _, err := w.tar.Next(); !errors.Is(err, io.EOF) {
		return damaged("something follows its manifest")
	}
	return w.compare()
}

// broken tells errors of the file from those of the disk it lies on: what the tar reader says is damage.
func (w *walk) broken(err error) error {
	switch {
	case err == nil, w.ctx.Err() != nil:
		return errors.Join(err, w.ctx.Err())
	case errors.Is(err, tar.ErrHeader), errors.Is(err, io.ErrUnexpectedEOF):
		return damaged("%v", err)
	}
	return damaged("it cannot be read on: %v", err)
}

// entry checks an entry's header, visits it by its name, and notes its digest.
func (w *walk) entry(h *tar.Header) error {
	delete(h.PAXRecords, "size")
	if h.Typeflag != tar.TypeReg || len(h.PAXRecords) > 0 || h.Size < 0 {
		return damaged("%.200q is no plain file", h.Name)
	}
	sum := sha256.New()
	content := io.TeeReader(telling{w.tar, w.progress}, sum)
	if err := w.visit(h.Name, h.Size, content); err != nil {
		return err
	}
	if n, err := io.Copy(io.Discard, content); err != nil || n > 0 {
		return errors.Join(damaged("%.200q was not read whole", h.Name), err)
	}
	if h.Name != manifestName {
		w.entries = append(w.entries, Entry{Name: h.Name, Size: h.Size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	}
	return nil
}

func (w *walk) visit(name string, size int64, content io.Reader) error {
	switch {
	case w.at == atStart:
		if name != headName {
			return fault.New(fault.Invalid, "backup_unknown", "This file is no backup of Hathor")
		}
		return w.readHead(size, content)
	case strings.HasPrefix(name, tableFolder) && w.at == inTables:
		return w.readSegment(name, size, content)
	case strings.HasPrefix(name, objectFolder) && w.at <= inObjects:
		return w.readObject(strings.TrimPrefix(name, objectFolder), size, content)
	case name == secretName && w.at < atSecret:
		return w.readSecret(size, content)
	case name == manifestName:
		if err := w.leaveTables(); err != nil {
			return err
		}
		w.at = atEnd
		return w.readJSON(manifestName, size, longestManifest, content, &w.manifest)
	}
	return damaged("%.200q does not belong there", name)
}

func (w *walk) readJSON(name string, size, limit int64, content io.Reader, into any) error {
	if size > limit {
		return damaged("%s is too long", name)
	}
	text, err := io.ReadAll(content)
	if err := w.broken(err); err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return damaged("%s cannot be read", name)
	}
	return nil
}

var tableName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

func (w *walk) readHead(size int64, content io.Reader) error {
	if err := w.readJSON(headName, size, longestHead, content, &w.head); err != nil {
		return err
	}
	if w.head.Format > Format {
		return fault.Newf(fault.Conflict, "backup_newer", "The backup has format %d, this program reads up to %d: use a newer program (it was written by %.50q)",
			w.head.Format, Format, w.head.Program)
	}
	if w.head.Format < 1 || w.head.Schema < 1 {
		return damaged("it says nothing of its format or schema")
	}
	for i, t := range w.head.Tables {
		if !tableName.MatchString(t.Name) || i > 0 && t.Name <= w.head.Tables[i-1].Name {
			return damaged("%.200q is no table, or stands in the wrong place", t.Name)
		}
		w.rows, w.sums = append(w.rows, 0), append(w.sums, sha256.New())
	}
	w.at = inTables
	if w.visitor.head == nil {
		return nil
	}
	return w.visitor.head(w.head)
}

// readSegment finds the table that the name says: the same as before with the next number, or a later one.
func (w *walk) readSegment(name string, _ int64, content io.Reader) error {
	next := w.table
	for next < len(w.head.Tables) && name != segmentName(w.head.Tables[next].Name, w.segment+1) {
		next, w.segment = next+1, 0
	}
	if next == len(w.head.Tables) {
		return damaged("%.200q does not belong there", name)
	}
	w.table = next
	w.segment++
	lines := bufio.NewScanner(io.TeeReader(content, w.sums[w.table]))
	lines.Buffer(nil, longestLine+1)
	lines.Split(wholeLines)
	for lines.Scan() {
		if err := w.readRow(lines.Bytes()); err != nil {
			return cmp.Or(w.ctx.Err(), err) // the last line before an interruption is not a whole one
		}
	}
	return w.broken(lines.Err())
}

func (w *walk) readRow(line []byte) error {
	table := w.head.Tables[w.table]
	row, err := parseRow(line, table.Columns)
	if err != nil {
		return damaged("table %s, row %d: %v", table.Name, w.rows[w.table]+1, err)
	}
	w.rows[w.table]++
	if w.visitor.row == nil {
		return nil
	}
	return w.visitor.row(table, row)
}

// wholeLines splits into lines that keep their break.
func wholeLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i+1], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// objectKey is a key as the store makes them: no dot can begin a part, so none leads out of a folder.
var objectKey = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}/[0-9A-Za-z]{2}/[0-9A-Za-z][0-9A-Za-z._-]{0,127}$`)

func (w *walk) readObject(key string, size int64, content io.Reader) error {
	if !objectKey.MatchString(key) || key <= w.last {
		return damaged("%.200q is no object, or stands in the wrong place", key)
	}
	if err := w.leaveTables(); err != nil {
		return err
	}
	w.at, w.last = inObjects, key
	w.objects, w.bytes = w.objects+1, w.bytes+size
	if w.visitor.object == nil {
		_, err := io.Copy(io.Discard, content)
		return w.broken(err)
	}
	return w.visitor.object(key, size, content)
}

func (w *walk) readSecret(size int64, content io.Reader) error {
	if err := w.leaveTables(); err != nil {
		return err
	}
	w.at, w.secret = atSecret, true
	if size > longestSecret {
		return damaged("the secret is too long")
	}
	text, err := io.ReadAll(content)
	if err := w.broken(err); err != nil || w.visitor.secret == nil {
		return err
	}
	return w.visitor.secret(text)
}

func (w *walk) leaveTables() error {
	if w.told || w.visitor.tables == nil {
		return nil
	}
	w.told = true
	return w.visitor.tables()
}

// compare holds what was seen against the manifest.
func (w *walk) compare() error {
	m := w.manifest
	for i, t := range w.head.Tables {
		have := TableSum{Name: t.Name, Rows: w.rows[i], SHA256: hex.EncodeToString(w.sums[i].Sum(nil))}
		if len(m.Tables) != len(w.head.Tables) || m.Tables[i] != have {
			return damaged("table %s is not as the manifest says", t.Name)
		}
	}
	if m.Objects != w.objects || m.Bytes != w.bytes || m.Secret != w.secret {
		return damaged("the manifest counts other objects than there are")
	}
	for table := range maps.Keys(m.Sequences) {
		if !slices.ContainsFunc(w.head.Tables, func(t Table) bool { return t.Name == table }) {
			return damaged("the manifest has a sequence of no table")
		}
	}
	for i := range max(len(m.Entries), len(w.entries)) {
		if i >= len(m.Entries) || i >= len(w.entries) || m.Entries[i] != w.entries[i] {
			return damaged("%s is not as the manifest says", w.nameOf(i))
		}
	}
	return nil
}

func (w *walk) nameOf(i int) string {
	if i < len(w.manifest.Entries) {
		return fmt.Sprintf("%.200q", w.manifest.Entries[i].Name)
	}
	return fmt.Sprintf("%.200q", w.entries[i].Name)
}
