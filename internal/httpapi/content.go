package httpapi

import (
	"io"
	"net/http"
	"time"
)

// serveContent answers a file, whole or by range. The errors of http.ServeContent are plain text: here they
// look like all others.
func serveContent(w http.ResponseWriter, r *http.Request, modifiedAt time.Time, file io.ReadSeeker) {
	http.ServeContent(&contentWriter{ResponseWriter: w}, r, "", modifiedAt, file)
}

// contentWriter puts our words into the place of http.ServeContent's.
type contentWriter struct {
	http.ResponseWriter
	refused bool
}

// WriteHeader answers a range that is not there.
func (c *contentWriter) WriteHeader(status int) {
	if status != http.StatusRequestedRangeNotSatisfiable {
		c.ResponseWriter.WriteHeader(status)
		return
	}
	c.refused = true
	c.Header().Del("Content-Disposition")
	writeProblem(c.ResponseWriter, errNoRange())
}

func errNoRange() *Problem {
	return &Problem{Message: "The file has no such range", Code: "range_not_satisfiable", status: http.StatusRequestedRangeNotSatisfiable}
}

// Write drops what http.ServeContent says of a range that is not there.
func (c *contentWriter) Write(p []byte) (int, error) {
	if c.refused {
		return len(p), nil
	}
	return c.ResponseWriter.Write(p)
}

// ReadFrom hands a file on as a file, for the kernel to send.
func (c *contentWriter) ReadFrom(src io.Reader) (int64, error) {
	if target, ok := c.ResponseWriter.(io.ReaderFrom); ok {
		return target.ReadFrom(src)
	}
	return io.Copy(c.ResponseWriter, src)
}

// Unwrap lets http.ResponseController reach the connection.
func (c *contentWriter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
