package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

const (
	deskID  = "desk-0123456789abcdef"
	phoneID = "phone-0123456789abcdef"
)

func TestAChangeIsHeardByTheOtherDevice(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		ada := h.register("ada")
		song := ada.song("One")
		ada.device(deskID)
		ada.device(phoneID)
		desk, phone := ada.listen(deskID), ada.at(h.b()).listen(phoneID)
		if got := phone.first; got.at("state.revision") != 0.0 || got.at("queueLeftOut") != false || got.at("devices.1.id") == nil {
			t.Errorf("snapshot: %v", got)
		}
		desk.await("devices", func(m heard) bool { return online(m) == 2 })
		ada.at(h.b()).call(http.MethodPost, "/playback/state", fmt.Sprintf(`{"deviceId":%q,"currentSongId":%d,"isPlaying":true,"revision":0}`, phoneID, song), 200)
		got := desk.await("playback", nil)
		if got.at("state.revision") != 1.0 || got.at("state.currentSongId") != float64(song) || got.at("state.writtenBy") != phoneID || got.at("state.queue") != nil {
			t.Errorf("heard: %v", got)
		}
		_ = phone.conn.Close()
		desk.await("devices", func(m heard) bool { return online(m) == 1 })
	})
}

func online(m heard) (n int) {
	devices, _ := m.at("devices").([]any)
	for _, d := range devices {
		if d.(map[string]any)["online"] == true {
			n++
		}
	}
	return n
}

func TestPlaybackIsHandedOver(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		ada := h.register("ada")
		song := ada.song("One")
		ada.device(deskID)
		ada.device(phoneID)
		desk := ada.listen(deskID)
		ada.call(http.MethodPost, "/playback/state", fmt.Sprintf(`{"deviceId":%q,"activeDeviceId":%q,"currentSongId":%d,"isPlaying":true}`, deskID, deskID, song), 200)
		to := fmt.Sprintf(`{"deviceId":%q}`, phoneID)
		if got := ada.call(http.MethodPost, "/playback/transfer", to, 409); got.at("code") != "device_offline" || got.at("state.activeDeviceId") != deskID {
			t.Errorf("offline: %v", got)
		}
		phone := ada.at(h.b()).listen(phoneID)
		desk.await("devices", func(m heard) bool { return online(m) == 2 })
		ada.call(http.MethodPost, "/playback/transfer", to, 200)
		asked := phone.await("playback", func(m heard) bool { return m.at("state.transfer.to") == phoneID })
		if asked.at("state.activeDeviceId") != deskID || asked.at("state.isPlaying") != true || asked.at("state.transfer.id") == nil {
			t.Errorf("asked: %v", asked)
		}
		take := fmt.Sprintf(`{"deviceId":%q,"activeDeviceId":%q,"isPlaying":true,"position":1500,"revision":%v}`, phoneID, phoneID, asked.at("state.revision"))
		ada.at(h.b()).call(http.MethodPost, "/playback/state", take, 200)
		taken := desk.await("playback", func(m heard) bool { return m.at("state.activeDeviceId") == phoneID })
		if taken.at("state.transfer") != nil || taken.at("state.position") != 1500.0 {
			t.Errorf("taken over: %v", taken)
		}
		ada.call(http.MethodPost, "/playback/progress", fmt.Sprintf(`{"deviceId":%q,"revision":%v,"position":2000}`, phoneID, taken.at("state.revision")), 200)
		if got := desk.await("progress", nil); got.at("position") != 2000.0 || got.at("revision") != taken.at("state.revision") {
			t.Errorf("progress: %v", got)
		}
	})
}

func TestStrangersAreRefusedBeforeTheUpgrade(t *testing.T) {
	h := oneNode(t)
	ada := h.register("ada")
	cookie := ada.cookie("ada")
	for name, c := range map[string]struct {
		token, cookie, origin string
		want                  int
		code                  string
	}{
		"nobody":               {want: 401, code: "not_signed_in"},
		"a forged token":       {token: ada.token + "x", want: 401, code: "invalid_token"},
		"no such key":          {token: "hth_0123456789abcdefghijklmnopqrstuvwxyz", want: 401},
		"another site's page":  {cookie: cookie, origin: "https://evil.example.org", want: 403, code: "cross_site"},
		"a page of nowhere":    {cookie: cookie, origin: "null", want: 403, code: "cross_site"},
		"a page of our own":    {cookie: cookie, origin: h.a(), want: 101},
		"a page of CLIENT_URL": {cookie: cookie, origin: "https://app.example.org", want: 101},
		"a program":            {token: ada.token, want: 101},
	} {
		m := member{h: h, url: h.a(), token: c.token, cookieValue: c.cookie}
		_, answer, _ := m.dial(c.origin)
		if answer == nil || answer.StatusCode != c.want {
			t.Errorf("%s: got %v, want %d", name, answer, c.want)
			continue
		}
		var problem heard
		if c.want != 101 && (json.NewDecoder(answer.Body).Decode(&problem) != nil || problem.at("error") == nil || c.code != "" && problem.at("code") != c.code) {
			t.Errorf("%s: %v", name, problem)
		}
	}
}

