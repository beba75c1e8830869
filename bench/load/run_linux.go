package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"syscall"
	"time"
)

// patience is how long the run waits for any answer before it gives up.
const patience = 20 * time.Second

// Run sends until the measured time is over.
func Run(ctx context.Context, p Plan) (_ Result, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	r, err := newRun(p)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	if err := r.until(ctx, time.Now().Add(p.Warm), len(p.Requests)); err != nil {
		return Result{}, err
	}
	r.result, r.counts = Result{}, true
	r.mark()
	began := time.Now()
	if err := r.until(ctx, began.Add(p.Measured), 1); err != nil {
		return Result{}, err
	}
	r.result.Took = time.Since(began)
	r.mark()
	r.result.sort()
	return r.result, nil
}

type run struct {
	plan   Plan
	target syscall.Sockaddr
	poll   int
	lines  map[int32]*line // by descriptor
	next   int             // of the requests
	buffer []byte
	counts bool
	result Result
}

// line is one connection with its request under way.
type line struct {
	fd     int
	began  time.Time
	answer answer
}

func newRun(p Plan) (*run, error) {
	address, err := net.ResolveTCPAddr("tcp4", p.Address)
	if err != nil {
		return nil, fmt.Errorf("find the server: %w", err)
	}
	r := &run{plan: p, target: &syscall.SockaddrInet4{Port: address.Port, Addr: [4]byte(address.IP.To4())},
		lines: map[int32]*line{}, buffer: make([]byte, 256<<10)}
	if r.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return nil, fmt.Errorf("make an epoll: %w", err)
	}
	for range p.Connections {
		if err := r.dial(); err != nil {
			return nil, errors.Join(err, r.close())
		}
	}
	return r, nil
}

func (r *run) close() error {
	err := syscall.Close(r.poll)
	for _, l := range r.lines {
		err = errors.Join(err, syscall.Close(l.fd))
	}
	return err
}

func (r *run) mark() {
	if r.plan.Mark != nil {
		r.plan.Mark()
	}
}

// dial adds a connection and sends its first request.
func (r *run) dial() error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("make a socket: %w", err)
	}
	l := &line{fd: fd}
	r.lines[int32(fd)] = l
	if err := syscall.Connect(fd, r.target); err != nil {
		return fmt.Errorf("connect to %s: %w", r.plan.Address, err)
	}
	if err := errors.Join(syscall.SetNonblock(fd, true), syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)); err != nil {
		return fmt.Errorf("settle a socket: %w", err)
	}
	event := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)}
	if err := syscall.EpollCtl(r.poll, syscall.EPOLL_CTL_ADD, fd, &event); err != nil {
		return fmt.Errorf("watch a socket: %w", err)
	}
	return r.ask(l)
}

// ask sends the next request. Requests are small and one is under way at a time, so the kernel takes them whole.
func (r *run) ask(l *line) error {
	request := r.plan.Requests[r.next%len(r.plan.Requests)]
	r.next++
	l.answer.reset()
	l.began = time.Now()
	n, err := syscall.Write(l.fd, request)
	if err != nil || n != len(request) {
		return fmt.Errorf("send a request (%d of %d bytes): %w", n, len(request), errors.Join(err))
	}
	return nil
}

// until goes on to the end, and beyond it until so many were answered.
func (r *run) until(ctx context.Context, end time.Time, least int) error {
	events := make([]syscall.EpollEvent, 64)
	idle := time.Now()
	for time.Now().Before(end) || r.result.Answers < least {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := syscall.EpollWait(r.poll, events, 100)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return fmt.Errorf("wait for answers: %w", err)
		}
		if n > 0 {
			idle = time.Now()
		} else if time.Since(idle) > patience {
			return fmt.Errorf("no answer within %s to %q", patience, firstLine(r.plan.Requests[0]))
		}
		for _, e := range events[:n] {
			if err := r.read(r.lines[e.Fd]); err != nil {
				return err
			}
		}
	}
	return nil
}

// read takes what has come for a connection, and goes on to the next request when its answer is whole.
func (r *run) read(l *line) error {
	n, err := syscall.Read(l.fd, r.buffer)
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		return nil
	case err != nil:
		return fmt.Errorf("read an answer: %w", err)
	case n == 0:
		return fmt.Errorf("the server closed a connection amid the answer to %q", firstLine(r.plan.Requests[0]))
	}
	r.result.Bytes += int64(n)
	over, err := l.answer.take(r.buffer[:n])
	if err != nil {
		return err
	}
	if l.answer.status != 0 && l.answer.status != r.plan.Status {
		return fmt.Errorf("status %d instead of %d to %q", l.answer.status, r.plan.Status, firstLine(r.plan.Requests[0]))
	}
	if !over {
		return nil
	}
	r.result.Answers++
	if r.counts {
		r.result.times = append(r.result.times, time.Since(l.began))
	}
	if !l.answer.closes {
		return r.ask(l)
	}
	delete(r.lines, int32(l.fd))
	return errors.Join(syscall.Close(l.fd), r.dial())
}

func firstLine(request []byte) []byte {
	for i, c := range request {
		if c == '\r' {
			return request[:i]
		}
	}
	return request
}
