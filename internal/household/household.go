// Package household is what a member takes along and leaves behind: the export of everything that is a
// member's own, and the deletion of an account with all that belongs to it.
package household

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// Uploads says what becomes of the songs that somebody who leaves has uploaded to shared libraries.
type Uploads string

// Kept songs belong to nobody any more, so that only admins change them.
const (
	KeepUploads   Uploads = "keep"
	DeleteUploads Uploads = "delete"
)

// Accounts is what this package needs of the accounts. account.Service is it.
type Accounts interface {
	Profile(context.Context, account.Identity) (account.User, error)
	User(context.Context, account.UserID) (account.Housemate, error)
	Sessions(context.Context, account.Identity) ([]account.Session, error)
	Events(context.Context, account.EventQuery) ([]account.Event, int, error)
	Stamp(account.Event) account.Event
	Audit(context.Context, account.Event)
	Ended(...account.SessionID)
}

// Departures takes accounts out of the database.
type Departures interface {
	// Remove deletes the account with all that is the user's own, and writes the event that may returns. may is
	// told how many other enabled admins there are and can refuse; nothing alters that number until it is done.
	// The sessions that ended come back. account.ErrNoUser without the user.
	Remove(ctx context.Context, id account.UserID, uploads Uploads, may func(u account.User, others int) (account.Event, error)) ([]account.SessionID, error)
	// Freed lists objects that deleted accounts have left behind, at most n.
	Freed(ctx context.Context, n int) ([]string, error)
	// Forget takes objects off that list.
	Forget(ctx context.Context, keys []string) error
}

// Releaser deletes those of the objects that no song and no cover needs.
type Releaser interface {
	Release(ctx context.Context, keys []string) error
}

// Objects are the original files of uploads.
type Objects interface {
	Open(ctx context.Context, key string) (*os.File, error)
}

// Scopes tells what a user may hear, whose names the export may show.
type Scopes interface {
	Scope(context.Context, account.Identity) (library.Scope, error)
}

// Parts is what a Service is built from. Objects, Releaser and Scopes are not needed to remove accounts: a
// server that runs beside, or starts later, deletes the files.
type Parts struct {
	Accounts   Accounts
	Departures Departures
	Belongings Belongings
	Objects    Objects
	Releaser   Releaser
	Scopes     Scopes
	Clock      clock.Clock
}

// Service exports and deletes accounts. It is safe for concurrent use.
type Service struct {
	Parts
	mu        sync.Mutex
	exporting map[account.UserID]bool
}

// NewService builds the service.
func NewService(p Parts) *Service { return &Service{Parts: p, exporting: map[account.UserID]bool{}} }

// CheckUploads is a validation fault for what is neither of the fates.
func CheckUploads(u Uploads) error {
	var c fault.Checks
	c.Require(u == KeepUploads || u == DeleteUploads, "uploads", "Uploads must be keep or delete")
	return c.Err()
}

// Remove deletes an account, the asker's own or, by an admin, another: the private library, playlists, likes,
// history and sessions go, and uploads to shared libraries as asked. It is account.ErrLastAdmin where nobody
// would be left to run the server.
func (s *Service) Remove(ctx context.Context, who account.Identity, id account.UserID, uploads Uploads) error {
	if err := CheckUploads(uploads); err != nil {
		return err
	}
	ended, err := s.Departures.Remove(ctx, id, uploads, func(u account.User, others int) (account.Event, error) {
		e := account.EventBy(who, account.AccountDeleted, account.UserTarget(u.ID, u.Username)).With("uploads", string(uploads))
		return s.Accounts.Stamp(e), account.MayLose(u, others)
	})
	if err != nil {
		return fmt.Errorf("remove account: %w", err)
	}
	s.Accounts.Ended(ended...)
	slog.InfoContext(ctx, "account deleted", slog.Int64("user", int64(id)), slog.Int64("by", int64(who.User)))
	s.tidy(context.WithoutCancel(ctx))
	return nil
}

// tidyEvery is how often a server looks for files of accounts that were deleted on the command line.
const tidyEvery = time.Minute

// Run deletes the files of deleted accounts until ctx ends. Whoever made the Service runs it, once.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		s.tidy(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tidyBatch is how many objects are deleted at once.
const tidyBatch = 500

// tidy deletes what Remove has freed. What fails is tried again later, for it stays on the list.
func (s *Service) tidy(ctx context.Context) {
	if s.Releaser == nil {
		return
	}
	for ctx.Err() == nil {
		keys, err := s.Departures.Freed(ctx, tidyBatch)
		if err == nil && len(keys) > 0 {
			err = s.Releaser.Release(ctx, keys)
		}
		if err == nil && len(keys) > 0 {
			err = s.Departures.Forget(ctx, keys)
		}
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "files of a deleted account were left for later", slog.Any("error", err))
		}
		if err != nil || len(keys) < tidyBatch {
			return
		}
	}
}