func TestAConnectionNeedsItsOwnDevice(t *testing.T) {
	h := oneNode(t)
	ada, bob := h.register("ada"), h.register("bob")
	ada.device(deskID)
	l, _, err := bob.dial("")
	if err != nil {
		t.Fatal(err)
	}
	l.say(`{"id":1,"connect":{"data":{"deviceId":"` + deskID + `"}}}`)
	if got, err := l.next(); err != nil || got.at("error.code") != 4404.0 {
		t.Errorf("another's device: %v, %v", got, err)
	}
}

func TestAnotherMemberHearsNothing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		ada, bob := h.register("ada"), h.register("bob")
		bobs := bob.at(h.b()).listen("")
		ada.device(deskID)
		ada.call(http.MethodPost, "/playback/state", `{"volume":0.25}`, 200)
		bob.call(http.MethodPost, "/playback/state", `{"volume":0.75}`, 200)
		got, err := bobs.message()
		if err != nil || got.at("type") != "playback" || got.at("state.volume") != 0.75 {
			t.Errorf("bob heard %v, %v", got, err)
		}
	})
}

func TestClientsOnlyListen(t *testing.T) {
	h := oneNode(t)
	ada, bob := h.register("ada"), h.register("bob")
	adas, bobs := ada.listen(""), bob.listen("")
	for i, command := range []string{
		`"publish":{"channel":"user:1","data":{}}`, `"publish":{"channel":"user:2","data":{}}`, `"subscribe":{"channel":"user:1"}`,
		`"presence":{"channel":"user:1"}`, `"history":{"channel":"user:1"}`, `"rpc":{"method":"anything"}`,
	} {
		bobs.say(fmt.Sprintf(`{"id":%d,%s}`, i+2, command))
		if got, err := bobs.next(); err != nil || got.at("error.code") == nil {
			t.Errorf("%s: %v, %v", command, got, err)
		}
	}
	ada.call(http.MethodPost, "/playback/state", `{"volume":0.25}`, 200)
	if got, err := adas.message(); err != nil || got.at("state.volume") != 0.25 {
		t.Errorf("ada heard %v, %v", got, err)
	}
}

func TestTheConnectionEndsWithTheSignIn(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		admin, ada := h.register("admin"), h.register("ada")
		here, there := ada.listen(""), ada.at(h.b()).listen("")
		ada.call(http.MethodPost, "/auth/logout", `{}`, 204)
		if code := here.closed(); code != 4501 {
			t.Errorf("on this node: %d", code)
		}
		if code := there.closed(); code != 4501 {
			t.Errorf("on the other node: %d", code)
		}
		bob := h.register("bob")
		made := bob.call(http.MethodPost, "/auth/api-keys", `{"name":"listens","scope":"read"}`, 201)
		key := member{h: h, url: h.b(), token: made.text("key")}
		byKey, bySession := key.listen(""), bob.at(h.b()).listen("")
		bob.call(http.MethodPost, "/playback/state", `{"volume":0.5}`, 200)
		byKey.await("playback", nil)
		bob.call(http.MethodDelete, "/auth/api-keys/"+made.text("apiKey.id"), "", 204)
		if code := byKey.closed(); code != 4501 {
			t.Errorf("by a key: %d", code)
		}
		admin.call(http.MethodPatch, "/users/"+bob.call(http.MethodGet, "/auth/profile", "", 200).text("user.id"), `{"disabled":true}`, 200)
		if code := bySession.closed(); code != 4501 {
			t.Errorf("of a disabled member: %d", code)
		}
	})
}

