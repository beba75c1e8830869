package ingest

import (
	"context"

	"hathor/internal/account"
	"hathor/internal/library"
)

// Auditor writes down what an admin has done; it has no error, because the deed is done already.
type Auditor interface {
	Audit(ctx context.Context, e account.Event)
}

// What a keeper writes down.
const (
	libraryMade    account.Action = "library.create"
	libraryRenamed account.Action = "library.rename"
	libraryOpened  account.Action = "library.open"
	libraryClosed  account.Action = "library.close"
	libraryGranted account.Action = "library.grant"
	libraryRemoved account.Action = "library.delete"
	missingCleaned account.Action = "library.clean"
	quotaSet       account.Action = "user.quota"
)

// libraryTarget is a library as a target.
func libraryTarget(l library.Library) account.Target {
	return account.Target{Kind: "library", ID: int64(l.ID), Name: l.Name}
}

// audit writes down a deed with one detail.
func (k *Keeper) audit(ctx context.Context, who account.Identity, what account.Action, to account.Target, detail, value string) {
	k.auditor.Audit(ctx, account.EventBy(who, what, to).With(detail, value))
}

// auditChange writes down what is different from what was; the target goes by the name it has now.
func (k *Keeper) auditChange(ctx context.Context, who account.Identity, was library.Library, change LibraryChange) {
	is := was
	if change.Name != nil && *change.Name != was.Name {
		is.Name = *change.Name
		k.audit(ctx, who, libraryRenamed, libraryTarget(is), "from", was.Name)
	}
	if change.Open == nil || *change.Open == was.Open {
		return
	}
	what := libraryClosed
	if *change.Open {
		what = libraryOpened
	}
	k.auditor.Audit(ctx, account.EventBy(who, what, libraryTarget(is)))
}

// fate tells what became of a library's songs.
func fate(deleted bool) string {
	if deleted {
		return "delete"
	}
	return "keep"
}
