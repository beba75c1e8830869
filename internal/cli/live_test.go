package cli

import (
	"fmt"
	"net/http"
	"testing"
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
