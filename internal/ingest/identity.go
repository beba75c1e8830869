package ingest

import (
	"context"
	"maps"
	"path"
	"slices"
	"time"

	"hathor/internal/library"
)

// Trait is what a gone song can be known by, beside its path.
type Trait struct {
	ID        library.SongID
	Sound     []byte // as in Draft
	Recording string // MusicBrainz' id of it, often empty
	TitleKey  string
	ArtistKey string
	AlbumKey  string // the folded title of its album
	Duration  time.Duration
}

// nearEnough is how much the length of the same recording differs from one encoding to another.
const nearEnough = 2 * time.Second

// lost finds the gone song that a new file is: the same audio first, then the same recording by its id, then
// the same name and length. Only gone songs are ever found, each of them once.
type lost struct {
	gone   map[library.SongID]Known
	traits map[library.SongID]Trait
	sounds map[string][]library.SongID
	alike  map[likeness][]library.SongID
}

// likeness is what makes two files of different audio the same song: a recording, or else names.
type likeness struct{ recording, title, artist string }

func (s *Scanner) lost(ctx context.Context, p *plan) (*lost, error) {
	l := &lost{
		gone: maps.Clone(p.gone), traits: map[library.SongID]Trait{}, sounds: map[string][]library.SongID{},
		alike: map[likeness][]library.SongID{},
	}
	maps.Copy(l.gone, p.left)
	if !p.findsNew() || len(l.gone) == 0 {
		return l, nil
	}
	traits, err := s.shelf.Traits(ctx, slices.Collect(maps.Keys(l.gone)))
	if err != nil {
		return nil, err
	}
	for _, t := range traits {
		l.add(t)
	}
	return l, nil
}

// findsNew tells whether a file is to be read that is no song yet.
func (p *plan) findsNew() bool {
	for _, j := range p.read {
		if j.id == 0 {
			return true
		}
	}
	return false
}

func (l *lost) add(t Trait) {
	l.traits[t.ID] = t
	l.sounds[string(t.Sound)] = append(l.sounds[string(t.Sound)], t.ID)
	for _, like := range likenesses(t.Recording, t.TitleKey, t.ArtistKey) {
		l.alike[like] = append(l.alike[like], t.ID)
	}
}

// likenesses are by the recording and by the names, as far as both are known.
func likenesses(recording, title, artist string) []likeness {
	var all []likeness
	if recording != "" {
		all = append(all, likeness{recording: recording})
	}
	if title != "" && artist != "" {
		all = append(all, likeness{title: title, artist: artist})
	}
	return all
}

// bySound finds the gone song that has the same audio as a new file: one of the same file name if there is
// one.
func (l *lost) bySound(d *Draft) library.SongID {
	var id library.SongID
	for _, candidate := range l.sounds[string(d.Sound)] {
		k, free := l.gone[candidate]
		if !free {
			continue
		}
		if id == 0 || path.Base(k.Path) == path.Base(d.Path) {
			id = candidate
		}
	}
	delete(l.gone, id)
	return id
}

// resembles tells whether the file may be a gone song of other audio.
func (l *lost) resembles(d *Draft) bool {
	for _, like := range d.likenesses() {
		if len(l.alike[like]) > 0 {
			return true
		}
	}
	return false
}

func (d *Draft) likenesses() []likeness {
	return likenesses(d.Details.RecordingMBID, library.Key(d.Title), library.Key(d.Artist))
}

// assign gives each file the gone song that fits it best: all that are the same recording come before those
// that only have its name, and the same album before another.
func (l *lost) assign(files []result) {
	for _, fits := range []func(*Draft, Trait) bool{sameRecordingOnAlbum, sameRecording, sameNameOnAlbum, sameName} {
		for i := range files {
			d := &files[i].draft
			if d.ID == 0 {
				d.ID = l.first(d, fits)
			}
		}
	}
}

func (l *lost) first(d *Draft, fits func(*Draft, Trait) bool) library.SongID {
	for _, like := range d.likenesses() {
		for _, id := range l.alike[like] {
			if _, free := l.gone[id]; free && fits(d, l.traits[id]) {
				delete(l.gone, id)
				return id
			}
		}
	}
	return 0
}

func sameRecording(d *Draft, t Trait) bool {
	return t.Recording != "" && t.Recording == d.Details.RecordingMBID
}

func sameName(d *Draft, t Trait) bool {
	return t.TitleKey == library.Key(d.Title) && t.ArtistKey == library.Key(d.Artist) &&
		(d.Audio.Duration-t.Duration).Abs() <= nearEnough && !otherRecording(d, t)
}

// otherRecording tells whether both name their recording, and not the same one.
func otherRecording(d *Draft, t Trait) bool {
	return t.Recording != "" && d.Details.RecordingMBID != "" && t.Recording != d.Details.RecordingMBID
}

func sameRecordingOnAlbum(d *Draft, t Trait) bool {
	return sameRecording(d, t) && t.AlbumKey == library.Key(d.Album)
}

func sameNameOnAlbum(d *Draft, t Trait) bool {
	return sameName(d, t) && t.AlbumKey == library.Key(d.Album)
}
