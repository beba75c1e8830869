package httpapi

import (
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hathor/internal/fault"
)

// longestFileName is what file systems hold, in characters.
const longestFileName = 255

var errFileName = fault.Validation(fault.Detail{Field: "audio",
	Message: "The file's name must be at most 255 characters, without \"..\" as a folder and without marks that hide or turn text"})

// fileName is the name the client gives its file, without folders. It is never a path here, only a title of
// last resort; but a name that climbs, hides or turns its text, or that no file system holds, is refused.
func fileName(part *multipart.Part) (string, error) {
	_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return "", errBadForm.Because(err)
	}
	if !honest(parameters["filename"]) {
		return "", errFileName
	}
	return part.FileName(), nil
}

// honest tells whether a file's name is none of those.
func honest(name string) bool {
	folders := strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' })
	return utf8.RuneCountInString(name) <= longestFileName && !slices.Contains(folders, "..") && !strings.ContainsFunc(name, misleads)
}

// misleads tells control characters and the marks that turn the direction of text. The plain marks of
// right-to-left scripts (U+200E, U+200F) are in honest names.
func misleads(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
