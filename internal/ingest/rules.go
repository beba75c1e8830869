package ingest

import (
	"slices"
	"strings"

	"hathor/internal/library"
)

// Rules say which names an artist's name stands for, by its key: another one after a merge, several after
// a split. A name of the two artists it belongs to says which one: see ArtistName.
type Rules map[string][]string

// idMark parts the name, or the key, of an artist from its id, where another artist has the name already.
const idMark = "\x1f"

// ArtistKey is the key of an artist who shares a name with another, by the key of the name and the id.
func ArtistKey(key, mbid string) string { return key + idMark + mbid }

// ArtistName is how rules name the artist with the key.
func ArtistName(name, key string) string {
	if _, id, shared := strings.Cut(key, idMark); shared {
		return name + idMark + id
	}
	return name
}

// SplitName takes apart what ArtistName puts together; the id is mostly empty.
func SplitName(text string) (name, mbid string) {
	name, mbid, _ = strings.Cut(text, idMark)
	return name, mbid
}

func keyOfName(text string) string {
	name, id := SplitName(text)
	if id == "" {
		return library.Key(name)
	}
	return ArtistKey(library.Key(name), id)
}

// ArtistKeys knows the artists whom drafts speak of by their ids, before rules are laid over them.
type ArtistKeys struct {
	ByID map[string]string // keys by the id of MusicBrainz
	IDs  map[string]string // ids of artists who are known by a name alone, by that key
}

// of is the key of the artist that a file names so.
func (k ArtistKeys) of(name, mbid string) string {
	plain := library.Key(name)
	if key, known := k.ByID[mbid]; known && mbid != "" {
		return key
	}
	if other := k.IDs[plain]; mbid != "" && other != "" && other != mbid {
		return ArtistKey(plain, mbid)
	}
	return plain
}

// Names are the names that these stand for, each once.
func (r Rules) Names(of []string) []string {
	var out, seen []string
	for _, name := range of {
		for _, end := range r.resolve(name, keyOfName(name), nil) {
			key := keyOfName(end)
			if key != "" && !slices.Contains(seen, key) && len(out) < mostNames {
				out, seen = append(out, end), append(seen, key)
			}
		}
	}
	return out
}

func (r Rules) resolve(name, key string, above []string) []string {
	to, there := r[key]
	if !there || slices.Contains(above, key) {
		return []string{name}
	}
	var out []string
	for _, n := range to {
		out = append(out, r.resolve(n, keyOfName(n), append(above, key))...)
	}
	return out
}

// Circular tells whether the name of the key stands, in the end, for itself.
func (r Rules) Circular(key string) bool {
	for _, name := range r[key] {
		for _, end := range r.resolve(name, keyOfName(name), []string{key}) {
			if keyOfName(end) == key {
				return true
			}
		}
	}
	return false
}

// follow puts the names of the rules into the credits. A text that shows one name for several is left.
func (d *Draft) follow(r Rules, known ArtistKeys) {
	if len(r) == 0 {
		return
	}
	byName := d.Album != "" && d.AlbumKey == d.albumKey()
	f := follower{rules: r, known: known, ids: d.MBIDs}
	d.Artist, d.Artists = f.credit(d.Artist, d.Artists)
	d.Artist, d.Featured = f.credit(d.Artist, d.Featured)
	d.AlbumArtist, d.AlbumArtists = f.credit(d.AlbumArtist, d.AlbumArtists)
	_, d.Remixers = f.credit("", d.Remixers)
	_, d.Composers = f.credit("", d.Composers)
	d.MBIDs = f.idsAfter()
	if byName {
		d.AlbumKey = d.albumKey()
	}
}

// follower lays rules over one draft, whose artists have these ids.
type follower struct {
	rules Rules
	known ArtistKeys
	ids   map[string]string
	to    map[string]string // ids by key, as the rules leave them; empty for none
}

func (f *follower) credit(shown string, credits []string) (string, []string) {
	var to []string
	joined, renamed := shown == strings.Join(credits, ", "), true
	for _, name := range credits {
		ends := f.ends(name)
		to = append(to, ends...)
		if len(ends) != 1 {
			renamed = false
			continue
		}
		shown = strings.Replace(shown, name, ends[0], 1)
	}
	to = names(to, longestText)
	if slices.Equal(to, credits) {
		return shown, credits
	}
	if joined && renamed {
		shown = strings.Join(to, ", ")
	}
	return cut(shown, longestText), to
}

// ends are the names that a credit stands for. The id of a name goes with it, unless a rule led there.
func (f *follower) ends(name string) []string {
	plain := library.Key(name)
	key := f.known.of(name, f.ids[plain])
	if _, ruled := f.rules[key]; !ruled {
		return []string{name}
	}
	var out []string
	for _, end := range f.rules.resolve(name, key, nil) {
		end, id := SplitName(end)
		if f.to == nil {
			f.to = map[string]string{}
		}
		f.to[library.Key(end)] = id
		out = append(out, end)
	}
	return out
}

func (f *follower) idsAfter() map[string]string {
	if len(f.to) == 0 {
		return f.ids
	}
	ids := make(map[string]string, len(f.ids))
	for key, id := range f.ids {
		ids[key] = id
	}
	for key, id := range f.to {
		if delete(ids, key); id != "" {
			ids[key] = id
		}
	}
	return ids
}
