package playback

import (
	"context"

	"hathor/internal/account"
)

// News is what changed, after it was committed. Edits and EditsFrom tell how the queue got from the revision
// EditsFrom to the State's; without them it may have been replaced.
type News struct {
	What      Subject
	State     State
	Edits     []Applied
	EditsFrom int64
}

// Subject is what news are about.
type Subject int

// The state or its queue changed; only the position was reported; a device came, went or changed.
const (
	StateChanged Subject = iota
	Progressed
	DevicesChanged
)

// Outlet passes news on to the devices of a listener, and knows which of them listen, on any node.
type Outlet interface {
	// Tell returns at once.
	Tell(account.UserID, News)
	Online(context.Context, account.UserID) (map[DeviceID]bool, error)
}

// silent is the outlet where nobody listens.
type silent struct{}

func (silent) Tell(account.UserID, News) {}

func (silent) Online(context.Context, account.UserID) (map[DeviceID]bool, error) { return nil, nil }
