package ingest

import (
	"regexp"
	"slices"
	"strings"

	"hathor/internal/library"
)

// VariousArtists is the album artist of a compilation whose files name none.
const VariousArtists = "Various Artists"

// variousMBID is MusicBrainz' id of it, under whatever name a file has it.
const variousMBID = "89ad4ac3-39f7-470e-963a-56509c546377"

// setArtists sets the shown text and the credits. One text such as "A feat. B" is shown as it stands and
// credits B as a guest, as the title's "(feat. B)" does.
func (d *Draft) setArtists(artists []string) {
	shown := names(artists, longestText)
	d.Artist = cut(strings.Join(shown, ", "), longestText)
	d.Artists, d.Featured = creditsOf(shown)
	d.addGuests(guestsIn(d.Title))
}

// creditsOf takes guests out of a single artist's text.
func creditsOf(shown []string) (artists, guests []string) {
	if len(shown) != 1 {
		return shown, nil
	}
	all := splitFeatured(shown[0])
	return all[:1:1], all[1:]
}

// addGuests credits guests who are not credited already.
func (d *Draft) addGuests(guests []string) {
	for _, name := range guests {
		if !credits(d.Artists, name) && !credits(d.Featured, name) {
			d.Featured = append(d.Featured[:len(d.Featured):len(d.Featured)], name)
		}
	}
}

// retitle keeps the guests that the artist's text names, with those of the new title.
func (d *Draft) retitle(title string) {
	was := guestsIn(d.Title)
	d.Title = title
	d.Featured = slices.DeleteFunc(slices.Clone(d.Featured), func(name string) bool { return credits(was, name) })
	d.addGuests(guestsIn(title))
}

func credits(list []string, name string) bool {
	return slices.ContainsFunc(list, func(other string) bool { return library.Key(other) == library.Key(name) })
}

// setAlbumArtists falls back on "Various Artists" for a compilation, then on the song's first artist.
func (d *Draft) setAlbumArtists(artists []string) {
	d.AlbumArtists = names(artists, longestText)
	switch {
	case len(d.AlbumArtists) > 0:
	case d.Compilation:
		d.AlbumArtists = []string{VariousArtists}
	case len(d.Artists) > 0:
		d.AlbumArtists = d.Artists[:1]
	}
	if len(d.AlbumArtists) == 1 && library.Key(d.AlbumArtists[0]) == library.Key(VariousArtists) {
		d.Compilation, d.AlbumArtists = true, []string{VariousArtists}
	}
	d.AlbumArtist = cut(strings.Join(d.AlbumArtists, ", "), longestText)
}

// Credit adds an artist in the role; mbid may be empty.
func (d *Draft) Credit(role library.Role, name, mbid string) {
	for r, list := range map[library.Role]*[]string{
		library.MainArtist: &d.Artists, library.AlbumArtist: &d.AlbumArtists, library.Featured: &d.Featured,
		library.Remixer: &d.Remixers, library.Composer: &d.Composers,
	} {
		if r == role {
			*list = append(*list, name)
		}
	}
	d.identify([]string{name}, []string{mbid})
}

// identify keeps the MusicBrainz ids of artists where there is one for each name.
func (d *Draft) identify(names, ids []string) {
	if len(names) != len(ids) {
		return
	}
	for i, name := range names {
		key, id := library.Key(name), mbid(ids[i])
		if _, known := d.MBIDs[key]; known || id == "" {
			continue
		}
		if d.MBIDs == nil {
			d.MBIDs = map[string]string{}
		}
		d.MBIDs[key] = id
	}
}

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// mbid is the text as an id of MusicBrainz, empty where it is none.
func mbid(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if !uuid.MatchString(text) {
		return ""
	}
	return text
}

var featured = regexp.MustCompile(`(?i)\s+[(\[]?(?:feat\.?|ft\.?|featuring)\s+`)

// splitFeatured takes guests out of an artist's text. It is careful: "&", "and", "with" and "/" are parts
// of too many names to part them.
func splitFeatured(artist string) []string {
	at := featured.FindStringIndex(artist)
	if at == nil || at[0] == 0 {
		return []string{artist}
	}
	guest := artist[at[1]:]
	if strings.ContainsAny(artist[at[0]:at[1]], "([") {
		guest = strings.TrimRight(guest, ")]")
	}
	return names([]string{artist[:at[0]], guest}, longestText)
}

// guest finds "(feat. B)" and "feat. B" in a title. Without brackets the dot is asked for: "ten ft tall"
// has no guest.
var guest = regexp.MustCompile(`(?i)\s(?:[(\[](?:feat\.?|ft\.?|featuring)\s+([^)\]]+)[)\]]|(?:feat|ft)\.\s+([^(\[]+))`)

func guestsIn(title string) []string {
	m := guest.FindStringSubmatch(title)
	if m == nil {
		return nil
	}
	return names([]string{m[1] + m[2]}, longestText)
}
