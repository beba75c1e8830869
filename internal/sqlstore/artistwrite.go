package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hathor/internal/ingest"
	"hathor/internal/library"
)

// artistName is what a draft knows of an artist: the key of the name, and the id of MusicBrainz or nothing.
type artistName struct{ key, mbid string }

func artistNamed(name, mbid string) artistName { return artistName{library.Key(name), mbid} }

// artistOf is the artist that the draft credits by the name.
func artistOf(d *ingest.Draft, name string) artistName {
	key := library.Key(name)
	return artistName{key, d.MBIDs[key]}
}

type artistRow struct {
	ID   library.ArtistID
	Key  string
	MBID string `db:"mbid"`
}

// artistsNamed finds artists by their ids of MusicBrainz, and by the keys of their names.
func artistsNamed(ctx context.Context, t *tx, mbids, keys []string) (byID, byKey map[string]artistRow, err error) {
	const look = "SELECT id, key, COALESCE(mbid, '') AS mbid FROM artists WHERE "
	byID, byKey = make(map[string]artistRow, len(mbids)), make(map[string]artistRow, len(keys))
	rows, err := listIn[artistRow](ctx, t, look+"mbid IN ", mbids, "")
	if err != nil {
		return nil, nil, fmt.Errorf("find artists by their ids: %w", err)
	}
	for _, r := range rows {
		byID[r.MBID] = r
	}
	if rows, err = listIn[artistRow](ctx, t, look+"key IN ", keys, ""); err != nil {
		return nil, nil, fmt.Errorf("find artists by their names: %w", err)
	}
	for _, r := range rows {
		byKey[r.Key] = r
	}
	return byID, byKey, nil
}

// writeArtists makes the artists whom the drafts credit where they are not there yet: by their ids, else by
// their names. An artist first known by a name gets the id that comes with it; two ids are two artists.
func writeArtists(ctx context.Context, t *tx, drafts []ingest.Draft, now int64) (map[artistName]library.ArtistID, error) {
	wanted := creditedBy(drafts)
	names := slices.SortedFunc(maps.Keys(wanted), func(a, b artistName) int {
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(b.mbid, a.mbid)) // those with an id first
	})
	var mbids, keys []string
	for _, n := range names {
		if n.mbid != "" {
			mbids = append(mbids, n.mbid)
			keys = append(keys, ingest.ArtistKey(n.key, n.mbid))
		}
		keys = append(keys, n.key)
	}
	byID, byKey, err := artistsNamed(ctx, t, mbids, keys)
	if err != nil {
		return nil, err
	}
	p := artistPlan{ids: map[artistName]library.ArtistID{}, byID: byID, byKey: byKey, rows: map[string][]any{}, asKey: map[artistName]string{}}
	for _, n := range names {
		p.place(n, wanted[n])
	}
	return p.carryOut(ctx, t, now)
}

// artistText is how an artist is shown and sorted.
type artistText struct{ name, sort string }

// creditedBy are all artists of the drafts. What a file says of sorting is said of its only artist.
func creditedBy(drafts []ingest.Draft) map[artistName]artistText {
	wanted := map[artistName]artistText{}
	for i := range drafts {
		d := &drafts[i]
		for _, names := range [][]string{d.Artists, d.AlbumArtists, d.Featured, d.Remixers, d.Composers} {
			for _, name := range names {
				key := artistOf(d, name)
				if _, there := wanted[key]; !there {
					wanted[key] = artistText{name: name}
				}
			}
		}
		sorted(wanted, d, d.AlbumArtists, d.AlbumSort)
		sorted(wanted, d, d.Artists, d.ArtistSort)
	}
	return wanted
}

func sorted(wanted map[artistName]artistText, d *ingest.Draft, artists []string, sort string) {
	if len(artists) != 1 || sort == "" {
		return
	}
	key := artistOf(d, artists[0])
	if said := wanted[key]; said.sort == "" {
		wanted[key] = artistText{said.name, sort}
	}
}

// artistPlan is which artists are there, which get an id, and which are to be made.
type artistPlan struct {
	ids         map[artistName]library.ArtistID
	byID, byKey map[string]artistRow
	adopted     []artistRow
	rows        map[string][]any // new ones by their key
	asKey       map[artistName]string
}

func (p *artistPlan) place(n artistName, text artistText) {
	if found, there := p.byID[n.mbid]; there && n.mbid != "" {
		p.settle(n, found)
		return
	}
	named, there := p.byKey[n.key]
	switch {
	case !there:
		p.make(n, n.key, text)
	case n.mbid == "" || named.MBID == n.mbid:
		p.settle(n, named)
	case named.MBID == "":
		named.MBID = n.mbid
		if named.ID == 0 {
			p.rows[n.key][mbidPlace] = n.mbid
		} else {
			p.adopted = append(p.adopted, named)
		}
		p.byKey[n.key], p.byID[n.mbid] = named, named
		p.settle(n, named)
	default:
		p.make(n, ingest.ArtistKey(n.key, n.mbid), text)
	}
}

func (p *artistPlan) settle(n artistName, found artistRow) {
	if found.ID == 0 {
		p.asKey[n] = found.Key
		return
	}
	p.ids[n] = found.ID
}

// mbidPlace is where the id stands in a row of artists.
const mbidPlace = 1

func (p *artistPlan) make(n artistName, key string, text artistText) {
	sort := cmp.Or(text.sort, sortName(text.name))
	p.rows[key] = []any{key, orNull(n.mbid), text.name, sort, library.Key(sort)}
	made := artistRow{Key: key, MBID: n.mbid}
	p.byKey[key], p.asKey[n] = made, key
	if n.mbid != "" {
		p.byID[n.mbid] = made
	}
}

func (p *artistPlan) carryOut(ctx context.Context, t *tx, now int64) (map[artistName]library.ArtistID, error) {
	for _, a := range p.adopted {
		// Few: an artist gets an id once.
		if _, err := t.exec(ctx, "UPDATE artists SET mbid = ? WHERE id = ?", a.MBID, a.ID); err != nil {
			return nil, fmt.Errorf("give artist an id: %w", err)
		}
	}
	rows := make([][]any, 0, len(p.rows))
	for _, key := range slices.Sorted(maps.Keys(p.rows)) {
		rows = append(rows, append(p.rows[key], now))
	}
	made, err := inserted[keyed[library.ArtistID]](ctx, t,
		"INSERT INTO artists (key, mbid, name, sort_name, sort_key, created_at) VALUES ", rows, "RETURNING id, key")
	if err != nil {
		return nil, err
	}
	byKey := make(map[string]library.ArtistID, len(made))
	for _, m := range made {
		byKey[m.Key] = m.ID
	}
	for n, key := range p.asKey {
		p.ids[n] = byKey[key]
	}
	return p.ids, nil
}

// sortName puts the English article last, as record shops do.
func sortName(name string) string {
	const article = "The "
	if len(name) > len(article) && strings.EqualFold(name[:len(article)], article) {
		return name[len(article):] + ", " + name[:len(article)-1]
	}
	return name
}
