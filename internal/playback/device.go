package playback

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"hathor/internal/fault"
)

// DeviceID names a player of one listener. Its client makes it, unguessable, and keeps it.
type DeviceID string

// Kind is what sort of thing a device is.
type Kind string

// The kinds of devices.
const (
	Desktop Kind = "desktop"
	Phone   Kind = "phone"
	Tablet  Kind = "tablet"
	Web     Kind = "web"
	Speaker Kind = "speaker"
	Other   Kind = "other"
)

const (
	// MaxDevices is how many devices a listener has at most; the one not seen for longest is forgotten.
	MaxDevices    = 50
	maxDeviceName = 100
	// seenEvery is how often a device's last use is written.
	seenEvery = time.Minute
)

// Device is a player of a listener. Online is whether it listens to the live channel now.
type Device struct {
	ID         DeviceID
	Name       string
	Kind       Kind
	CreatedAt  time.Time
	LastSeenAt time.Time
	Online     bool
	Active     bool
}

// The answers about devices that a caller may have to tell apart. All but the first carry the State.
var (
	ErrNoDevice  = fault.Missing("Device")
	ErrOffline   = fault.New(fault.Conflict, "device_offline", "This device is not connected")
	ErrNotActive = fault.New(fault.Conflict, "not_active", "Another device plays")
)

var deviceID = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

func (d Device) check() error {
	var checks fault.Checks
	checks.Require(deviceID.MatchString(string(d.ID)), "id", "Must be 16 to 64 letters, digits, - or _")
	length := utf8.RuneCountInString(strings.TrimSpace(d.Name))
	checks.Require(length >= 1 && length <= maxDeviceName, "name", "Name must be 1 to 100 characters")
	switch d.Kind {
	case Desktop, Phone, Tablet, Web, Speaker, Other:
	default:
		checks.Require(false, "kind", "Kind must be desktop, phone, tablet, web, speaker or other")
	}
	return checks.Err()
}
