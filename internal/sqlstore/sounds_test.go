package sqlstore_test

import (
	"bytes"
	"testing"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/library"
	"hathor/internal/sound"
	"hathor/internal/sqlstore"
)

// measured is a result for a due song.
func measured(d sound.Due, lufs float64) sound.Result {
	return sound.Result{Due: d, At: time.UnixMilli(5000), Measured: sound.Measured{
		Frames: sound.Frames{SampleRate: 44100, StartTrim: 1105, TotalSamples: 441000, Source: sound.LAME,
			Index: sound.Index{Offsets: []int64{417, 41_000}, Samples: []int64{0, 43776}}},
		Hash: bytes.Repeat([]byte{1, byte(d.Song)}, 16), Loudness: &sound.Loudness{LUFS: lufs, TruePeak: -1},
		Wave: sound.Waveform{Stretch: 882, Rate: 44100, Peaks: []byte{1, 2, 255}},
	}}
}

// studio is a seeded store of sounds with a clock of its own.
type studio struct {
	*testing.T
	clock  *clock.Fake
	sounds *sqlstore.Sounds
	db     *sqlstore.DB
	read   *sqlstore.Catalogue
}

func eachStudio(t *testing.T, test func(s studio)) {
	t.Helper()
	eachDB(t, func(t *testing.T, db *sqlstore.DB) {
		s := studio{T: t, clock: clock.NewFake(time.Unix(1_700_000_000, 0)), db: db}
		s.sounds = sqlstore.NewSounds(db, s.clock)
		s.read = seeded(t, db, func(rows seed) {
			rows.artist(1, "A")
			rows.album(1, openFolder, "Album", "A", 1, 2000, 2, 0)
			for _, p := range []plantedSong{
				{ID: 1, Title: "old", Created: 1, AlbumID: 1}, {ID: 2, Title: "new", Created: 9, AlbumID: 1}, {ID: 3, Title: "middle", Created: 5},
				{ID: 4, Title: "gone", Created: 7, Missing: true}, {ID: 5, Title: "bob's", Created: 2, Library: privateOfBob},
			} {
				rows.song(p)
			}
		})
		test(s)
	})
}

// claim answers the ids that a holder gets.
func (s studio) claim(holder string, only []library.SongID, limit int) (ids []library.SongID, due []sound.Due) {
	s.Helper()
	due, err := s.sounds.Claim(s.Context(), holder, s.clock.Now().Add(time.Minute), only, limit)
	if err != nil {
		s.Fatal(err)
	}
	for _, d := range due {
		ids = append(ids, d.Song)
	}
	return ids, due
}

func (s studio) wants(got []library.SongID, want ...library.SongID) {
	s.Helper()
	if len(got) != len(want) {
		s.Fatalf("claimed %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			s.Fatalf("claimed %v, want %v", got, want)
		}
	}
}

func (s studio) save(holder string, results []sound.Result, pending ...library.SongID) {
	s.Helper()
	if err := s.sounds.Save(s.Context(), holder, results, pending, s.clock.Now().Add(time.Minute)); err != nil {
		s.Fatal(err)
	}
}

func (s studio) run(query string, args ...any) {
	s.Helper()
	plant(s.T, s.db, func(rows seed) { rows.run(query, args...) })
}

func TestSongsAreClaimedNewestFirstAndByOne(t *testing.T) {
	eachStudio(t, func(s studio) {
		ids, _ := s.claim("a", nil, 2)
		s.wants(ids, 2, 3)
		ids, _ = s.claim("b", []library.SongID{1, 2, 5, 4, 99}, 10)
		s.wants(ids, 1, 5)
		ids, _ = s.claim("b", nil, 10)
		s.wants(ids)
		s.clock.Advance(6 * time.Minute)
		ids, _ = s.claim("b", nil, 10)
		s.wants(ids, 2, 3, 5, 1)
		if err := s.sounds.Release(s.Context(), "b", []library.SongID{3}); err != nil {
			t.Fatal(err)
		}
		ids, _ = s.claim("c", nil, 10)
		s.wants(ids, 3)
		if err := s.sounds.Release(s.Context(), "", nil); err != nil {
			t.Fatal(err)
		}
		ids, _ = s.claim("d", nil, 1)
		s.wants(ids, 2)
	})
}

