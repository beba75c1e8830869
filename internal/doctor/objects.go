package doctor

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Object is a stored file. Size is negative where nobody has noted it.
type Object struct {
	Key  string
	Size int64
}

// Store is where the stored files are.
type Store interface {
	Walk(ctx context.Context, visit func(key string, size int64) error) error
	Open(ctx context.Context, key string) (io.ReadCloser, error)
}

// Objects is what comparing the rows with the stored files shows.
type Objects struct {
	Named   int
	Lost    []string // rows name them, the store has none
	Wrong   []string // other sizes or, looked at deeply, other bytes
	Unnamed []string // no row names them
}

// Compare holds the files that rows name against those that are stored. deep reads every byte: the name of a
// file ends in the digest of its content.
func Compare(ctx context.Context, named []Object, store Store, deep bool) (Objects, error) {
	found, sizes := Objects{Named: len(named)}, map[string]int64{}
	err := store.Walk(ctx, func(key string, size int64) error {
		sizes[key] = size
		return nil
	})
	if err != nil {
		return found, err
	}
	for _, o := range named {
		size, there := sizes[o.Key]
		delete(sizes, o.Key)
		switch {
		case !there:
			found.Lost = append(found.Lost, o.Key)
			continue
		case o.Size >= 0 && o.Size != size:
			found.Wrong = append(found.Wrong, o.Key)
			continue
		case !deep:
			continue
		}
		same, err := digestFits(ctx, store, o.Key)
		if err != nil {
			return found, err
		}
		if !same {
			found.Wrong = append(found.Wrong, o.Key)
		}
	}
	for key := range sizes {
		found.Unnamed = append(found.Unnamed, key)
	}
	slices.Sort(found.Unnamed)
	return found, nil
}

func digestFits(ctx context.Context, store Store, key string) (same bool, err error) {
	file, err := store.Open(ctx, key)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", key, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	sum := sha256.New()
	buffer := make([]byte, 256<<10)
	for {
		n, err := file.Read(buffer)
		sum.Write(buffer[:n])
		if errors.Is(err, io.EOF) {
			break
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return false, fmt.Errorf("read %s: %w", key, err)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)) == path.Base(key), nil
}

// Note writes the comparison into the report.
func (o Objects) Note(r *Report, deep bool) {
	const check = "stored files"
	how := "with the right sizes"
	if deep {
		how = "with the right bytes"
	}
	if len(o.Lost) > 0 {
		r.Fail(check, "Bring them back from a backup: 'hathor restore' into another folder, then copy them from its objects folder. "+
			"Or delete these songs", "%d of %d are lost: %s", len(o.Lost), o.Named, some(o.Lost))
	}
	if len(o.Wrong) > 0 {
		r.Fail(check, "Look after the disk, then bring them back from a backup", "%d are damaged: %s", len(o.Wrong), some(o.Wrong))
	}
	if len(o.Lost)+len(o.Wrong) == 0 {
		r.OK(check, "all %d are there %s", o.Named, how)
	}
	if len(o.Unnamed) > 0 {
		r.Warn(check, "The next start of the server removes them; or stop it and run 'hathor doctor --repair'",
			"%d belong to no song: %s", len(o.Unnamed), some(o.Unnamed))
	}
}

// some names the first of them.
func some(keys []string) string {
	if len(keys) > 5 {
		return fmt.Sprintf("%s and %d more", strings.Join(keys[:5], ", "), len(keys)-5)
	}
	return strings.Join(keys, ", ")
}
