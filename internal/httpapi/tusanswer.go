package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/tus/tusd/v2/pkg/handler"

	"hathor/internal/fault"
)

// tusWriter puts our words into the place of tusd's, and adds what tusd does not say. Deadlines are the
// recorder's business alone.
type tusWriter struct {
	http.ResponseWriter
	task    *tusTask
	refused bool
}

// SetReadDeadline does nothing: see patientBody.
func (t *tusWriter) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing: see recorder.
func (t *tusWriter) SetWriteDeadline(time.Time) error { return nil }

// WriteHeader adds the state of the upload to a success.
func (t *tusWriter) WriteHeader(status int) {
	h := t.Header()
	if status >= http.StatusBadRequest && strings.HasPrefix(h.Get("Content-Type"), "text/plain") {
		t.refused = true
		h.Del("Content-Length")
		h.Del("Location")
		return // Write has the word
	}
	if a := t.task.arrival; a.ID != 0 && status < http.StatusMultipleChoices {
		if h.Get("Location") != "" {
			h.Set("Location", uploadsPath+strconv.FormatInt(int64(a.ID), 10)) // whatever a proxy calls this server
		}
		h.Set(stateHeader, string(a.State))
		if a.Song != 0 {
			h.Set(songHeader, strconv.FormatInt(int64(a.Song), 10))
		}
		if !a.State.Settled() {
			h.Set(expireHeader, a.ExpiresAt.UTC().Format(http.TimeFormat))
		}
	}
	t.ResponseWriter.WriteHeader(status)
}

// Write sends a body of ours, and our words for one of tusd's.
func (t *tusWriter) Write(p []byte) (int, error) {
	if !t.refused {
		return t.ResponseWriter.Write(p)
	}
	code, _, _ := strings.Cut(string(p), ":")
	known, ok := tusFaults[code]
	if !ok {
		known = fault.New(fault.Internal, "internal", "Internal server error").Because(errors.New(string(p)))
	}
	writeError(t.task.r.Context(), t.ResponseWriter, known)
	return len(p), nil
}

var errPieceCut = fault.New(fault.Invalid, "body_incomplete", "The piece did not arrive whole; what arrived is kept")

// tusFaults are tusd's own errors in our words.
var tusFaults = map[string]*fault.Error{
	"ERR_UNSUPPORTED_VERSION":   fault.New(fault.Precondition, "tus_version", "The header Tus-Resumable must be "+tusVersion),
	"ERR_INVALID_UPLOAD_LENGTH": fault.Validation(fault.Detail{Field: "Upload-Length", Message: "Must be a whole number of bytes"}),
	"ERR_INVALID_OFFSET":        fault.Validation(fault.Detail{Field: "Upload-Offset", Message: "Must be a whole number of bytes"}),
	"ERR_MAX_SIZE_EXCEEDED":     fault.New(fault.TooLarge, "file_too_large", "The file is too large"),
	"ERR_UPLOAD_SIZE_EXCEEDED":  fault.New(fault.TooLarge, "piece_too_large", "The piece goes beyond the announced length"),
	"ERR_MISMATCHED_OFFSET":     fault.New(fault.Conflict, "wrong_offset", "The piece does not begin where the upload ends"),
	"ERR_NOT_IMPLEMENTED":       fault.New(fault.Invalid, "not_supported", "This part of the protocol is not supported"),
	"ERR_UNEXPECTED_EOF":        errPieceCut,
	"ERR_CONNECTION_RESET":      errPieceCut,
	"ERR_READ_TIMEOUT":          errSlowBody,
}

// tusError wraps an error of ours so that tusd answers it as it is.
func tusError(ctx context.Context, err error) error {
	p := problem(ctx, err)
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return handler.Error{ErrorCode: p.Code, Message: p.Message, HTTPResponse: handler.HTTPResponse{
		StatusCode: p.status, Body: string(text) + "\n",
		Header: handler.HTTPHeader{"Content-Type": "application/json", "Cache-Control": "no-store"},
	}}
}

// tusOperation is what the document says of a route of the protocol.
type tusOperation struct {
	ok     int
	id     bool
	body   string // "optional", "required" or empty
	view   bool   // a success may have a body
	header []string
	errors []int
}

func (t tusOperation) describe(a *api) *huma.Operation {
	described := &huma.Operation{Responses: map[string]*huma.Response{}}
	if t.view {
		described.Responses[strconv.Itoa(t.ok)] = answerOf[oneResumableView](a, "The upload, with its outcome where the first piece was all of it")
	} else {
		described.Responses[strconv.Itoa(t.ok)] = &huma.Response{Description: "See the tus protocol 1.0"}
	}
	if t.id {
		one := 1.0
		described.Parameters = append(described.Parameters, &huma.Param{Name: "id", In: "path", Required: true,
			Schema: &huma.Schema{Type: huma.TypeInteger, Format: "int64", Minimum: &one}})
	}
	for _, name := range t.header {
		described.Parameters = append(described.Parameters, &huma.Param{Name: name, In: "header", Schema: &huma.Schema{Type: huma.TypeString}})
	}
	if t.body != "" {
		described.RequestBody = &huma.RequestBody{Required: t.body == "required", Content: map[string]*huma.MediaType{tusPiece: {}}}
	}
	for _, status := range append(t.errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests) {
		describeError(a, described, status)
	}
	return described
}
