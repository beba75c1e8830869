package library_test

import (
	"context"
	"slices"
	"testing"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
)

// grants is a store that knows nothing but who may hear what.
type grants struct {
	library.Store
	of map[account.UserID][]library.ID
}

func (g grants) AudibleLibraries(_ context.Context, user account.UserID) ([]library.ID, error) {
	return slices.Clone(g.of[user]), nil
}

func TestScopeIsTheUsers(t *testing.T) {
	store := grants{of: map[account.UserID][]library.ID{1: {1, 2}, 2: {3}}}
	service := library.NewService(store, clock.System{})
	check := func(user account.UserID, want ...library.ID) {
		t.Helper()
		scope, err := service.Scope(t.Context(), account.Identity{User: user})
		if err != nil || !slices.Equal(scope.Libraries, want) || scope.User != user {
			t.Errorf("user %d: %+v, %v; want %v", user, scope, err, want)
		}
	}
	check(1, 1, 2)
	check(2, 3)
	check(0)
	store.of[1] = []library.ID{1}
	check(1, 1)
}

func TestWrongQueriesNameEveryField(t *testing.T) {
	service := library.NewService(grants{}, clock.System{})
	_, err := service.ListSongs(t.Context(), library.Scope{}, library.SongQuery{Sort: "size", Paging: library.Paging{Limit: 501, Offset: -1}})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("got %v", err)
	}
	if err := service.Rate(t.Context(), library.Scope{}, library.Subject{}, 6); fault.KindOf(err) != fault.Invalid {
		t.Errorf("rating 6: %v", err)
	}
}
