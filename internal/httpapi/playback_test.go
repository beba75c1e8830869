package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hathor/internal/playback"
)

func TestPlaybackStateJourney(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, time.Minute, 0)
	fresh := c.call(c.ada, "GET", "/playback/state", "", 200)
	if fresh.at("state.revision") != 0.0 || fresh.at("state.currentSongId") != nil || fresh.at("state.volume") != 1.0 ||
		fresh.at("state.stemsConfig.bass") != true || fresh.at("state.repeat") != "off" || fresh.at("state.updatedAt") != nil {
		t.Errorf("fresh: %v", fresh)
	}
	body := fmt.Sprintf(`{"currentSongId":%d,"position":1500.4,"isPlaying":true,"volume":0.5,"playbackSpeed":0.5,"pitchShift":-12,
		"stemsConfig":{"vocals":false,"drums":true,"bass":true,"other":true},
		"queue":[{"songId":%d},{"songId":%d,"entryId":9}],"queueIndex":1,"repeat":"one","shuffle":true,"revision":0}`, song, song, song)
	got := c.call(c.ada, "POST", "/playback/state", body, 200)
	if got.at("state.revision") != 1.0 || got.at("state.position") != 1500.0 || got.at("state.queue.1.entryId") != 9.0 ||
		got.at("state.queueIndex") != 1.0 || got.at("state.stemsConfig.vocals") != false {
		t.Errorf("written: %v", got)
	}
	stale := c.call(c.ada, "POST", "/playback/state", `{"volume":1,"revision":0}`, 409)
	if stale.at("state.revision") != 1.0 || stale.at("state.volume") != 0.5 {
		t.Errorf("stale: %v", stale)
	}
	got = c.call(c.ada, "POST", "/playback/state", `{"currentSongId":null,"isPlaying":false,"queueIndex":null}`, 200)
	if got.at("state.currentSongId") != nil || got.at("state.queueIndex") != nil || got.at("state.queue.0.songId") != float64(song) {
		t.Errorf("stopped: %v", got)
	}
}

func TestPlaybackStateTakesAFullQueue(t *testing.T) {
	c := newClub(t)
	song := c.Song(c.shared, time.Minute, 0)
	item := fmt.Sprintf(`{"songId": %d, "entryId": 9007199254740991}, `, song)
	queue := func(n int) string { return `{"queue": [` + strings.TrimSuffix(strings.Repeat(item, n), ", ") + `]}` }
	got := c.call(c.ada, "POST", "/playback/state", queue(playback.MaxQueue), 200)
	if n := len(got.at("state.queue").([]any)); n != playback.MaxQueue {
		t.Errorf("%d songs in the queue", n)
	}
	if got := c.call(c.ada, "POST", "/playback/state", queue(playback.MaxQueue+1), 400); got.field() != "queue" {
		t.Errorf("got %v", got)
	}
}

func TestPlaybackStateBadInput(t *testing.T) {
	c := newClub(t)
	seen, hidden := c.Song(c.shared, time.Minute, 0), c.Song(c.hidden, time.Minute, 0)
	for body, field := range map[string]string{
		`{"volume":1.01}`:        "volume",
		`{"volume":"1"}`:         "volume",
		`{"playbackSpeed":0.49}`: "playbackSpeed",
		`{"pitchShift":13}`:      "pitchShift",
		`{"position":-1}`:        "position",
		`{"position":1e300}`:     "position",
		`{"isPlaying":"true"}`:   "isPlaying",
		`{"repeat":"twice"}`:     "repeat",
		`{"stemsConfig":{"vocals":1,"drums":true,"bass":true,"other":true}}`: "stemsConfig.vocals",
		`{"stemsConfig":{"vocals":true,"drums":true,"bass":true}}`:           "stemsConfig.other",
		`{"queueIndex":0}`:                          "queueIndex",
		`{"queueIndex":-1}`:                         "queueIndex",
		`{"currentSongId":0}`:                       "currentSongId",
		`{"currentSongId":"7"}`:                     "currentSongId",
		`{"queue":[{"songId":0}]}`:                  "queue[0].songId",
		`{"queue":[{}]}`:                            "queue[0].songId",
		`{"colour":"red"}`:                          "colour",
		fmt.Sprintf(`{"currentSongId":%d}`, hidden): "currentSongId",
		fmt.Sprintf(`{"queue":[{"songId":%d},{"songId":%d},{"songId":%d}]}`, seen, seen, hidden): "queue[2].songId",
	} {
		if got := c.call(c.bob, "POST", "/playback/state", body, 400); got.field() != field {
			t.Errorf("%s: names %v: %v", body, got.field(), got)
		}
	}
	if state := c.call(c.bob, "GET", "/playback/state", "", 200); state.at("state.revision") != 0.0 {
		t.Errorf("refused writes were kept: %v", state)
	}
}

func TestRecordListening(t *testing.T) {
	c := newClub(t)
	song, hidden := c.Song(c.shared, 3*time.Minute, 0), c.Song(c.hidden, time.Minute, 0)
	report := func(extra string, status int) document {
		return c.call(c.bob, "POST", "/songs/record-listening", fmt.Sprintf(`{"songId":%d%s}`, song, extra), status)
	}
	if got := report("", 200); got.at("message") == nil {
		t.Errorf("got %v", got)
	}
	report("", 200)
	c.clock.Advance(10 * time.Minute)
	report(`,"duration":12.5`, 200)
	history := c.call(c.bob, "GET", "/history?limit=1", "", 200)
	if history.at("total") != 2.0 || history.at("listens.0.duration") != 12.5 || history.at("listens.0.song.id") != float64(song) {
		t.Errorf("newest: %v", history)
	}
	history = c.call(c.bob, "GET", fmt.Sprintf("/history?limit=1&cursor=%v", history.at("nextCursor")), "", 200)
	if history.at("listens.0.duration") != 90.0 || history.at("nextCursor") != nil {
		t.Errorf("oldest: %v", history)
	}
	if plays, _ := c.Plays(c.bob.User, song); plays != 1 {
		t.Errorf("%d plays", plays)
	}
	if others := c.call(c.ada, "GET", "/history", "", 200); len(others.at("listens").([]any)) != 0 || others.at("total") != 0.0 {
		t.Errorf("another's history: %v", others)
	}
	report(`,"duration":-1`, 400)
	report(`,"duration":"5"`, 400)
	report(`,"duration":86401`, 400)
	c.call(c.bob, "POST", "/songs/record-listening", fmt.Sprintf(`{"songId":%d}`, hidden), 404)
	c.call(c.bob, "POST", "/songs/record-listening", `{"songId":0}`, 400)
	c.call(c.bob, "POST", "/songs/record-listening", `{}`, 400)
}
