package httpapi_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

func TestDetailsAndLyricsOfASong(t *testing.T) {
	eachDoor(t, func(d *door) {
		tags := mediatest.Tags{Title: "One", Artists: []string{"Ada"}, Album: "Lines", TrackTotal: 9, Track: 1, Lyrics: "All night"}
		song := d.expect(d.upload(bob, "x.flac", mediatest.FLAC(tags, time.Second, 440)), http.StatusCreated).Song
		one := fmt.Sprintf("/songs/%d", song.ID)
		if got := d.text(bob, one); !strings.Contains(got, `"trackTotal":9`) || !strings.Contains(got, `"hasLyrics":true`) || !strings.Contains(got, `"replayGain":null`) {
			d.t.Errorf("details are %s", got)
		}
		if got := d.text(bob, one+"/lyrics"); !strings.Contains(got, `"plain":"All night"`) || !strings.Contains(got, `"synced":false`) || !strings.Contains(got, `"lines":[]`) {
			d.t.Errorf("lyrics are %s", got)
		}
		d.expect(d.ask(bob, http.MethodGet, "/songs/999/lyrics", ""), http.StatusNotFound)
		private := d.expect(d.upload(bob, "y.flac", mediatest.FLAC(tags, 2*time.Second, 330), "private", "true"), http.StatusCreated).Song
		d.expect(d.ask(cyd, http.MethodGet, fmt.Sprintf("/songs/%d/lyrics", private.ID), ""), http.StatusNotFound)
		d.expect(d.ask(nobody, http.MethodGet, one+"/lyrics", ""), http.StatusUnauthorized)
	})
}

func TestMissingSongsOverTheAPI(t *testing.T) {
	eachDoor(t, func(d *door) {
		scan := func() {
			d.expect(d.ask(ada, http.MethodPost, "/library/scan", ""), http.StatusOK)
			d.scanner.Wait()
		}
		for n, title := range []string{"Stays", "One", "Two"} {
			d.must(os.WriteFile(filepath.Join(d.music, title+".wav"), wav(title, n+3), 0o644))
		}
		scan()
		for _, title := range []string{"One", "Two"} {
			d.must(os.Remove(filepath.Join(d.music, title+".wav")))
		}
		scan()
		gone := d.expect(d.ask(ada, http.MethodGet, "/library/missing", ""), http.StatusOK)
		if gone.Total != 2 || len(gone.Songs) != 2 {
			d.t.Fatalf("missing are %+v", gone)
		}
		d.expect(d.ask(bob, http.MethodGet, "/library/missing", ""), http.StatusForbidden)
		d.expect(d.ask(bob, http.MethodDelete, "/library/missing?all=true", ""), http.StatusForbidden)
		for _, query := range []string{"", "?all=true&ids=1"} {
			if a := d.ask(ada, http.MethodDelete, "/library/missing"+query, ""); a.Status != http.StatusBadRequest || len(a.Details) != 1 {
				d.t.Errorf("%q: %+v", query, a)
			}
		}
		d.expect(d.ask(ada, http.MethodDelete, fmt.Sprintf("/library/missing?ids=%d", gone.Songs[0].ID), ""), http.StatusOK)
		if got := d.text(ada, "/library/missing"); !strings.Contains(got, `"total":1`) || !strings.Contains(got, gone.Songs[1].Title+".wav") {
			d.t.Errorf("left are %s", got)
		}
		d.expect(d.ask(ada, http.MethodDelete, "/library/missing?all=true", ""), http.StatusOK)
		d.expect(d.ask(ada, http.MethodDelete, "/library/missing?all=true", ""), http.StatusOK)
		wantLines(d.t, auditLines(d.t, d.accounts, "library.clean"), "library.clean ok ada : map[songs:1]", "library.clean ok ada : map[songs:1]")
	})
}

// TestASongThatIsBackIsNotForgotten puts a file back before the admin who still sees it as missing cleans up.
func TestASongThatIsBackIsNotForgotten(t *testing.T) {
	eachDoor(t, func(d *door) {
		scan := func() {
			d.expect(d.ask(ada, http.MethodPost, "/library/scan", ""), http.StatusOK)
			d.scanner.Wait()
		}
		one := filepath.Join(d.music, "One.wav")
		for n, title := range []string{"Stays", "One", "Two"} {
			d.must(os.WriteFile(filepath.Join(d.music, title+".wav"), wav(title, n+3), 0o644))
		}
		scan()
		d.must(os.Rename(one, one+".away"))
		d.must(os.Remove(filepath.Join(d.music, "Two.wav")))
		scan()
		d.must(os.Rename(one+".away", one))
		if got := d.ask(ada, http.MethodDelete, "/library/missing?all=true", ""); got.Status != http.StatusOK {
			d.t.Errorf("cleaned: %+v", got)
		}
		gone := d.expect(d.ask(ada, http.MethodGet, "/library/missing", ""), http.StatusOK)
		if gone.Total != 1 || gone.Songs[0].Title != "One" {
			d.t.Errorf("missing are %+v", gone)
		}
	})
}
