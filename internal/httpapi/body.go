package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"hathor/internal/fault"
)

var (
	errNotJSON  = fault.New(fault.Unsupported, "unsupported_media_type", "The body must be application/json")
	errTooLarge = fault.New(fault.TooLarge, "body_too_large", "The body is too large")
	errNoBody   = fault.New(fault.Invalid, "body_required", "A JSON body is required")
	errBadJSON  = fault.New(fault.Invalid, "invalid_json", "The body is not valid JSON")
	errTooDeep  = fault.New(fault.Invalid, "invalid_json", "The JSON is nested too deeply")
	errTwice    = fault.New(fault.Invalid, "invalid_json", "The JSON names a field twice")
	errBodyText = fault.New(fault.Invalid, "invalid_json", "The JSON holds characters that are no text")
	errCutShort = fault.New(fault.Invalid, "body_incomplete", "The body did not arrive whole")
	errSlowBody = fault.New(fault.Invalid, "body_too_slow", "The body did not arrive in time")
)

// deepestValue is how deep a JSON body may nest; ours nest four deep.
const deepestValue = 64

// checkBody reads the body of a JSON route, after its rule and before huma, and turns away what huma or
// encoding/json would let pass or would explain in words of their own.
func checkBody(limit int64, required bool) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, w := humachi.Unwrap(ctx)
		text, err := readJSON(w, r, limit)
		if errors.Is(err, errNoBody) && !required {
			err = nil
		}
		if err != nil {
			writeError(ctx.Context(), w, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
		next(ctx)
	}
}

func readJSON(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	if given := r.Header.Get("Content-Type"); given != "" || r.ContentLength != 0 {
		media, _, err := mime.ParseMediaType(given)
		if err != nil || media != "application/json" {
			return nil, errNotJSON
		}
	}
	if r.ContentLength > limit {
		return nil, errTooLarge
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, errNoBody
	}
	return text, wellFormed(text)
}

func unreadable(err error) error {
	var large *http.MaxBytesError
	var network net.Error
	switch {
	case errors.As(err, &large):
		return errTooLarge
	case errors.As(err, &network) && network.Timeout():
		return errSlowBody.Because(err)
	}
	return errCutShort.Because(err)
}

// wellFormed tells whether text is one JSON value of text in UTF-8, of bounded depth, no field twice.
func wellFormed(text []byte) error {
	if !utf8.Valid(text) {
		return errBodyText
	}
	s := jsonScan{decoder: json.NewDecoder(bytes.NewReader(text))}
	if err := s.value("", 0); err != nil {
		return err
	}
	if _, err := s.decoder.Token(); !errors.Is(err, io.EOF) {
		return errBadJSON
	}
	return nil
}

// jsonScan walks a value; path names the field it is in. A list's elements go by the list's name.
type jsonScan struct{ decoder *json.Decoder }

func (s *jsonScan) value(path string, depth int) error {
	token, err := s.decoder.Token()
	switch t := token.(type) {
	case string:
		if !isText(t) {
			return notText(path)
		}
	case json.Delim:
		if depth >= deepestValue {
			return errTooDeep
		}
		if t == '{' {
			return s.object(path, depth)
		}
		return s.array(path, depth)
	}
	if err != nil {
		return errBadJSON.Because(err)
	}
	return nil
}

func (s *jsonScan) array(path string, depth int) error {
	for s.decoder.More() {
		if err := s.value(path, depth+1); err != nil {
			return err
		}
	}
	return s.closed()
}

func (s *jsonScan) object(path string, depth int) error {
	seen := map[string]bool{}
	for s.decoder.More() {
		token, err := s.decoder.Token()
		name, ok := token.(string)
		switch {
		case err != nil || !ok:
			return errBadJSON.Because(err)
		case seen[name]:
			return errTwice
		case !isText(name):
			return errBodyText
		}
		seen[name] = true
		if err := s.value(join(path, name), depth+1); err != nil {
			return err
		}
	}
	return s.closed()
}

func (s *jsonScan) closed() error {
	if _, err := s.decoder.Token(); err != nil {
		return errBadJSON.Because(err)
	}
	return nil
}

// notText names the field whose text holds NUL.
func notText(path string) error {
	if path == "" {
		return errBodyText
	}
	return fault.Validation(fault.Detail{Field: path, Message: "Must be text"})
}
