package live

import (
	"encoding/json"
	"fmt"
	"time"

	"hathor/internal/playback"
)

const (
	// mostSnapshot is how large a first message may be; a longer queue is left out of it.
	mostSnapshot = 48 << 10
	// mostEdits is how large the edits of a message may be; larger ones are left out, and the queue is read again.
	mostEdits = 16 << 10
)

// Views say in the words of the REST API what messages hold.
type Views interface {
	Now(playback.State) any // without the queue
	Whole(playback.State) any
	Edits([]playback.Applied) any
	Devices([]playback.Device) any
}

// The types of messages.
const (
	typeSnapshot = "snapshot"
	typePlayback = "playback"
	typeProgress = "progress"
	typeDevices  = "devices"
)

// snapshot is the first message to a connection: all there is.
type snapshot struct {
	Type         string `json:"type"`
	State        any    `json:"state"`
	QueueLeftOut bool   `json:"queueLeftOut"`
	Devices      any    `json:"devices"`
}

// changed says that the state is another one, and how the queue got there where that is short.
type changed struct {
	Type      string          `json:"type"`
	State     any             `json:"state"`
	Edits     json.RawMessage `json:"edits,omitempty"`
	EditsFrom int64           `json:"editsFrom"`
}

// progressed says where the active device is.
type progressed struct {
	Type       string    `json:"type"`
	Revision   int64     `json:"revision"`
	Position   int64     `json:"position"` // ms
	PositionAt time.Time `json:"positionAt"`
	ServerTime time.Time `json:"serverTime"`
}

// devicesChanged lists the devices as they are now.
type devicesChanged struct {
	Type    string `json:"type"`
	Devices any    `json:"devices"`
}

func firstOf(v Views, s playback.State, devices []playback.Device) ([]byte, error) {
	first := snapshot{Type: typeSnapshot, State: v.Whole(s), Devices: v.Devices(devices)}
	text, err := json.Marshal(first)
	if err != nil {
		return nil, fmt.Errorf("encode snapshot: %w", err)
	}
	if len(text) <= mostSnapshot {
		return text, nil
	}
	first.State, first.QueueLeftOut = v.Now(s), true
	return json.Marshal(first)
}

func changedOf(v Views, n playback.News) ([]byte, error) {
	message := changed{Type: typePlayback, State: v.Now(n.State), EditsFrom: n.EditsFrom}
	if len(n.Edits) > 0 {
		text, err := json.Marshal(v.Edits(n.Edits))
		if err != nil {
			return nil, fmt.Errorf("encode edits: %w", err)
		}
		if len(text) <= mostEdits {
			message.Edits = text
		}
	}
	return json.Marshal(message)
}

func progressOf(s playback.State) ([]byte, error) {
	return json.Marshal(progressed{typeProgress, s.Revision, s.Position.Milliseconds(), s.PositionAt, s.ReadAt})
}

func devicesOf(v Views, all []playback.Device) ([]byte, error) {
	return json.Marshal(devicesChanged{typeDevices, v.Devices(all)})
}
