// Package backup writes everything a server cannot get back by itself into one file, checks such a file, and
// brings it back: the rows of every table, the stored objects these name, and the signing secret.
//
// The file is a tar that can be written to a pipe and read by other programs. Its last entry seals it: the
// SHA-256 of every byte before. See docs/adr/0013-backup-format.md.
package backup

import (
	"time"

	"hathor/internal/fault"
)

// Format is the version of the file's layout. A reader refuses newer ones.
const Format = 1

// The entries that are there once. Tables and objects have a folder each.
const (
	headName     = "hathor-backup.json"
	manifestName = "manifest.json"
	secretName   = "secret"
	sealName     = "seal"
	tableFolder  = "tables/"
	objectFolder = "objects/"
)

// Kind is what a column holds, whatever a database calls it.
type Kind string

// The kinds of columns. A row's value is nil, or an int64, a string, a []byte, a bool, a float64.
const (
	Integer Kind = "integer"
	Text    Kind = "text"
	Bytes   Kind = "bytes"
	Boolean Kind = "boolean"
	Real    Kind = "real"
)

// Column is a column of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is a table with its columns by name.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// Head opens the file: what a reader must know before it reads on.
type Head struct {
	Format    int       `json:"format"`
	Program   string    `json:"program"`
	Schema    int64     `json:"schema"`
	Database  string    `json:"database"` // the kind it was read from
	CreatedAt time.Time `json:"createdAt"`
	Tables    []Table   `json:"tables"`
}

// Manifest closes the file: what must have come before it.
type Manifest struct {
	Tables    []TableSum       `json:"tables"`
	Sequences map[string]int64 `json:"sequences"` // by table, the last id that was ever given
	Objects   int              `json:"objects"`
	Bytes     int64            `json:"bytes"`             // of the objects
	Missing   []string         `json:"missing,omitempty"` // objects that rows name but the store had lost
	Secret    bool             `json:"secret"`
	Entries   []Entry          `json:"entries"`
}

// TableSum is the number of a table's rows and the digest of all their lines.
type TableSum struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// Entry is one entry of the tar.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Summary is what a whole file holds, as people and scripts want to know it.
type Summary struct {
	Format    int              `json:"format"`
	Program   string           `json:"program"`
	Schema    int64            `json:"schema"`
	Database  string           `json:"database"`
	CreatedAt time.Time        `json:"createdAt"`
	Tables    map[string]int64 `json:"tables"`
	Rows      int64            `json:"rows"`
	Objects   int              `json:"objects"`
	Bytes     int64            `json:"bytes"`
	Missing   []string         `json:"missing,omitempty"`
	Secret    bool             `json:"secret"`
	SHA256    string           `json:"sha256"` // of all but the seal, as the seal says
}

func summary(h Head, m Manifest, digest string) Summary {
	s := Summary{
		Format: h.Format, Program: h.Program, Schema: h.Schema, Database: h.Database, CreatedAt: h.CreatedAt,
		Tables: map[string]int64{}, Objects: m.Objects, Bytes: m.Bytes, Missing: m.Missing, Secret: m.Secret, SHA256: digest,
	}
	for _, t := range m.Tables {
		s.Tables[t.Name] = t.Rows
		s.Rows += t.Rows
	}
	return s
}

// Progress hears how far a long step is. It is called from one goroutine.
type Progress interface {
	// Step begins a step of so many bytes; 0 where nobody knows.
	Step(name string, total int64)
	// Add tells of bytes done since.
	Add(n int64)
}

// ErrDamaged is the kind of every refusal of a file that is not as it was written.
var ErrDamaged = fault.New(fault.Invalid, "backup_damaged", "The backup is damaged")

func damaged(format string, args ...any) error {
	return fault.Newf(fault.Invalid, "backup_damaged", "The backup is damaged: "+format, args...)
}
