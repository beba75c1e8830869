package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// everyAnswer are the header fields that no answer may lack.
var everyAnswer = []string{
	"Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
	"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id",
}

// client asks a server as one user, or as nobody without a token.
type client struct {
	t       testing.TB
	url     string // of the server
	token   string
	refresh string
	cookie  *http.Cookie // of the web client's session, instead of tokens
}

// reply is an answer, read to its end.
type reply struct {
	method string
	status int
	header http.Header
	body   []byte
}

// sendOnce asks and reads the answer. An error means that none arrived whole.
func (c *client) sendOnce(method, path, media string, body io.Reader) (reply, error) {
	if media == "" {
		return c.sendWith(method, path, body)
	}
	return c.sendWith(method, path, body, "Content-Type", media)
}

// sendWith is sendOnce with header fields as pairs of name and value.
func (c *client) sendWith(method, path string, body io.Reader, headers ...string) (reply, error) {
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, body)
	if err != nil {
		return reply{}, err
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.cookie != nil {
		request.AddCookie(c.cookie)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	return reply{method, answer.StatusCode, answer.Header, text}, err
}

// tus asks in the protocol of resumable uploads.
func (c *client) tus(method, path string, body io.Reader, headers ...string) reply {
	c.t.Helper()
	r, err := c.sendWith(method, path, body, append(headers, "Tus-Resumable", "1.0.0")...)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	r.check(c.t, method+" "+path)
	return r
}

// send is sendOnce for a server that must answer, in the manner every answer has.
func (c *client) send(method, path, media string, body io.Reader) reply {
	c.t.Helper()
	r, err := c.sendOnce(method, path, media, body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	r.check(c.t, method+" "+path)
	return r
}

// ask sends JSON, or no body where it is empty.
func (c *client) ask(method, path, body string) reply {
	c.t.Helper()
	if body == "" {
		return c.send(method, path, "", nil)
	}
	return c.send(method, path, "application/json", strings.NewReader(body))
}

// want asks, expects the status, and reads the answer into the value where there is one.
func (c *client) want(status int, method, path, body string, into ...any) reply {
	c.t.Helper()
	r := c.ask(method, path, body)
	if r.status != status {
		c.t.Fatalf("%s %s %s: got %d, want %d: %.500s", method, path, body, r.status, status, r.body)
	}
	for _, value := range into {
		if err := json.Unmarshal(r.body, value); err != nil {
			c.t.Fatalf("%s %s: %v in %.500s", method, path, err, r.body)
		}
	}
	return r
}

// upload sends a file, with form fields as pairs of name and value.
func (c *client) upload(name string, file []byte, fields ...string) reply {
	c.t.Helper()
	media, body := form(c.t, name, file, fields...)
	return c.send(http.MethodPost, "/api/songs/upload", media, bytes.NewReader(body))
}

func form(t testing.TB, name string, file []byte, fields ...string) (media string, body []byte) {
	t.Helper()
	var buffer bytes.Buffer
	w := multipart.NewWriter(&buffer)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("audio", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), buffer.Bytes()
}

// uploaded is what the tests look at of an answer to an upload.
type uploaded struct {
	Song struct {
		ID, AlbumID, LibraryID int64
		Title                  string
		CoverURL               *string
		Artists                []struct{ ID int64 }
	}
	Duplicate bool
	Notes     []string
}

// add uploads a file that must be taken as a new song.
func (c *client) add(file []byte, fields ...string) uploaded {
	c.t.Helper()
	r := c.upload("song.wav", file, fields...)
	var done uploaded
	if err := json.Unmarshal(r.body, &done); err != nil || r.status != http.StatusCreated {
		c.t.Fatalf("upload: got %d %.500s, %v", r.status, r.body, err)
	}
	return done
}

const password = "Correct1horse"

// register makes an account and returns its client.
func register(t testing.TB, url, name string) *client {
	t.Helper()
	c := &client{t: t, url: url}
	c.grant(http.StatusCreated, "/api/auth/register", fmt.Sprintf(`{"username":%q,"email":"%s@example.org","password":%q}`, name, name, password))
	return c
}

// again is another session of the same user.
func (c *client) again(name string) *client {
	c.t.Helper()
	other := &client{t: c.t, url: c.url}
	other.grant(http.StatusOK, "/api/auth/login", fmt.Sprintf(`{"username":%q,"password":%q}`, name, password))
	return other
}

// web is another session of the same user, kept as the web client keeps it.
func (c *client) web(name string) *client {
	c.t.Helper()
	other := &client{t: c.t, url: c.url}
	r := other.want(http.StatusOK, http.MethodPost, "/api/auth/login", fmt.Sprintf(`{"username":%q,"password":%q,"client":"web"}`, name, password))
	cookies := (&http.Response{Header: r.header}).Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || strings.Contains(string(r.body), "oken") {
		c.t.Fatalf("the web client got %v and %s", cookies, r.body)
	}
	other.cookie = cookies[0]
	return other
}

func (c *client) grant(status int, path, body string) {
	c.t.Helper()
	var grant struct{ Token, RefreshToken string }
	c.want(status, http.MethodPost, path, body, &grant)
	c.token, c.refresh = grant.Token, grant.RefreshToken
}

// check finds what no answer of the server may be or lack.
func (r reply) check(t testing.TB, of string) {
	t.Helper()
	for _, name := range everyAnswer {
		if r.header.Get(name) == "" {
			t.Errorf("%s: %s is missing", of, name)
		}
	}
	if r.status >= http.StatusInternalServerError {
		t.Errorf("%s: got %d: %.500s", of, r.status, r.body)
	}
	if r.status < http.StatusBadRequest || r.method == http.MethodHead || !strings.Contains(of, " /api") {
		return
	}
	var problem struct{ Error, Code string }
	if err := json.Unmarshal(r.body, &problem); err != nil || problem.Error == "" || problem.Code == "" {
		t.Errorf("%s: %d is not in our shape: %.500s", of, r.status, r.body)
	}
	if got := r.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("%s: Content-Type of the error: %q", of, got)
	}
}
