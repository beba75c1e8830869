package httpapi

import (
	"encoding/base64"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"hathor/internal/fault"
	"hathor/internal/ingest"
)

const (
	longestMetadata    = 16 << 10 // bytes of the header; a request has no longer ones anyway
	longestFingerprint = 200      // characters
)

var errMetadata = fault.Validation(fault.Detail{Field: "Upload-Metadata",
	Message: "Must be pairs of a key and a text in base64, parted by commas, no key twice"})

// readMetadata reads the header of the tus protocol: "filename bmFtZQ==,private dHJ1ZQ==". A key without a
// value has the empty one.
func readMetadata(header string) (map[string]string, error) {
	if len(header) > longestMetadata {
		return nil, errMetadata
	}
	pairs := map[string]string{}
	if strings.TrimSpace(header) == "" {
		return pairs, nil
	}
	for pair := range strings.SplitSeq(header, ",") {
		parts := strings.Fields(pair)
		if len(parts) == 0 || len(parts) > 2 || len(pairs) > mostFields {
			return nil, errMetadata
		}
		var value []byte
		if len(parts) == 2 {
			var err error
			if value, err = base64.StdEncoding.Strict().DecodeString(parts[1]); err != nil {
				return nil, errMetadata.Because(err)
			}
		}
		if _, twice := pairs[parts[0]]; twice || !isText(parts[0]) {
			return nil, errMetadata
		}
		pairs[parts[0]] = string(value)
	}
	return pairs, nil
}

// announcementOf takes what the metadata says of the file: its name, what the client knows it by, and the
// fields of the form. The type that clients send is not believed, and so not read.
func announcementOf(metadata map[string]string, size int64) (ingest.Announcement, error) {
	n := ingest.Announcement{Name: metadata["filename"], Fingerprint: metadata["fingerprint"], Size: size}
	var c fault.Checks
	c.Require(utf8.ValidString(n.Name) && honest(n.Name), "filename", errFileName.Details[0].Message)
	c.Require(isText(n.Fingerprint) && utf8.RuneCountInString(n.Fingerprint) <= longestFingerprint && !strings.ContainsFunc(n.Fingerprint, misleads),
		"fingerprint", "Must be a text of at most 200 characters")
	form := maps.Clone(metadata)
	for _, other := range []string{"filename", "fingerprint", "filetype"} {
		delete(form, other)
	}
	for _, field := range slices.Sorted(maps.Keys(form)) {
		c.Require(utf8.ValidString(form[field]), field, "Must be text")
	}
	n.Form = form
	if n.Name = path.Base(strings.ReplaceAll(n.Name, `\`, "/")); n.Name == "." || n.Name == "/" {
		n.Name = ""
	}
	return n, c.Err()
}