func TestWhatWasMeasuredIsKeptUntilTheBytesChange(t *testing.T) {
	eachStudio(t, func(s studio) {
		_, due := s.claim("a", nil, 10)
		s.save("a", []sound.Result{measured(due[0], -14), {Due: due[1], Failure: "broken", At: s.clock.Now()}, measured(due[2], -20)}, due[3].Song)
		if counts, err := s.sounds.Counts(s.Context()); err != nil || counts != (sound.Counts{Total: 4, Done: 2, Failed: 1, Pending: 1}) {
			t.Fatalf("%+v, %v", counts, err)
		}
		everything := library.Scope{Libraries: []library.ID{openFolder}}
		kept, err := s.sounds.Sound(s.Context(), everything, 2)
		if err != nil || !kept.Measured || kept.StartTrim != 1105 || kept.TotalSamples != 441000 || kept.Source != sound.LAME || kept.Loudness == nil || kept.Loudness.LUFS != -14 {
			t.Errorf("%+v, %v", kept, err)
		}
		if index, err := s.sounds.SeekIndex(s.Context(), everything, 2); err != nil || index.Index.Offsets[1] != 41_000 || index.Index.Samples[1] != 43776 {
			t.Errorf("%+v, %v", index, err)
		}
		if wave, err := s.sounds.Waveform(s.Context(), everything, 2); err != nil || wave.Waveform.PerSecond() != 50 || wave.Waveform.Peaks[2] != 255 {
			t.Errorf("%+v, %v", wave, err)
		}
		if file, err := s.read.SongFile(s.Context(), everything, 2); err != nil || file.ContentHash == "" {
			t.Errorf("%+v, %v: want the hash of the file", file, err)
		}
		if kept, err = s.sounds.Sound(s.Context(), everything, 3); err != nil || kept.Measured || kept.Problem != "broken" {
			t.Errorf("failed: %+v, %v", kept, err)
		}
		if _, err = s.sounds.Sound(s.Context(), everything, 5); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another's: %v", err)
		}
		ids, _ := s.claim("b", nil, 10)
		s.wants(ids)
		s.run("UPDATE songs SET size = size + 1 WHERE id IN (2, 3)")
		ids, _ = s.claim("b", nil, 10)
		s.wants(ids, 2, 3)
		s.save("b", []sound.Result{measured(due[0], -1)}) // of the old bytes
		if kept, err = s.sounds.Sound(s.Context(), everything, 2); err != nil || kept.Measured || kept.Loudness != nil {
			t.Errorf("changed: %+v, %v", kept, err)
		}
	})
}

func TestSongsThatNothingCouldDecodeAreDueAgain(t *testing.T) {
	eachStudio(t, func(s studio) {
		_, due := s.claim("a", []library.SongID{1, 2}, 10)
		undecoded := measured(due[0], 0)
		undecoded.Loudness, undecoded.Note = nil, sound.NoDecoder
		s.save("a", []sound.Result{undecoded, measured(due[1], -14)})
		if err := s.sounds.Again(t.Context(), sound.NoDecoder); err != nil {
			t.Fatal(err)
		}
		ids, _ := s.claim("a", []library.SongID{1, 2}, 10)
		s.wants(ids, 1)
	})
}

func TestFailuresNameOnlyWhatTheAskerHears(t *testing.T) {
	eachStudio(t, func(s studio) {
		_, due := s.claim("a", []library.SongID{3, 5}, 10)
		s.save("a", []sound.Result{{Due: due[0], Failure: "broken", At: time.UnixMilli(1)}, {Due: due[1], Failure: "worse", At: time.UnixMilli(2)}})
		list, total, err := s.sounds.Failures(s.Context(), scopeOf(t, s.read, ada), 10, 0)
		if err != nil || total != 2 || len(list) != 2 || list[0].Title != "" || list[0].Reason != "worse" || list[1].Title != "middle" {
			t.Errorf("%+v, %d, %v", list, total, err)
		}
	})
}

func TestAlbumIsSettledWhenAllOfItsSongsAre(t *testing.T) {
	eachStudio(t, func(s studio) {
		_, due := s.claim("a", []library.SongID{1, 2}, 10)
		s.save("a", []sound.Result{measured(due[0], -14)}, due[1].Song)
		service := sound.NewService(s.sounds, s.sounds, nil, s.clock)
		scope := scopeOf(t, s.read, ada)
		if got, err := service.Sound(t.Context(), scope, 1); err != nil || got.Gain == nil || got.Gain.Track != -4 || got.Gain.Album != nil {
			t.Fatalf("%+v, %v", got.Gain, err)
		}
		s.save("a", []sound.Result{{Due: due[1], Failure: "broken", At: s.clock.Now()}})
		if got, err := service.Sound(t.Context(), scope, 1); err != nil || got.Gain.Album != nil {
			t.Errorf("of songs without length: %+v, %v", got.Gain, err)
		}
		s.run("UPDATE songs SET duration = 1000")
		if got, err := service.Sound(t.Context(), scope, 1); err != nil || got.Gain.Album == nil || *got.Gain.Album > -3.99 || *got.Gain.Album < -4.01 {
			t.Errorf("%+v, %v", got.Gain, err)
		}
		s.run("INSERT INTO song_details (song_id, track_gain, album_gain) VALUES (1, -7.5, -6)")
		if got, err := service.Sound(t.Context(), scope, 1); err != nil || !got.Gain.FromTags || got.Gain.Track != -7.5 || *got.Gain.Album != -6 {
			t.Errorf("%+v, %v", got.Gain, err)
		}
	})
}

func TestDeletedSongLeavesNothing(t *testing.T) {
	eachStudio(t, func(s studio) {
		_, due := s.claim("a", nil, 10)
		s.save("a", []sound.Result{measured(due[0], -14)})
		s.run("DELETE FROM songs")
		s.save("a", []sound.Result{measured(due[1], -14)}, due[2].Song)
		if counts, err := s.sounds.Counts(s.Context()); err != nil || counts != (sound.Counts{}) {
			t.Errorf("%+v, %v", counts, err)
		}
	})
}
