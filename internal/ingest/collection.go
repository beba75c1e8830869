package ingest

import "hathor/internal/library"

// mate is what counts of a song when it is asked whether the songs of a folder that share an album title
// are a collection.
type mate struct {
	artist      string // the first one, folded; empty without one
	disc, track int
}

func mateOf(d *Draft) mate {
	m := mate{disc: d.Disc, track: d.Track}
	if len(d.Artists) > 0 {
		m.artist = library.Key(d.Artists[0])
	}
	return m
}

// fewestArtists make a collection; two may as well be a shared record or two records of one title.
const fewestArtists = 3

// isCollection tells whether songs that name no album artist are one album of various artists: three or
// more first artists, none with more than half of the songs, and track numbers that mostly differ. So a
// record with many guests stays its artist's, and the "Greatest Hits" of several stay several.
func isCollection(mates []mate) bool {
	songs, numbered, places := map[string]int{}, 0, map[[2]int]bool{}
	for _, m := range mates {
		if m.artist != "" {
			songs[m.artist]++
		}
		if m.track > 0 {
			numbered++
			places[[2]int{m.disc, m.track}] = true
		}
	}
	for _, count := range songs {
		if 2*count > len(mates) {
			return false
		}
	}
	return len(songs) >= fewestArtists && (numbered == 0 || 2*len(places) > numbered)
}

// unowned tells whether nothing says whose album the song is on: no album artist, no mark of a
// compilation, no release id.
func (d *Draft) unowned(t Tags) bool {
	return d.Album != "" && len(names(t.AlbumArtists, longestText)) == 0 && !d.Compilation && t.AlbumMBID == ""
}

// Collect puts the song on an album of various artists.
func (d *Draft) Collect() {
	d.Compilation = true
	d.setAlbumArtists(nil)
	d.AlbumKey = d.albumKey()
}

// collectionKey is the key of such an album by its folded title.
func collectionKey(title string) string { return albumKeyOf(library.Key(VariousArtists), title) }
