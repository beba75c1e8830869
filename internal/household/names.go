package household

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names are those taken in an archive, without case, as most file systems see them.
type names map[string]bool

// longestPart is how many bytes a folder or a title has in the archive: with all parts of a path below what
// any system takes.
const longestPart = 80

// take returns the place of an upload in the archive, one that no other has.
func (n names) take(u Upload) string {
	title := part(u.Title, "Untitled")
	if u.Track > 0 {
		title = fmt.Sprintf("%02d %s", u.Track, title)
	}
	if u.Disc > 1 {
		title = fmt.Sprintf("%d-%s", u.Disc, title)
	}
	folder := "files/" + part(u.Artist, "Unknown artist") + "/" + part(u.Album, "Unknown album") + "/"
	name := folder + title + "." + u.Format.Ending()
	for i := 2; n[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s%s (%d).%s", folder, title, i, u.Format.Ending())
	}
	n[strings.ToLower(name)] = true
	return name
}

// reserved are names that some systems keep for devices, whatever stands behind a dot.
var reserved = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// part makes one part of a path out of a text from a tag: nothing that climbs, hides or means something.
func part(text, otherwise string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for len(text) > longestPart {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	text = strings.Trim(text, ". ")
	if text == "" {
		return otherwise
	}
	before, _, _ := strings.Cut(strings.ToLower(text), ".")
	if slices.Contains(reserved, before) {
		return "_" + text
	}
	return text
}
