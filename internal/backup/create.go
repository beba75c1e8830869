package backup

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"hathor/internal/fault"
)

// Source is what a backup is made of. Secret is nil where it is not to be in it.
type Source struct {
	Database Database
	Objects  Objects
	Secret   []byte
	Program  string
	At       time.Time
	// SkipMissing leaves out objects that the store has lost, and notes them, instead of refusing.
	SkipMissing bool
}

// Create writes a backup. The store is held from before the snapshot until the last object is copied, so
// that what the snapshot's rows name is there; the snapshot is let go as soon as the rows are written.
func Create(ctx context.Context, from Source, to io.Writer, progress Progress) (_ Summary, err error) {
	release, err := from.Objects.Hold(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("hold the stored objects: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	buffered := bufio.NewWriterSize(to, 1<<20)
	c := &creation{Source: from, archive: newArchive(buffered, from.At), progress: progress}
	if err := c.database(ctx); err != nil {
		return Summary{}, err
	}
	if err := c.objects(ctx); err != nil {
		return Summary{}, err
	}
	digest, err := c.end(ctx)
	if err != nil {
		return Summary{}, err
	}
	if err := buffered.Flush(); err != nil {
		return Summary{}, fmt.Errorf("write backup: %w", err)
	}
	return summary(c.head, c.manifest, digest), nil
}

// creation is a backup being written.
type creation struct {
	Source
	*archive
	progress Progress
	head     Head
	manifest Manifest
	keys     []string
}

// database writes all that is read within the snapshot.
func (c *creation) database(ctx context.Context) error {
	snapshot, err := c.Database.Snapshot(ctx)
	if err != nil {
		return fmt.Errorf("read database: %w", err)
	}
	defer snapshot.Close()
	c.head = Head{Format: Format, Program: c.Program, Database: snapshot.Kind(), CreatedAt: c.At}
	if c.head.Schema, err = snapshot.Schema(ctx); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if c.head.Schema == 0 {
		return fault.New(fault.Conflict, "nothing_to_back_up", "The database has no tables yet: there is nothing to back up")
	}
	if c.head.Tables, err = snapshot.Tables(ctx); err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	if err := c.addJSON(ctx, headName, c.head); err != nil {
		return err
	}
	c.progress.Step("tables", 0)
	for _, table := range c.head.Tables {
		if err := c.table(ctx, snapshot, table); err != nil {
			return fmt.Errorf("write table %s: %w", table.Name, err)
		}
	}
	if c.manifest.Sequences, err = snapshot.Sequences(ctx); err != nil {
		return fmt.Errorf("read sequences: %w", err)
	}
	if c.keys, err = snapshot.Objects(ctx); err != nil {
		return fmt.Errorf("list objects: %w", err)
	}
	return nil
}

// segmentSize is how many bytes of rows are in memory until they become an entry: a tar wants to know the
// size before the bytes.
const segmentSize = 1 << 20

// segments collects a table's lines into entries.
type segments struct {
	*creation
	table  Table
	buffer []byte
	count  int
	rows   int64
	sum    hash.Hash
}

func (c *creation) table(ctx context.Context, from Reading, table Table) error {
	s := &segments{creation: c, table: table, sum: sha256.New()}
	if err := from.Rows(ctx, table, func(row []any) error { return s.row(ctx, row) }); err != nil {
		return err
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	c.manifest.Tables = append(c.manifest.Tables, TableSum{Name: table.Name, Rows: s.rows, SHA256: hex.EncodeToString(s.sum.Sum(nil))})
	return nil
}

func (s *segments) row(ctx context.Context, row []any) error {
	before := len(s.buffer)
	var err error
	if s.buffer, err = appendRow(s.buffer, s.table.Columns, row); err != nil {
		return err
	}
	if len(s.buffer)-before > longestLine {
		return fmt.Errorf("row %d has over %d MB", s.rows+1, longestLine>>20)
	}
	s.rows++
	if len(s.buffer) >= segmentSize {
		return s.flush(ctx)
	}
	return nil
}

func (s *segments) flush(ctx context.Context) error {
	if len(s.buffer) == 0 {
		return nil
	}
	s.count++
	s.sum.Write(s.buffer)
	if err := s.add(ctx, segmentName(s.table.Name, s.count), int64(len(s.buffer)), bytes.NewReader(s.buffer)); err != nil {
		return err
	}
	s.progress.Add(int64(len(s.buffer)))
	s.buffer = s.buffer[:0]
	return nil
}

func segmentName(table string, number int) string {
	return fmt.Sprintf("%s%s/%06d.jsonl", tableFolder, table, number)
}

// objects asks for every object first, so that a lost one is known before hours of copying.
func (c *creation) objects(ctx context.Context) error {
	sizes, present, total := make([]int64, 0, len(c.keys)), make([]string, 0, len(c.keys)), int64(0)
	for _, key := range c.keys {
		size, err := c.Objects.Size(ctx, key)
		if fault.KindOf(err) == fault.NotFound {
			c.manifest.Missing = append(c.manifest.Missing, key)
			continue
		}
		if err != nil {
			return fmt.Errorf("look for object %s: %w", key, err)
		}
		sizes, present, total = append(sizes, size), append(present, key), total+size
	}
	if len(c.manifest.Missing) > 0 && !c.SkipMissing {
		return errMissing(c.manifest.Missing)
	}
	c.progress.Step("objects", total)
	for i, key := range present {
		if err := c.object(ctx, key, sizes[i]); err != nil {
			return err
		}
	}
	c.manifest.Objects, c.manifest.Bytes = len(present), total
	return nil
}

func errMissing(keys []string) error {
	return fault.Newf(fault.Conflict, "objects_missing", "The database names %d stored files that are not there (%s): "+
		"'hathor doctor' lists them; --skip-missing backs up everything else", len(keys), strings.Join(keys[:min(3, len(keys))], ", "))
}

func (c *creation) object(ctx context.Context, key string, size int64) (err error) {
	file, err := c.Objects.Open(ctx, key)
	if err != nil {
		return fmt.Errorf("read object %s: %w", key, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return c.add(ctx, objectFolder+key, size, telling{file, c.progress})
}

// end writes the secret, the manifest and the seal.
func (c *creation) end(ctx context.Context) (digest string, err error) {
	if c.Secret != nil {
		c.manifest.Secret = true
		if err := c.add(ctx, secretName, int64(len(c.Secret)), bytes.NewReader(c.Secret)); err != nil {
			return "", err
		}
	}
	c.manifest.Entries = c.entries
	if err := c.addJSON(ctx, manifestName, c.manifest); err != nil {
		return "", err
	}
	return c.seal()
}
