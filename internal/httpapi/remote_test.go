package httpapi_test

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

const (
	desk  = "desk-0123456789abcdef"
	handy = "phone-0123456789abcdef"
)

func (c *club) putDevice(id, name string) {
	c.t.Helper()
	c.call(c.ada, "PUT", "/playback/devices/"+id, fmt.Sprintf(`{"name":%q,"kind":"desktop"}`, name), 200)
}

func TestQueueIsEditedByEntries(t *testing.T) {
	c := newClub(t)
	song, other := c.Song(c.shared, time.Minute, 0), c.Song(c.shared, time.Minute, 0)
	got := c.call(c.ada, "POST", "/playback/queue", fmt.Sprintf(`{"edits":[{"op":"insert","songIds":[%d,%d,%d]}]}`, song, other, song), 200)
	if got.at("edits.0.items.2.entryId") != 3.0 || got.at("editsFrom") != 0.0 || got.at("state.queueRevision") != 1.0 || got.at("state.revision") != 1.0 {
		t.Errorf("inserted: %v", got)
	}
	c.call(c.ada, "POST", "/playback/state", `{"currentEntryId":2}`, 200)
	got = c.call(c.ada, "POST", "/playback/queue", `{"edits":[{"op":"move","entryIds":[3],"beforeEntryId":1},{"op":"remove","entryIds":[1,99]}]}`, 200)
	if got.at("state.queueIndex") != 1.0 || got.at("state.currentEntryId") != 2.0 || got.at("editsFrom") != 1.0 {
		t.Errorf("moved: %v", got)
	}
	gone := c.call(c.ada, "POST", "/playback/queue", fmt.Sprintf(`{"edits":[{"op":"clear"},{"op":"insert","songIds":[%d],"beforeEntryId":1}]}`, song), 409)
	if gone.field() != "edits[1].beforeEntryId" || gone.at("code") != "entry_gone" || gone.at("state.queue.0.entryId") != 3.0 {
		t.Errorf("gone: %v", gone)
	}
	if gone := c.call(c.ada, "POST", "/playback/state", `{"currentEntryId":1}`, 409); gone.at("code") != "entry_gone" {
		t.Errorf("a place that is gone: %v", gone)
	}
}

func TestQueueEditsBadInput(t *testing.T) {
	c := newClub(t)
	seen, hidden := c.Song(c.shared, time.Minute, 0), c.Song(c.hidden, time.Minute, 0)
	for body, field := range map[string]string{
		`{"edits":[]}`:                               "edits",
		`{"edits":[{"op":"shuffle"}]}`:               "edits[0].op",
		`{"edits":[{"op":"insert"}]}`:                "edits[0].songIds",
		`{"edits":[{"op":"clear"}],"deviceId":"no"}`: "deviceId",
		fmt.Sprintf(`{"edits":[{"op":"clear"},{"op":"insert","songIds":[%d,%d]}]}`, seen, hidden): "edits[1].songIds[1]",
	} {
		if got := c.call(c.bob, "POST", "/playback/queue", body, 400); got.field() != field {
			t.Errorf("%s: names %v: %v", body, got.field(), got)
		}
	}
}

func TestDevicesJourney(t *testing.T) {
	c := newClub(t)
	c.putDevice(desk, " My desk ")
	c.clock.Advance(time.Second)
	c.putDevice(handy, "Phone")
	got := c.call(c.ada, "GET", "/playback/devices", "", 200)
	if got.at("devices.0.id") != handy || got.at("devices.1.name") != "My desk" || got.at("devices.0.online") != false || got.at("devices.2") != nil {
		t.Errorf("devices: %v", got)
	}
	if others := c.call(c.bob, "GET", "/playback/devices", "", 200); len(others.at("devices").([]any)) != 0 {
		t.Errorf("another's devices: %v", others)
	}
	c.call(c.bob, "DELETE", "/playback/devices/"+desk, "", 404)
	c.call(c.bob, "POST", "/playback/transfer", `{"deviceId":"`+desk+`"}`, 404)
	if got := c.call(c.ada, "POST", "/playback/transfer", `{"deviceId":"`+desk+`"}`, 409); got.at("code") != "device_offline" || got.at("state.revision") != 0.0 {
		t.Errorf("offline: %v", got)
	}
	for body, field := range map[string]string{`{"name":" ","kind":"web"}`: "name", `{"name":"x","kind":"car"}`: "kind"} {
		if got := c.call(c.ada, "PUT", "/playback/devices/"+desk, body, 400); got.field() != field {
			t.Errorf("%s: %v", body, got)
		}
	}
	if got := c.call(c.ada, "PUT", "/playback/devices/short", `{"name":"x","kind":"web"}`, 400); got.field() != "id" {
		t.Errorf("short id: %v", got)
	}
}

