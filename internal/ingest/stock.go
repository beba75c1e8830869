package ingest

import (
	"context"
	"fmt"
	"strings"

	"hathor/internal/account"
)

// Stock tells what stands in the database.
type Stock interface {
	// Usages lists what each member has uploaded, most first.
	Usages(ctx context.Context) ([]Usage, error)
	// SetQuota sets a member's own quota, or takes it back; fault.NotFound for nobody.
	SetQuota(ctx context.Context, user account.UserID, own Own) error
	// DatabaseSize is how many bytes the database takes.
	DatabaseSize(ctx context.Context) (int64, error)
}

// Space tells how much room the store of objects has: bytes free and in all, both -1 where that is not known.
type Space interface{ Room() (free, total int64) }

// Storage is what takes room, and how much there is.
type Storage struct {
	Members     []Usage
	Database    int64
	Free, Total int64 // bytes of the disk, -1 where that is not known
	Default     Quota // of members without an own one
}

// Storage tells what is used by whom. Of libraries List tells.
func (k *Keeper) Storage(ctx context.Context) (Storage, error) {
	members, err := k.stock.Usages(ctx)
	if err != nil {
		return Storage{}, err
	}
	for i, m := range members {
		members[i] = k.service.settle(m)
	}
	s := Storage{Members: members, Default: k.service.quota}
	s.Free, s.Total = k.space.Room()
	s.Database, err = k.stock.DatabaseSize(ctx)
	return s, err
}

// SetQuota sets a member's own quota, or takes it back.
func (k *Keeper) SetQuota(ctx context.Context, who account.Identity, user account.UserID, own Own) error {
	if err := k.stock.SetQuota(ctx, user, own); err != nil {
		return err
	}
	k.audit(ctx, who, quotaSet, account.UserTarget(user, ""), "quota", own.text())
	return nil
}

// text is the quota for the audit log.
func (o Own) text() string {
	switch {
	case !o.Set:
		return "default"
	case !o.Quota.Limited:
		return "unlimited"
	}
	return inBytes(o.Quota.Bytes)
}

// Pile is a number of objects and their bytes.
type Pile struct {
	Count int
	Bytes int64
}

func (p *Pile) add(size int64) {
	p.Count++
	p.Bytes += size
}

// ObjectCount is what the object store holds: uploaded audio, covers as they came, smaller copies of them that
// are made anew when they are missing, and what no row refers to, which the next sweep takes.
type ObjectCount struct{ Audio, Covers, Copies, Unused Pile }

// Objects walks through the store and counts. It takes as long as there are objects.
func (k *Keeper) Objects(ctx context.Context) (found ObjectCount, err error) {
	batch := map[string]int64{}
	unused := func() error {
		keys := make([]string, 0, len(batch))
		for key := range batch {
			keys = append(keys, key)
		}
		without, err := k.service.catalogue.Unused(ctx, k.service.pins.without(keys))
		for _, key := range without {
			found.Unused.add(batch[key])
		}
		clear(batch)
		return err
	}
	err = k.service.objects.Walk(ctx, func(o Object) error {
		found.count(o)
		if batch[o.Key] = o.Size; len(batch) < sweepBatch {
			return nil
		}
		return unused()
	})
	if err == nil {
		err = unused()
	}
	if err != nil {
		return ObjectCount{}, fmt.Errorf("count objects: %w", err)
	}
	return found, nil
}

func (c *ObjectCount) count(o Object) {
	switch kind, _, _ := strings.Cut(o.Key, "/"); kind {
	case "audio":
		c.Audio.add(o.Size)
	case "covers":
		c.Covers.add(o.Size)
	default:
		c.Copies.add(o.Size)
	}
}