func TestTooMuchEndsTheConnection(t *testing.T) {
	h := oneNode(t)
	ada := h.register("ada")
	large := ada.listen("")
	large.say(`{"id":2,"rpc":{"method":"` + string(slices.Repeat([]byte("x"), 65<<10)) + `"}}`)
	if code := large.closed(); code != websocket.CloseMessageTooBig {
		t.Errorf("a message too large: %d", code)
	}
	many := ada.listen("")
	for i := range 400 {
		if err := many.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"id":%d,"rpc":{"method":"x"}}`, i+2)); err != nil {
			break // it is ended already
		}
	}
	if code := many.closed(); code != 3013 {
		t.Errorf("too many commands: %d", code)
	}
	var open []*listener
	for range 70 {
		l, _, err := ada.dial("")
		if err != nil {
			t.Fatal(err)
		}
		l.say(`{"id":1,"connect":{}}`)
		one, err := l.next()
		var end *websocket.CloseError
		if errors.As(err, &end) {
			if end.Code != 3504 {
				t.Errorf("too many connections: %d", end.Code)
			}
			return
		}
		if err != nil || one.at("connect") == nil {
			t.Fatalf("connect: %v, %v", one, err)
		}
		open = append(open, l)
	}
	t.Errorf("%d connections of one member", len(open))
}

func TestDevicesEditAQueueAtOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		ada := h.register("ada")
		song := ada.song("One")
		follower := ada.at(h.b()).listen("")
		const edits = 15
		var group sync.WaitGroup
		for _, node := range []string{h.a(), h.b()} {
			group.Go(func() {
				for range edits {
					ada.at(node).call(http.MethodPost, "/playback/queue", fmt.Sprintf(`{"edits":[{"op":"insert","songIds":[%d,%d]}]}`, song, song), 200)
				}
			})
		}
		group.Wait()
		whole := ada.call(http.MethodGet, "/playback/state", "", 200)
		entries := map[any]bool{}
		for _, item := range whole.at("state.queue").([]any) {
			entries[item.(map[string]any)["entryId"]] = true
		}
		if len(entries) != 4*edits {
			t.Errorf("%d entries, want %d", len(entries), 4*edits)
		}
		told := map[any]bool{}
		for len(told) < len(entries) {
			m := follower.await("playback", nil)
			for _, item := range m.at("edits.0.items").([]any) {
				told[item.(map[string]any)["entryId"]] = true
			}
		}
	})
}

func TestALongQueueIsLeftOut(t *testing.T) {
	h := oneNode(t)
	ada := h.register("ada")
	song := ada.song("One")
	ids := slices.Repeat([]int64{song}, 10_000)
	text, _ := json.Marshal(ids)
	here := ada.listen("")
	ada.call(http.MethodPost, "/playback/queue", `{"edits":[{"op":"insert","songIds":`+string(text)+`}]}`, 200)
	if got := here.await("playback", nil); got.at("edits") != nil || got.at("editsFrom") != 0.0 || got.at("state.queueRevision") != 1.0 {
		t.Errorf("heard: %v", got)
	}
	late := ada.listen("")
	if late.first.at("queueLeftOut") != true || late.first.at("state.queue") != nil || late.first.at("state.queueRevision") != 1.0 {
		t.Errorf("snapshot: %.300v", late.first)
	}
	ada.call(http.MethodPost, "/playback/queue", `{"edits":[{"op":"move","entryIds":[10000],"beforeEntryId":1}]}`, 200)
	if got := here.await("playback", nil); got.at("edits.0.entryIds.0") != 10000.0 {
		t.Errorf("heard: %v", got)
	}
	whole := ada.call(http.MethodGet, "/playback/state", "", 200)
	if n := len(whole.at("state.queue").([]any)); n != 10_000 || whole.at("state.queue.0.entryId") != 10000.0 {
		t.Errorf("%d in the queue", n)
	}
	if got := ada.call(http.MethodPost, "/playback/queue", fmt.Sprintf(`{"edits":[{"op":"insert","songIds":[%d]}]}`, song), 400); got.at("details.0.field") != "edits[0].songIds" {
		t.Errorf("one too many: %v", got)
	}
}

func TestAListenIsRecordedOnceByManyDevices(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *liveHouse) {
		ada := h.register("ada")
		song := ada.song("One")
		var group sync.WaitGroup
		for i := range 4 {
			group.Go(func() {
				ada.at(h.servers[i%len(h.servers)].URL).call(http.MethodPost, "/songs/record-listening", fmt.Sprintf(`{"songId":%d,"duration":2}`, song), 200)
			})
		}
		group.Wait()
		if got := ada.call(http.MethodGet, "/history", "", 200); got.at("total") != 1.0 {
			t.Errorf("history: %v", got)
		}
		if got := ada.call(http.MethodGet, fmt.Sprintf("/songs/%d", song), "", 200); got.at("song.plays") != 1.0 {
			t.Errorf("plays: %v", got.at("song.plays"))
		}
	})
}