func TestActiveDeviceReportsAndIsForgotten(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, 5*time.Minute, 0)
	c.putDevice(desk, "Desk")
	c.putDevice(handy, "Phone")
	write := func(body string, status int) document { return c.call(c.ada, "POST", "/playback/state", body, status) }
	report := func(device string, revision, position, status int) document {
		return c.call(c.ada, "POST", "/playback/progress", fmt.Sprintf(`{"deviceId":%q,"revision":%d,"position":%d}`, device, revision, position), status)
	}
	report(desk, 0, 0, 409)
	got := write(fmt.Sprintf(`{"deviceId":%q,"activeDeviceId":%q,"currentSongId":%d,"position":0,"isPlaying":true}`, desk, desk, song), 200)
	if got.at("state.activeDeviceId") != desk || got.at("state.writtenBy") != desk || got.at("state.positionAt") != got.at("state.serverTime") {
		t.Errorf("active: %v", got)
	}
	if got := report(desk, 1, 9000, 200); got.at("state.revision") != 1.0 || got.at("state.position") != 9000.0 {
		t.Errorf("reported: %v", got)
	}
	if got := report(handy, 1, 1, 409); got.at("code") != "not_active" {
		t.Errorf("another device: %v", got)
	}
	write(fmt.Sprintf(`{"deviceId":%q,"volume":0.5,"revision":1}`, handy), 200)
	if got := report(desk, 1, 10000, 409); got.at("code") != "stale_revision" || got.at("state.volume") != 0.5 || got.at("state.position") != 9000.0 {
		t.Errorf("something to obey: %v", got)
	}
	c.clock.Advance(10 * time.Second)
	if got := write(`{"isPlaying":true,"playbackSpeed":2}`, 200); got.at("state.position") != 19000.0 {
		t.Errorf("carried on: %v", got)
	}
	if got := write(`{"deviceId":"`+handy+`","activeDeviceId":"`+desk+`"}`, 400); got.field() != "activeDeviceId" {
		t.Errorf("made another active: %v", got)
	}
	c.clock.Advance(time.Second)
	c.call(c.ada, "DELETE", "/playback/devices/"+desk, "", 204)
	got = c.call(c.ada, "GET", "/playback/state", "", 200)
	if got.at("state.activeDeviceId") != nil || got.at("state.isPlaying") != false || got.at("state.position") != 21000.0 || got.at("state.revision") != 4.0 {
		t.Errorf("forgotten: %v", got)
	}
	if got := write(`{"deviceId":"`+desk+`","volume":1}`, 400); got.field() != "deviceId" {
		t.Errorf("a forgotten device: %v", got)
	}
}

func TestOnlySoManyDevices(t *testing.T) {
	c := newClub(t)
	for i := range 52 {
		c.putDevice(fmt.Sprintf("device-%010d", i), "One")
		c.clock.Advance(time.Second)
	}
	got := c.call(c.ada, "GET", "/playback/devices", "", 200).at("devices").([]any)
	if first := got[0].(map[string]any)["id"]; len(got) != 50 || first != "device-0000000051" {
		t.Errorf("%d devices, first %v", len(got), first)
	}
}

func TestADeviceThatWakesAfterADayIsToldTheState(t *testing.T) {
	c := newClub(t)
	c.putDevice(desk, "Desk")
	c.call(c.ada, "POST", "/playback/state", `{"deviceId":"`+desk+`","activeDeviceId":"`+desk+`","volume":0.5}`, 200)
	c.call(c.ada, "POST", "/playback/state", `{"volume":0.25}`, 200)
	c.clock.Advance(24 * time.Hour)
	got := c.call(c.ada, "POST", "/playback/state", `{"deviceId":"`+desk+`","volume":0.5,"revision":1}`, 409)
	if got.at("code") != "stale_revision" || got.at("state.revision") != 2.0 || got.at("state.volume") != 0.25 {
		t.Errorf("got %v", got)
	}
}

// TestEditsTellTheirOwnOutcome has several devices that edit at once: what each is told leads from one queue to the
// next, whoever wrote in between.
func TestEditsTellTheirOwnOutcome(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, time.Minute, 0)
	c.call(c.ada, "POST", "/playback/state", fmt.Sprintf(`{"queue":[{"songId":%d}]}`, song), 200)
	edit := fmt.Sprintf(`{"edits":[{"op":"insert","songIds":[%d]}]}`, song)
	answers := make(chan [2]any, 60)
	var devices sync.WaitGroup
	for range 6 {
		devices.Go(func() {
			for range 10 {
				got := c.call(c.ada, "POST", "/playback/queue", edit, 200)
				answers <- [2]any{got.at("editsFrom"), got.at("state.queueRevision")}
			}
		})
	}
	devices.Wait()
	close(answers)
	seen := map[any]bool{}
	for a := range answers {
		if a[1].(float64) != a[0].(float64)+1 || seen[a[1]] {
			t.Errorf("one edit leads from %v to %v", a[0], a[1])
		}
		seen[a[1]] = true
	}
	if got := c.call(c.ada, "GET", "/playback/state", "", 200); len(got.at("state.queue").([]any)) != 61 {
		t.Errorf("%d songs", len(got.at("state.queue").([]any)))
	}
}

func TestWithoutAnActiveDeviceNothingPlays(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, time.Minute, 0)
	c.call(c.ada, "PUT", "/playback/devices/desk-0123456789abcdef", `{"name":"Desk","kind":"web"}`, 200)
	plays := fmt.Sprintf(`{"deviceId":"desk-0123456789abcdef","activeDeviceId":"desk-0123456789abcdef","currentSongId":%d,"isPlaying":true,"position":0}`, song)
	for _, nobody := range []string{`{"activeDeviceId":null}`, `{"activeDeviceId":null,"position":5}`, `{"activeDeviceId":null,"playbackSpeed":1}`} {
		c.call(c.ada, "POST", "/playback/state", plays, 200)
		if got := c.call(c.ada, "POST", "/playback/state", nobody, 200); got.at("state.isPlaying") != false {
			t.Errorf("%s: %v", nobody, got)
		}
	}
}

func TestEditsOfNothingAreRefused(t *testing.T) {
	c := newClub(t)
	for _, op := range []string{"remove", "move"} {
		if got := c.call(c.ada, "POST", "/playback/queue", `{"edits":[{"op":"`+op+`","entryIds":[]}]}`, 400); got.field() != "edits[0].entryIds" {
			t.Errorf("%s: %v", op, got)
		}
	}
}
