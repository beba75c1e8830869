package media_test

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hathor/internal/clock"
	"hathor/internal/ingest"
	"hathor/internal/library"
	"hathor/internal/media"
	"hathor/internal/media/mediatest"
)

// TestReadsFormatsOfFixedHeads has the formats whose heads tell all.
func TestReadsFormatsOfFixedHeads(t *testing.T) {
	behind := mediatest.APE(mediatest.Tags{Title: "Behind"})
	le := binary.LittleEndian
	trueAudio := le.AppendUint32([]byte("TTA1\x01\x00\x02\x00\x18\x00\x44\xac\x00\x00"), 44_100)
	old := append([]byte("MAC \x6e\x0f\xd0\x07\x08\x00\x02\x00\x44\xac\x00\x00"), make([]byte, 8)...)
	old = le.AppendUint32(le.AppendUint32(old, 2), 1000) // 3950: two frames, the last one short
	seven := append([]byte("MP+\x07\x0a\x00\x00\x00\x00\x00\x01\x00"), make([]byte, 8)...)
	seven = append(le.AppendUint32(seven, 1<<31|100<<20), "audio"...)
	for _, c := range []struct {
		name  string
		file  []byte
		title string
		want  ingest.Audio
	}{
		{"dsf", dsfFile(2_822_400, mediatest.ID3(mediatest.Tags{Title: "One bit"})), "One bit",
			ingest.Audio{Format: library.DSD, Duration: time.Second, BitRate: 5645, SampleRate: 2_822_400, Channels: 2, BitDepth: 1}},
		{"dsd in wavpack", append(fixture(t, "dsd.wv"), behind...), "Behind",
			ingest.Audio{Format: library.WavPack, Duration: time.Second, BitRate: 11, SampleRate: 2_822_400, Channels: 2, BitDepth: 1}},
		{"musepack 8", append(fixture(t, "tone.mpc"), behind...), "Behind",
			ingest.Audio{Format: library.Musepack, Duration: time.Second / 2, BitRate: 58, SampleRate: 44100, Channels: 2}},
		{"musepack 7", append(seven, behind...), "Behind",
			ingest.Audio{Format: library.Musepack, Duration: 10_468 * time.Second / 48_000, BitRate: 1, SampleRate: 48_000, Channels: 2}},
		{"monkey", append(monkeyFile(44_100), behind...), "Behind",
			ingest.Audio{Format: library.APE, Duration: time.Second, BitRate: 33, SampleRate: 44100, Channels: 2, BitDepth: 16}},
		{"old monkey", append(old, behind...), "Behind",
			ingest.Audio{Format: library.APE, Duration: 295_912 * time.Second / 44_100, SampleRate: 44100, Channels: 2, BitDepth: 24}},
		{"true audio", append(trueAudio, append(make([]byte, 4), behind...)...), "Behind",
			ingest.Audio{Format: library.TTA, Duration: time.Second, SampleRate: 44100, Channels: 2, BitDepth: 24}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, c.file)
			if diff := cmp.Diff(c.want, withoutPlace(got.Audio), cmp.Comparer(sameTime)); diff != "" {
				t.Errorf("audio (-want +got):\n%s", diff)
			}
			if got.Tags.Title != c.title {
				t.Errorf("title %q", got.Tags.Title)
			}
		})
	}
}

func sameTime(a, b time.Duration) bool { return (a - b).Abs() < time.Microsecond }

func TestRefusesNewFormatsThatAreCut(t *testing.T) {
	wave := mediatest.WavPack(mediatest.Tags{})
	aiff := mediatest.AIFF(mediatest.Tags{}, time.Second, 440)
	for name, file := range map[string][]byte{
		"AIFF": aiff[:len(aiff)/2], "DSD": dsfFile(2_822_400, nil)[:200_000], "True Audio": []byte("TTA1\x01\x00\x02\x00"),
		"Monkey's Audio": monkeyFile(44_100)[:60], "Windows Media": asfFile(asfObjects(), nil)[:90], "WavPack": wave[:len(wave)/2],
	} {
		_, err := read(file)
		wantFault(t, err, "broken_audio", name)
	}
}

// TestReadsAPEInFront has the tag where it stood in the days of the first version.
func TestReadsAPEInFront(t *testing.T) {
	tags := mediatest.Tags{Title: "Front", Artists: []string{"Ada", "Bea"}, Picture: mediatest.JPEG(8, 8, color.Black)}
	got := mustRead(t, append(mediatest.APE(tags), mp3Frames()...))
	if got.Tags.Title != "Front" || len(got.Tags.Artists) != 2 || !bytes.Equal(got.Picture, tags.Picture) || got.Audio.Format != library.MP3 {
		t.Errorf("%+v %+v", got.Tags, got.Audio)
	}
}

func TestReadsPicturesByKind(t *testing.T) {
	picture := func(kind byte, data string) string {
		return frame23("APIC", "\x00image/png\x00"+string(kind)+"\x00"+data)
	}
	got := mustRead(t, append(id3Tag(4, 0, picture(10, "band")+picture(4, "back")+picture(8, "artist")+picture(3, "front")), mp3Frames()...))
	want := map[ingest.PictureKind][]byte{ingest.FrontPicture: []byte("front"), ingest.ArtistPicture: []byte("artist")}
	if diff := cmp.Diff(want, got.Tags.Pictures); diff != "" || string(got.Picture) != "front" {
		t.Errorf("cover %q, pictures (-want +got):\n%s", got.Picture, diff)
	}
	got = mustRead(t, append(id3Tag(4, 0, picture(7, "lead")+picture(4, "back")), mp3Frames()...))
	if string(got.Picture) != "lead" || string(got.Tags.Pictures[ingest.ArtistPicture]) != "lead" || got.Tags.Pictures[ingest.FrontPicture] != nil {
		t.Errorf("cover %q, pictures %q", got.Picture, got.Tags.Pictures)
	}
}

