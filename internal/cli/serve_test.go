package cli

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"

	"hathor/internal/clock"
	"hathor/internal/httpapi"
)

func TestShutdownFinishesWhatIsInFlight(t *testing.T) {
	arrived, finish := make(chan struct{}), make(chan struct{})
	a := &app{
		health: httpapi.NewHealth(clock.System{}, ""),
		handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(arrived)
			<-finish
			if r.Context().Err() != nil {
				return
			}
			_, _ = io.WriteString(w, "the whole answer")
		}),
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, signal := context.WithCancel(t.Context())
	restored, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- serve(ctx, func() { close(restored) }, listeners{plain: listener}, a, slog.New(slog.DiscardHandler))
	}()
	answered := make(chan string, 1)
	go func() {
		answer, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer func() { _ = answer.Body.Close() }()
		text, _ := io.ReadAll(answer.Body)
		answered <- string(text)
	}()
	<-arrived
	signal()
	<-restored
	select {
	case err := <-ended:
		t.Fatalf("the server ended with a request in flight: %v", err)
	default:
	}
	close(finish)
	if got := <-answered; got != "the whole answer" {
		t.Errorf("got %q", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
