// Package webui serves the built web client.
package webui

import (
	"io/fs"
	"net/http"
)

// New serves the client of files, whose folder dist holds the build.
func New(files fs.FS) http.Handler {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err)
	}
	return http.FileServerFS(dist)
}
