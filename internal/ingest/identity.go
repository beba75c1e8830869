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

// lost finds the song that a file is, where it is not the one that had its path: the same audio first, then the same
// recording by its id, then the same name and length. Only songs without a file are ever found, each of them once. It
// is one for all libraries of a scan.
type lost struct {
	scanner   *Scanner
	gone      map[library.SongID]Known
	traits    map[library.SongID]Trait
	sounds    map[string][]library.SongID
	alike     map[likeness][]library.SongID
	moving    map[string]bool // sounds of songs whose files changed: they may turn up elsewhere
	elsewhere bool            // songs of libraries that are not scanned are missing
	learned   bool            // the traits of the gone songs are read
	waiting   []waiting
}

// likeness is what makes two files of different audio the same song: a recording, or else names.
type likeness struct{ recording, title, artist string }

// lost gathers the songs that the files of the scan may be.
func (s *Scanner) lost(ctx context.Context, plans []*plan) (*lost, error) {
	l := &lost{
		scanner: s, gone: map[library.SongID]Known{}, traits: map[library.SongID]Trait{}, sounds: map[string][]library.SongID{},
		alike: map[likeness][]library.SongID{}, moving: map[string]bool{},
	}
	var scanned []library.ID
	news := false
	for _, p := range plans {
		maps.Copy(l.gone, p.gone)
		maps.Copy(l.gone, p.left)
		scanned, news = append(scanned, p.folder.ID), news || p.findsNew()
	}
	if !news {
		return l, nil
	}
	for _, p := range plans {
		for _, j := range p.read {
			if len(j.sound) > 0 {
				l.moving[string(j.sound)] = true
			}
		}
	}
	var err error
	if l.elsewhere, err = s.shelf.MissingElsewhere(ctx, scanned); err != nil {
		return nil, err
	}
	l.learned = true
	return l, l.learn(ctx, slices.Collect(maps.Keys(l.gone)))
}

// learn reads what songs can be known by.
func (l *lost) learn(ctx context.Context, songs []library.SongID) error {
	if len(songs) == 0 {
		return nil
	}
	traits, err := l.scanner.shelf.Traits(ctx, songs)
	for _, t := range traits {
		l.add(t)
	}
	return err
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

// bySound finds the song without a file that has the same audio as this one: one of the same library and file name if
// there is one. Of another library, only the audio counts.
func (l *lost) bySound(d *Draft) library.SongID {
	var id library.SongID
	best := -1
	for _, candidate := range l.sounds[string(d.Sound)] {
		k, free := l.gone[candidate]
		if !free {
			continue
		}
		near := 0
		if k.Library == d.Library {
			near += 2
		}
		if path.Base(k.Path) == path.Base(d.Path) {
			near++
		}
		if near > best {
			id, best = candidate, near
		}
	}
	delete(l.gone, id)
	return id
}

// resembles tells whether the file may be a song of its library that is gone and has other audio.
func (l *lost) resembles(d *Draft) bool {
	for _, like := range d.likenesses() {
		for _, id := range l.alike[like] {
			if l.gone[id].Library == d.Library {
				return true
			}
		}
	}
	return false
}

func (d *Draft) likenesses() []likeness {
	return likenesses(d.Details.RecordingMBID, library.Key(d.Title), library.Key(d.Artist))
}

// fit tells whether a file may be a song.
type fit func(*Draft, Trait) bool

// assign gives each file that is no song yet the one without a file that fits it best: the fits are asked in turn.
func (l *lost) assign(files []*waiting, fits ...fit) {
	for _, fit := range fits {
		for _, f := range files {
			if f.draft.ID == 0 {
				f.draft.ID = l.first(&f.draft, fit)
			}
		}
	}
}

func (l *lost) first(d *Draft, fits fit) library.SongID {
	for _, like := range d.likenesses() {
		for _, id := range l.alike[like] {
			if k, free := l.gone[id]; free && k.Library == d.Library && fits(d, l.traits[id]) {
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
