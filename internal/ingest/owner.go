package ingest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
)

// Owner knows to which database the stored objects belong: an id that stands in both places.
type Owner interface {
	// Database is the id in the database, Store that beside the objects; empty where there is none yet.
	Database(ctx context.Context) (string, error)
	Store() (string, error)
	// GiveDatabase gives the database its id and returns the one in force: another node may have been first.
	GiveDatabase(ctx context.Context, id string) (string, error)
	GiveStore(id string) error
}

// ErrOtherDatabase is why no object is deleted: the stored objects belong to another database.
var ErrOtherDatabase = errors.New("the stored files belong to another database, so none is deleted: set DATA_DIR or DATABASE_URL right; " +
	"'hathor doctor' says more")

// Claim finds out whether the stored objects are this database's, and notes it in both where nothing is noted
// yet. Unless Claim has returned nil, no object is deleted. It is called once, before the service is used.
func (s *Service) Claim(ctx context.Context, owner Owner) error {
	s.foreign = true
	id, err := owner.Database(ctx)
	if err != nil {
		return err
	}
	mark, err := owner.Store()
	if err != nil {
		return err
	}
	if id == "" || mark == "" {
		if id, mark, err = s.agree(ctx, owner, id, mark); err != nil {
			return err
		}
	}
	if id != mark {
		return ErrOtherDatabase
	}
	s.foreign = false
	return nil
}

// agree fills in what is missing. Objects none of which has a row are not taken over, nor does a database take
// the id of a store that is not its own.
func (s *Service) agree(ctx context.Context, owner Owner, id, mark string) (string, string, error) {
	known, err := s.knowsObjects(ctx)
	if err != nil {
		return "", "", err
	}
	if id == "" {
		fresh := rand.Text()
		if known && mark != "" {
			fresh = mark // the schema was taken down and up again
		}
		if id, err = owner.GiveDatabase(ctx, fresh); err != nil {
			return "", "", err
		}
	}
	if mark == "" && known {
		mark = id
		if err := owner.GiveStore(id); err != nil {
			return "", "", err
		}
	}
	return id, mark, nil
}

// knowsObjects tells whether the database has a row for any of the stored audio, or there is none.
func (s *Service) knowsObjects(ctx context.Context) (bool, error) {
	var audio []string
	err := s.objects.Walk(ctx, func(o Object) error {
		if strings.HasPrefix(o.Key, "audio/") {
			audio = append(audio, o.Key)
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("look at stored objects: %w", err)
	}
	unused, err := s.catalogue.Unused(ctx, audio)
	return len(audio) == 0 || len(unused) < len(audio), err
}
