package httpapi

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"hathor/internal/clock"
)

// recorder notes what is answered and moves the connection's deadlines on with its progress. It hands
// files on as files, so that the kernel can send them (sendfile).
type recorder struct {
	http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
	status   int
	bytes    int64
	hijacked bool
	moved    time.Time   // when the deadline of writes was last moved on; zero where there is none
	over     atomic.Bool // no deadline is moved on any more
}

func newRecorder(w http.ResponseWriter, patience time.Duration) *recorder {
	return &recorder{ResponseWriter: w, control: http.NewResponseController(w), patience: patience}
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	r.start()
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// piece is how much of a file must get through within the patience: slower than this is stalled.
const piece = 256 << 10

// ReadFrom sends src in pieces, so that a long file may take as long as it likes while it moves.
func (r *recorder) ReadFrom(src io.Reader) (total int64, err error) {
	target, ok := r.ResponseWriter.(io.ReaderFrom)
	if !ok {
		return io.Copy(struct{ io.Writer }{r}, src)
	}
	// A file is only sent by the kernel when it is at most one LimitedReader deep.
	left, limited := src.(*io.LimitedReader)
	if !limited {
		left = &io.LimitedReader{R: src, N: 1<<63 - 1}
	}
	for left.N > 0 {
		r.start()
		want := min(piece, left.N)
		n, err := target.ReadFrom(&io.LimitedReader{R: left.R, N: want})
		total, left.N, r.bytes = total+n, left.N-n, r.bytes+n
		if err != nil || n < want {
			return total, err
		}
	}
	return total, nil
}

// start notes that an answer begins or goes on.
func (r *recorder) start() {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	r.allowWrite(r.patience)
}

// Flush sends what is buffered.
func (r *recorder) Flush() {
	r.start()
	_ = r.control.Flush()
}

// Hijack gives the connection away; from then on its deadlines are its taker's.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	connection, buffer, err := r.control.Hijack()
	r.hijacked = err == nil
	if r.hijacked && r.status == 0 {
		r.status = http.StatusSwitchingProtocols // its taker says so
	}
	return connection, buffer, err
}

// fine is the part of the patience that a deadline may lag behind, which spares moving it with every write.
const fine = 64

// allowWrite gives the client d from now to take what is written; 0 is for ever. Writers without
// deadlines, in tests, have none to move.
func (r *recorder) allowWrite(d time.Duration) {
	if r.hijacked || r.over.Load() {
		return
	}
	if d == 0 {
		r.moved = time.Time{}
		_ = r.control.SetWriteDeadline(r.moved)
		return
	}
	now := clock.System{}.Now()
	if lag := now.Sub(r.moved); lag >= 0 && lag < d/fine {
		return
	}
	r.moved = now
	_ = r.control.SetWriteDeadline(now.Add(d))
}

// cut lets every write fail from now on. It may be called while another goroutine writes; one that has just
// moved the deadline on is met by the next call.
func (r *recorder) cut() {
	r.over.Store(true)
	_ = r.control.SetWriteDeadline(after(-time.Second))
}

// recorderOf finds the recorder below other wrappers; where there is none, as in tests, one of its own.
func recorderOf(w http.ResponseWriter) *recorder {
	for inner := w; ; {
		if found, ok := inner.(*recorder); ok {
			return found
		}
		wrapper, ok := inner.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return newRecorder(w, 0)
		}
		inner = wrapper.Unwrap()
	}
}

// after is a moment on the machine's clock, which the kernel's deadlines go by.
func after(d time.Duration) time.Time {
	if d == 0 {
		return time.Time{}
	}
	return clock.System{}.Now().Add(d)
}

const (
	bodyGrace = 30 * time.Second // to send a body, and
	bodyRate  = 16 << 10         // a second more for each of so many bytes
)

// patientBody reads a request's body and gives up on a client that stalls or drips.
type patientBody struct {
	io.ReadCloser
	control  *http.ResponseController
	patience time.Duration
	begun    time.Time
	read     int64
}

func (b *patientBody) Read(p []byte) (int, error) {
	if b.begun.IsZero() {
		b.begun = clock.System{}.Now()
	}
	deadline := b.begun.Add(min(bodyGrace, b.patience) + time.Duration(b.read/bodyRate)*time.Second)
	if stalled := after(b.patience); stalled.Before(deadline) {
		deadline = stalled
	}
	_ = b.control.SetReadDeadline(deadline)
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	if errors.Is(err, io.EOF) {
		// A deadline that passes while the request is worked on would count as the client gone.
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}