func TestReadsCreditsAndTypes(t *testing.T) {
	tags := mediatest.Tags{Extra: map[string]string{
		"COMPOSER": "Cee\x00Eff", "REMIXER": "Dee", "MUSICBRAINZ_ALBUMARTISTID": anMBID + "/" + otherMBID, "MUSICBRAINZ_RELEASEGROUPID": anMBID,
		"RELEASETYPE": "Album; Mixtape/Street/Live",
	}}
	want := ingest.Tags{
		Composers: []string{"Cee", "Eff"}, Remixers: []string{"Dee"}, AlbumArtistMBIDs: []string{anMBID, otherMBID}, ReleaseGroupMBID: anMBID,
		ReleaseTypes: []string{"mixtape/street", "album", "live"},
	}
	for name, file := range map[string][]byte{
		"mp3": mediatest.MP3(tags, time.Second, 440), "flac": mediatest.FLAC(tags, time.Second, 440), "aac": mediatest.AAC(tags),
		"wavpack": mediatest.WavPack(tags), "aiff": mediatest.AIFF(tags, time.Second, 440),
	} {
		if diff := cmp.Diff(want, mustRead(t, file).Tags); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestOpusHeaderGainIsNotATag: players apply it before they look at tags.
func TestOpusHeaderGainIsNotATag(t *testing.T) {
	file := mediatest.Opus(mediatest.Tags{})
	at := bytes.Index(file, []byte("OpusHead"))
	binary.LittleEndian.PutUint16(file[at+16:], 512)
	if got := mustRead(t, file).Tags; got.TrackGain != nil || got.AlbumGain != nil {
		t.Errorf("track %v, album %v", got.TrackGain, got.AlbumGain)
	}
}

func TestReadsLyricsWithTimes(t *testing.T) {
	sylt := func(kind byte, text string) string { return frame23("SYLT", "\x00eng\x02"+string(kind)+"\x00"+text) }
	for _, c := range []struct{ name, frames, plain, synced string }{
		{"lrc", frame23("USLT", "\x03eng\x00[ti:x]\r\n[00:02.5][01:02]Two\r\n[00:01.005]<00:01.00>One <00:01.50>word\r\n"),
			"One word\nTwo\nTwo", "[00:01.005]One word\n[00:02.50]Two\n[01:02.00]Two"},
		{"lrc that comes sooner", frame23("USLT", "\x03eng\x00[offset:500]\n[00:02.00]Two\n[00:00.20]One"), "One\nTwo", "[00:00.00]One\n[00:01.50]Two"},
		{"brackets", frame23("USLT", "\x03eng\x00[Chorus]\nLa\n[1:23] la\nla"), "[Chorus]\nLa\n[1:23] la\nla", ""},
		{"lines", sylt(1, "One\x00\x00\x00\x03\xe8Two\x00\x00\x00\x07\xd0"), "One\nTwo", "[00:01.00]One\n[00:02.00]Two"},
		{"syllables", sylt(1, "\nStran\x00\x00\x00\x03\xe8gers\x00\x00\x00\x07\xd0\nin\x00\x00\x00\x0b\xb8"), "Strangers\nin", "[00:01.00]Strangers\n[00:03.00]in"},
		{"chords", sylt(5, "Am\x00\x00\x00\x03\xe8"), "", ""},
		{"both", frame23("USLT", "\x03eng\x00Plain") + sylt(1, "One\x00\x00\x00\x03\xe8"), "Plain", "[00:01.00]One"},
		{"cut", sylt(1, "One\x00\x00\x00\x03\xe8Two\x00\x00"), "One", "[00:01.00]One"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, append(id3Tag(4, 0, c.frames), mp3Frames()...)).Tags
			if got.Lyrics != c.plain || got.SyncedLyrics != c.synced {
				t.Errorf("plain %q, synced %q", got.Lyrics, got.SyncedLyrics)
			}
		})
	}
}

func TestWriterKeepsLyricsWithTimes(t *testing.T) {
	frames := frame23("SYLT", "\x00eng\x02\x01\x00One\x00\x00\x00\x03\xe8") + frame23("SYLT", "\x00eng\x02\x05\x00Am\x00\x00\x00\x03\xe8")
	file := append(id3Tag(4, 0, frames), mp3Frames()...)
	var out bytes.Buffer
	err := media.NewWriter(clock.System{}).Write(t.Context(), &out, bytes.NewReader(file), int64(len(file)), ingest.Labels{Title: "New"})
	if err != nil {
		t.Fatal(err)
	}
	got := mustRead(t, out.Bytes()).Tags
	if got.Title != "New" || got.SyncedLyrics != "[00:01.00]One" || bytes.Count(out.Bytes(), []byte("SYLT")) != 2 {
		t.Errorf("%+v, %d frames", got, bytes.Count(out.Bytes(), []byte("SYLT")))
	}
}

func TestWriterRefusesNewFormats(t *testing.T) {
	for sentence, file := range map[string][]byte{
		"into AIFF files":    mediatest.AIFF(mediatest.Tags{}, time.Second, 440),
		"into WavPack files": mediatest.WavPack(mediatest.Tags{}),
		"into DSD files":     dsfFile(80_000, nil),
		"of this kind":       []byte("\x1aE\xdf\xa3 and so on"),
	} {
		var out bytes.Buffer
		err := media.NewWriter(clock.System{}).Write(t.Context(), &out, bytes.NewReader(file), int64(len(file)), ingest.Labels{})
		wantFault(t, err, "not_writable", sentence)
		if out.Len() > 0 {
			t.Errorf("%s: %d bytes were written", sentence, out.Len())
		}
	}
}
