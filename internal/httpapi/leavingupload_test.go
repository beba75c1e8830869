package httpapi_test

import (
	"io"
	"mime/multipart"
	"net/http"
	"testing"
)

// leave deletes bob's account.
func (d *door) leave() {
	d.t.Helper()
	d.expect(d.ask(freshAda, "DELETE", "/users/2?uploads=delete", ""), http.StatusNoContent)
}

// wantNothing looks for what an upload of nobody has left behind, after the sweeps.
func (d *door) wantNothing() {
	d.t.Helper()
	d.must(d.inbox.Sweep(d.t.Context()))
	_, err := d.service.Sweep(d.t.Context(), 0)
	d.must(err)
	if d.received() != 0 || d.kept() != "[]" {
		d.t.Errorf("%d bytes are left, kept %s", d.received(), d.kept())
	}
}

func TestPieceOfADeletedAccount(t *testing.T) {
	eachDoor(t, func(d *door) {
		c, file := d.tus(bob), wav("One", 20)
		waiting, arriving := c.begin(len(file)), c.begin(len(file))
		c.patch(waiting, 0, file[:1000])
		piece := c.slowly(arriving, len(file), file[:1000])
		d.leave()
		_, err := piece.pipe.Write(file[1000:])
		d.must(err)
		d.must(piece.pipe.Close())
		if a, ok := <-piece.answer; !ok || a.status != http.StatusNotFound || a.problem != "not_found" {
			d.t.Errorf("the piece under way gives %d %s", a.status, a.problem)
		}
		if a := c.patch(waiting, 1000, file[1000:]); a.status != http.StatusNotFound {
			d.t.Errorf("the next piece gives %d", a.status)
		}
		d.wantNothing()
	})
}

func TestFormOfADeletedAccount(t *testing.T) {
	for _, private := range []string{"false", "true"} {
		eachDoor(t, func(d *door) {
			file := wav("One", 20)
			body, pipe := io.Pipe()
			form := multipart.NewWriter(pipe)
			answer := make(chan reply, 1)
			go func() { answer <- d.send(bob, d.formRequest(body, form.FormDataContentType())) }()
			d.must(form.WriteField("private", private))
			part, err := form.CreateFormFile("audio", "x.wav")
			d.must(err)
			_, err = part.Write(file[:10000])
			d.must(err)
			d.leave()
			_, err = part.Write(file[10000:])
			d.must(err)
			d.must(form.Close())
			d.must(pipe.Close())
			if a := <-answer; a.Status != http.StatusNotFound || a.Code != "not_found" {
				d.t.Errorf("private %s: got %d %s %s", private, a.Status, a.Code, a.Error)
			}
			d.wantNothing()
		})
	}
}
