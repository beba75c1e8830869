package playback

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"hathor/internal/account"
	"hathor/internal/fault"
)

// DeviceStore keeps the devices of listeners.
type DeviceStore interface {
	// Devices returns the listener's devices, last seen first, and which of them is active, empty for none.
	Devices(context.Context, account.UserID) ([]Device, DeviceID, error)
	// PutDevice adds a device or changes name and kind, and keeps at most so many: those last seen.
	PutDevice(ctx context.Context, user account.UserID, d Device, most int) error
	// TouchDevice notes that a device was seen.
	TouchDevice(ctx context.Context, user account.UserID, id DeviceID, at time.Time) error
	// RemoveDevice forgets a device and writes what change makes of the state, without its queue, in one step.
	// It is ErrNoDevice where there is none.
	RemoveDevice(ctx context.Context, user account.UserID, id DeviceID, at time.Time, change func(State) State) error
}

// Devices lists a listener's devices, last seen first.
func (s *Service) Devices(ctx context.Context, user account.UserID) ([]Device, error) {
	devices, active, err := s.store.Devices(ctx, user)
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", err)
	}
	online, err := s.outlet.Online(ctx, user)
	if err != nil { // who asks what there is gets that, at least
		slog.WarnContext(ctx, "not known which devices are connected", slog.Any("error", err))
	}
	for i, d := range devices {
		devices[i].Online, devices[i].Active = online[d.ID], d.ID == active
	}
	return devices, nil
}

// device finds one of the listener's devices; it is ErrNoDevice for what is not theirs.
func (s *Service) device(ctx context.Context, user account.UserID, id DeviceID) (Device, error) {
	devices, err := s.Devices(ctx, user)
	if err != nil {
		return Device{}, err
	}
	i := slices.IndexFunc(devices, func(d Device) bool { return d.ID == id })
	if i < 0 {
		return Device{}, ErrNoDevice
	}
	return devices[i], nil
}

// PutDevice adds one of the listener's devices, or renames it.
func (s *Service) PutDevice(ctx context.Context, user account.UserID, d Device) (Device, error) {
	if err := d.check(); err != nil {
		return Device{}, err
	}
	d.Name, d.CreatedAt, d.LastSeenAt = strings.TrimSpace(d.Name), s.now(), s.now()
	if err := s.store.PutDevice(ctx, user, d, MaxDevices); err != nil {
		return Device{}, fmt.Errorf("keep device: %w", err)
	}
	s.outlet.Tell(user, News{What: DevicesChanged})
	return s.device(ctx, user, d.ID)
}

// ForgetDevice takes one of who's devices away; where it is the active one, nobody plays from then on.
func (s *Service) ForgetDevice(ctx context.Context, who account.Identity, id DeviceID) error {
	now := s.now()
	touched := false
	err := s.store.RemoveDevice(ctx, who.User, id, now, func(before State) State {
		after := before.without(id, now)
		touched = after.Revision != before.Revision
		return after
	})
	if err != nil {
		return fmt.Errorf("forget device: %w", err)
	}
	if touched {
		current, err := s.State(ctx, who)
		if err != nil {
			return err
		}
		s.outlet.Tell(who.User, News{What: StateChanged, State: current, EditsFrom: current.QueueRevision})
	}
	s.outlet.Tell(who.User, News{What: DevicesChanged})
	return nil
}

// without is the state when the device is gone, at the next revision where that changes anything.
func (s State) without(id DeviceID, at time.Time) State {
	asked := s.Transfer != nil && s.Transfer.To == id
	if s.Active != id && !asked {
		return s
	}
	if asked {
		s.Transfer = nil
	}
	if s.Active == id {
		s = s.stopped(at)
	}
	s.Revision, s.UpdatedAt, s.Writer = s.Revision+1, at, ""
	return s
}

// Seen notes that a device of the listener connected or left. It is ErrNoDevice for what is not theirs.
func (s *Service) Seen(ctx context.Context, user account.UserID, id DeviceID) error {
	if err := s.used(ctx, user, id, s.now()); err != nil {
		return err
	}
	s.outlet.Tell(user, News{What: DevicesChanged})
	return nil
}

// used notes that a device wrote, now and then. Who names none is any program; one that is not the listener's
// is a wrong field.
func (s *Service) used(ctx context.Context, user account.UserID, id DeviceID, now time.Time) error {
	if id == "" {
		return nil
	}
	devices, _, err := s.store.Devices(ctx, user)
	if err != nil {
		return fmt.Errorf("find device: %w", err)
	}
	i := slices.IndexFunc(devices, func(d Device) bool { return d.ID == id })
	if i < 0 {
		return fault.Validation(fault.Detail{Field: "deviceId", Message: "Device not found"})
	}
	if now.Sub(devices[i].LastSeenAt) < seenEvery {
		return nil
	}
	if err := s.store.TouchDevice(ctx, user, id, now); err != nil {
		return fmt.Errorf("note that a device was seen: %w", err)
	}
	return nil
}
