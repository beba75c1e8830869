package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestWhoDoesNotReadIsDroppedAndBeginsAnew(t *testing.T) {
	h := oneNode(t)
	ada := h.register("ada")
	song := ada.song("One")
	dialer := websocket.Dialer{NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if tcp, ok := conn.(*net.TCPConn); ok {
			err = tcp.SetReadBuffer(4096)
		}
		return conn, err
	}}
	conn, _, err := dialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(h.a(), "http")+"/api/live", http.Header{"Authorization": {"Bearer " + ada.token}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	slow := &listener{t: t, conn: conn}
	slow.say(`{"id":1,"connect":{}}`)
	slow.await("snapshot", nil)
	ids, _ := json.Marshal(slices.Repeat([]int64{song}, 400))
	edit := fmt.Sprintf(`{"edits":[{"op":"clear"},{"op":"insert","songIds":%s}]}`, ids)
	var last any
	for range 3000 { // what the kernel holds for it comes on top of our own limit
		last = ada.call(http.MethodPost, "/playback/queue", edit, 200).at("state.revision")
		if h.apps[0].channel.Connections() == 0 {
			break
		}
	}
	if n := h.apps[0].channel.Connections(); n != 0 {
		t.Fatalf("%d connections, after revision %v", n, last)
	}
	again := ada.listen("")
	if again.first.at("state.revision") != last || len(again.first.at("state.queue").([]any)) != 400 {
		t.Errorf("anew: %.300v, want revision %v", again.first, last)
	}
}

func TestRedisAwayIsSilenceAndThenNews(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		if h.redis == nil {
			return // there is none to go away
		}
		ada := h.register("ada")
		there := ada.at(h.b())
		before := there.listen("")
		h.redis.Kill()
		ada.call(http.MethodPost, "/playback/state", `{"volume":0.25}`, 200)
		there.call(http.MethodGet, "/playback/state", "", 200)
		h.redis.Begin()
		heardOf := func(m heard) bool { return m.at("state.volume") == 0.25 }
		_ = before.conn.SetReadDeadline(time.Time{})
		if m, err := before.message(); err == nil && m.at("type") == "playback" && !heardOf(m) {
			t.Errorf("heard: %v", m)
		}
		ada.call(http.MethodPost, "/playback/state", `{"volume":0.75}`, 200)
		after := awaitListener(there)
		if after.first.at("state.volume") != 0.75 {
			t.Errorf("anew: %v", after.first)
		}
		ada.call(http.MethodPost, "/playback/state", `{"volume":1}`, 200)
		after.await("playback", func(m heard) bool { return m.at("state.volume") == 1.0 })
	})
}

// awaitListener connects until it works.
func awaitListener(m member) *listener {
	m.h.t.Helper()
	ctx, cancel := context.WithTimeout(m.h.t.Context(), livePatience)
	defer cancel()
	retry := time.NewTicker(100 * time.Millisecond)
	defer retry.Stop()
	for {
		l, _, err := m.dial("")
		if err == nil {
			l.say(`{"id":1,"connect":{}}`)
			if l.first, err = l.message(); err == nil {
				return l
			}
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			m.h.t.Fatalf("no connection: %v", err)
		}
	}
}

func TestShutdownAsksToConnectAnew(t *testing.T) {
	h := oneNode(t)
	l := h.register("ada").listen("")
	h.apps[0].hangUp(t.Context())
	if code := l.closed(); code != 3001 {
		t.Errorf("got %d", code)
	}
}

func TestEventsAndStreamsHearTheSame(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		ada := h.register("ada")
		made := ada.call(http.MethodPost, "/auth/api-keys", `{"name":"listens","scope":"read"}`, 201)
		const connect = `{"id":1,"connect":{}}`
		for name, ask := range map[string]func() (*http.Request, error){
			"events": func() (*http.Request, error) {
				return http.NewRequestWithContext(t.Context(), http.MethodGet, h.b()+"/api/live/sse?cf_connect="+url.QueryEscape(connect), nil)
			},
			"stream": func() (*http.Request, error) {
				return http.NewRequestWithContext(t.Context(), http.MethodPost, h.b()+"/api/live/stream", strings.NewReader(connect))
			},
		} {
			r, err := ask()
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+made.text("key"))
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(answer.Body)
			want := func(text string) string {
				for lines.Scan() {
					if strings.Contains(lines.Text(), text) {
						return lines.Text()
					}
				}
				t.Fatalf("%s: no %s: %v", name, text, lines.Err())
				return ""
			}
			var reply heard
			if err := json.Unmarshal([]byte(strings.TrimPrefix(want(`"connect"`), "data: ")), &reply); err != nil {
				t.Fatal(err)
			}
			want(`"snapshot"`)
			ada.call(http.MethodPost, "/playback/state", `{"volume":0.5}`, 200)
			want(`"playback"`)
			said := fmt.Sprintf(`{"session":%q,"node":%q,"data":"{\"id\":2,\"rpc\":{\"method\":\"x\"}}"}`, reply.text("connect.session"), reply.text("connect.node"))
			key := member{h: h, url: h.a(), token: made.text("key")}
			key.call(http.MethodPost, "/live/emulation", said, 204)
			want(`"method not found"`)
			_ = answer.Body.Close()
		}
	})
}

func TestEveryMessageIsDescribed(t *testing.T) {
	page, err := os.ReadFile("../../docs/realtime.md")
	if err != nil {
		t.Fatal(err)
	}
	h := oneNode(t)
	ada := h.register("ada")
	song := ada.song("One")
	ada.device(deskID)
	desk, follower := ada.listen(deskID), ada.listen("")
	active := fmt.Sprintf(`{"deviceId":%q,"activeDeviceId":%q,"currentSongId":%d,"isPlaying":true}`, deskID, deskID, song)
	ada.call(http.MethodPost, "/playback/queue", fmt.Sprintf(`{"edits":[{"op":"insert","songIds":[%d]},{"op":"insert","songIds":[%d],"beforeEntryId":1},{"op":"remove","entryIds":[1]}]}`, song, song), 200)
	ada.call(http.MethodPost, "/playback/state", active, 200)
	ada.device(phoneID)
	phone := ada.listen(phoneID)
	phone.await("devices", func(m heard) bool { return online(m) == 2 })
	ada.call(http.MethodPost, "/playback/transfer", fmt.Sprintf(`{"deviceId":%q}`, phoneID), 200)
	ada.call(http.MethodPost, "/playback/progress", fmt.Sprintf(`{"deviceId":%q,"revision":3,"position":1}`, deskID), 200)
	all := []heard{desk.first}
	for len(all) == 1 || all[len(all)-1].at("type") != "progress" {
		m, err := follower.message()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	types := map[string]bool{}
	for _, m := range all {
		types[m.text("type")] = true
		for _, name := range names(map[string]any(m)) {
			if !strings.Contains(string(page), `"`+name+`"`) && !strings.Contains(string(page), "`"+name+"`") {
				t.Errorf("%s.%s is not described", m.text("type"), name)
			}
		}
	}
	for _, section := range strings.Split(string(page), "\n### `")[1:] {
		name, _, _ := strings.Cut(section, "`")
		if !types[name] {
			t.Errorf("%s is described and was not sent", name)
		}
		delete(types, name)
	}
	if len(types) > 0 {
		t.Errorf("sent and not described: %v", types)
	}
}

// names lists the names of all fields, at any depth.
func names(value any) (all []string) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			all = append(append(all, name), names(inner)...)
		}
	case []any:
		for _, inner := range v {
			all = append(all, names(inner)...)
		}
	}
	return all
}
