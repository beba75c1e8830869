package programs

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// Server is a running hathor with one account, the admin's.
type Server struct {
	*process
	Address string        // host:port
	Started time.Duration // from the start of the process to its first answer
	Cookie  string        // of the admin's session, as a browser sends it
}

// Home is what a server runs on: its binary, its data folder and its surroundings.
type Home struct {
	Binary      string
	Data        string
	Environment []string
}

// The account of every server.
const (
	username = "admin"
	password = "Bench-password-1"
)

// environment is the server's, with limits so high that they are counted and never reached.
func (h Home) environment() []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "HOST=127.0.0.1", "PORT=0", "DATA_DIR=" + h.Data,
		"RATE_LIMIT_ANONYMOUS=1000000000/1m", "RATE_LIMIT_AUTH=1000000000/1h", "RATE_LIMIT_USER=1000000000/1m",
	}, h.Environment...)
}

// MakeAdmin makes the account before the server runs for the first time.
func (h Home) MakeAdmin(ctx context.Context) error {
	command := exec.CommandContext(ctx, h.Binary, "user", "create", username, "--email", "admin@example.org", "--password-stdin")
	command.Env, command.Stdin = h.environment(), strings.NewReader(password+"\n")
	command.Dir = filepath.Dir(h.Data)
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("make the account: %w\n%s", err, said)
	}
	return nil
}

// listens finds the address in what the server prints when it is ready.
var listens = regexp.MustCompile(`listens on http://([0-9.]+:\d+)`)

// Start runs the server and returns when it has answered for the first time. Whoever starts it ends it.
func (h Home) Start() (_ *Server, err error) {
	reading, writing, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make a pipe: %w", err)
	}
	defer func() { _ = reading.Close() }()
	command := exec.Command(h.Binary, "serve")
	command.Env, command.Dir = h.environment(), filepath.Dir(h.Data)
	began := time.Now()
	p, err := begin("hathor", h.Data+".log", writing, command)
	_ = writing.Close()
	if err != nil {
		return nil, err
	}
	s := &Server{process: p}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.End())
		}
	}()
	line, err := bufio.NewReader(reading).ReadString('\n')
	found := listens.FindStringSubmatch(line)
	if err != nil || found == nil {
		return s, fmt.Errorf("hathor did not start: %q\n%s", line, p.tail())
	}
	s.Address = found[1]
	err = p.await(func() error { return s.ask(http.MethodGet, "/api/health/live", "", nil) })
	s.Started = time.Since(began)
	return s, err
}

// SignIn signs the admin in as the web client does.
func (s *Server) SignIn() error {
	return s.ask(http.MethodPost, "/api/auth/login", `{"username":"`+username+`","password":"`+password+`","client":"web"}`,
		func(answer *http.Response, _ []byte) error {
			for _, c := range answer.Cookies() {
				s.Cookie = c.Name + "=" + c.Value
			}
			if s.Cookie == "" {
				return errors.New("signed in without a cookie")
			}
			return nil
		})
}

// Get asks as the admin and hands the body to take.
func (s *Server) Get(path string, take func(body []byte) error) error {
	return s.ask(http.MethodGet, path, "", func(_ *http.Response, body []byte) error { return take(body) })
}

// Post asks as the admin for something to be done.
func (s *Server) Post(path string) error { return s.ask(http.MethodPost, path, "", nil) }

// FirstByte is the time from asking to the first byte of the body. It returns when the body has ended, so that nothing
// goes on in the server.
func (s *Server) FirstByte(ctx context.Context, path string) (took time.Duration, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.Address+path, http.NoBody)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Cookie", s.Cookie)
	began := time.Now()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode >= 300 {
		return 0, &StatusError{answer.StatusCode, fmt.Sprintf("GET %s: %s", path, answer.Status)}
	}
	_, err = io.ReadFull(answer.Body, make([]byte, 1))
	took = time.Since(began)
	if err == nil {
		_, err = io.Copy(io.Discard, answer.Body)
	}
	return took, err
}

func (s *Server) ask(method, path, body string, take func(*http.Response, []byte) error) error {
	request, err := http.NewRequest(method, "http://"+s.Address+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	if s.Cookie != "" {
		request.Header.Set("Cookie", s.Cookie)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if answer.StatusCode >= 300 {
		return &StatusError{answer.StatusCode, fmt.Sprintf("%s %s: %s: %s", method, path, answer.Status, bytes.TrimSpace(text))}
	}
	if take == nil {
		return nil
	}
	return take(answer, text)
}

// StatusError is an answer that is none of success.
type StatusError struct {
	Status int
	text   string
}

func (e *StatusError) Error() string { return e.text }

// End stops the server in good order.
func (s *Server) End() error { return s.end(syscall.SIGTERM) }

// PID is the process of the server.
func (s *Server) PID() int { return s.pid() }
