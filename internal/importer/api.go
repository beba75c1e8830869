package importer

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// api asks the server.
type api struct {
	server string
	token  string
	client *http.Client
}

// upload is what the server says of one.
type upload struct {
	ID          int64  `json:"id"`
	Fingerprint string `json:"fingerprint"`
	Offset      int64  `json:"offset"`
	State       string `json:"state"`
	Reason      string `json:"reason"`
	SongID      *int64 `json:"songId"`
}

func (u upload) open() bool { return u.State == "receiving" || u.State == "processing" }

// errToken ends an import: no other file would be taken either.
var errToken = errors.New("the server does not accept the token (an access token lives for minutes: make an API key for long imports)")

// problem is an answer that is no success, or none.
type problem struct {
	status  int // 0 without an answer
	message string
	after   time.Duration
	again   bool // trying again may help
}

func (p *problem) Error() string { return p.message }

func temporary(err error) bool {
	var p *problem
	return errors.As(err, &p) && p.again
}

func retryAfter(err error) time.Duration {
	var p *problem
	if errors.As(err, &p) {
		return p.after
	}
	return 0
}

// request is one question; an answer of another status than these is a problem.
type request struct {
	method, path string
	header       map[string]string
	body         io.Reader
	length       int64
	want         []int
}

// ask reads the answer into the value where there is one.
func (a *api) ask(ctx context.Context, q request, into any) (http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, q.method, a.server+q.path, q.body)
	if err != nil {
		return nil, err
	}
	r.ContentLength = q.length
	r.Header.Set("Authorization", "Bearer "+a.token)
	r.Header.Set("Tus-Resumable", "1.0.0")
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	answered, err := a.client.Do(r)
	if err != nil {
		return nil, unreachable(ctx, err)
	}
	defer func() { _ = answered.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answered.Body, 16<<20))
	if err != nil {
		return nil, unreachable(ctx, err)
	}
	if !slices.Contains(q.want, answered.StatusCode) {
		return nil, refusal(answered, text)
	}
	if into == nil || len(text) == 0 {
		return answered.Header, nil
	}
	if err := json.Unmarshal(text, into); err != nil {
		return nil, fmt.Errorf("%s answers no JSON: is it a Hathor server?", a.server)
	}
	return answered.Header, nil
}

func unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var where *url.Error
	if errors.As(err, &where) {
		err = where.Err // without the address, which everybody knows
	}
	return &problem{message: "the server does not answer: " + err.Error(), again: true}
}

func refusal(answered *http.Response, text []byte) error {
	if answered.StatusCode == http.StatusUnauthorized {
		return errToken
	}
	var said struct {
		Error, Code string
		Details     []struct{ Message string }
	}
	p := &problem{status: answered.StatusCode, message: answered.Status}
	if json.Unmarshal(text, &said) == nil && said.Error != "" {
		p.message = said.Error
		for _, d := range said.Details {
			p.message += "; " + d.Message
		}
	}
	switch {
	case said.Code == "upload_locked", said.Code == "wrong_offset", said.Code == "body_incomplete",
		answered.StatusCode == http.StatusTooManyRequests, answered.StatusCode >= http.StatusInternalServerError:
		p.again = true
	}
	if seconds, err := strconv.Atoi(answered.Header.Get("Retry-After")); err == nil {
		p.after = time.Duration(seconds) * time.Second
	}
	return p
}

// limit is how large a file may be.
func (a *api) limit(ctx context.Context) (int64, error) {
	h, err := a.ask(ctx, request{method: http.MethodOptions, path: "/api/uploads", want: []int{http.StatusNoContent}}, nil)
	if err != nil {
		return 0, err
	}
	most, err := strconv.ParseInt(h.Get("Tus-Max-Size"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s takes no resumable uploads: is it a Hathor server?", a.server)
	}
	return most, nil
}

// list reads what the server knows of uploads, the newest of each fingerprint.
func (a *api) list(ctx context.Context) (map[string]upload, error) {
	known := map[string]upload{}
	for cursor := ""; ; {
		var page struct {
			Uploads    []upload
			NextCursor *string
		}
		query := url.Values{"limit": {"500"}}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		if _, err := a.ask(ctx, request{method: http.MethodGet, path: "/api/uploads?" + query.Encode(), want: []int{http.StatusOK}}, &page); err != nil {
			return nil, err
		}
		for _, u := range page.Uploads {
			if _, newer := known[u.Fingerprint]; !newer && u.Fingerprint != "" {
				known[u.Fingerprint] = u
			}
		}
		if page.NextCursor == nil {
			return known, nil
		}
		cursor = *page.NextCursor
	}
}

// create announces a file; with a body it is sent along, and the answer has the outcome.
func (a *api) create(ctx context.Context, fields map[string]string, size int64, body io.Reader) (upload, error) {
	var pairs []string
	for name, value := range fields {
		pairs = append(pairs, name+" "+base64.StdEncoding.EncodeToString([]byte(value)))
	}
	q := request{method: http.MethodPost, path: "/api/uploads", want: []int{http.StatusCreated}, header: map[string]string{
		"Upload-Length": strconv.FormatInt(size, 10), "Upload-Metadata": strings.Join(pairs, ","),
	}}
	if body != nil && size > 0 {
		q.body, q.length = body, size
		q.header["Content-Type"] = "application/offset+octet-stream"
	}
	u := upload{State: "receiving"}
	h, err := a.ask(ctx, q, &u)
	if err != nil {
		return upload{}, err
	}
	if u.ID == 0 {
		u.ID, err = strconv.ParseInt(path.Base(h.Get("Location")), 10, 64)
	}
	return u, err
}

func uploadPath(id int64) string { return "/api/uploads/" + strconv.FormatInt(id, 10) }

func (a *api) get(ctx context.Context, id int64) (u upload, err error) {
	_, err = a.ask(ctx, request{method: http.MethodGet, path: uploadPath(id), want: []int{http.StatusOK}}, &u)
	return u, err
}

// offset asks how far an upload is; that also ends a connection of which the server does not know that it is dead.
func (a *api) offset(ctx context.Context, id int64) (int64, error) {
	h, err := a.ask(ctx, request{method: http.MethodHead, path: uploadPath(id), want: []int{http.StatusOK}}, nil)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(h.Get("Upload-Offset"), 10, 64)
}

func (a *api) append(ctx context.Context, id, offset, length int64, body io.Reader) error {
	if length == 0 {
		body = bytes.NewReader(nil)
	}
	_, err := a.ask(ctx, request{
		method: http.MethodPatch, path: uploadPath(id), body: body, length: length, want: []int{http.StatusNoContent},
		header: map[string]string{"Upload-Offset": strconv.FormatInt(offset, 10), "Content-Type": "application/offset+octet-stream"},
	}, nil)
	return err
}
