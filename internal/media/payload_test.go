package media_test

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// sound is what the reader names as the audio of a file.
func audioIn(t *testing.T, file []byte) []byte {
	t.Helper()
	a := mustRead(t, file).Audio
	if a.AudioSize <= 0 || a.AudioOffset < 0 || a.AudioOffset+a.AudioSize > int64(len(file)) {
		t.Fatalf("the audio is %d bytes at %d of %d", a.AudioSize, a.AudioOffset, len(file))
	}
	return file[a.AudioOffset : a.AudioOffset+a.AudioSize]
}

// lyrics3 and id3WithFooter are tags that stand behind the audio.
func lyrics3() string {
	return "LYRICSBEGIN" + "IND00002" + "10" + "000021" + "LYRICS200"
}

func id3WithFooter() string {
	const head, body = "\x04\x00\x10\x00\x00\x00\x0b", "TIT2\x00\x00\x00\x01\x00\x00\x03"
	return "ID3" + head + body + "3DI" + head
}

// moovFirst puts the index of an M4A before its audio, as web players like it.
func moovFirst(file []byte) []byte {
	at := bytes.LastIndex(file, []byte("moov")) - 4
	head := int(binary.BigEndian.Uint32(file))
	return bytes.Join([][]byte{file[:head], file[at:], file[head:at]}, nil)
}

// TestSoundIsTheSameWhateverTheTags reads the same audio with tags of other sizes at other places.
func TestSoundIsTheSameWhateverTheTags(t *testing.T) {
	full := fullTags()
	full.Picture = mediatest.PNG(500, 400, color.NRGBA{R: 9, A: 255})
	few := mediatest.Tags{Title: "Other"}
	both := func(file func(mediatest.Tags) []byte) [][]byte { return [][]byte{file(few), file(full)} }
	of := func(file func(mediatest.Tags, time.Duration, float64) []byte) [][]byte {
		return both(func(tags mediatest.Tags) []byte { return file(tags, 400*time.Millisecond, 440) })
	}
	mp3, flac, aac, alac := of(mediatest.MP3), of(mediatest.FLAC), both(mediatest.AAC), both(mediatest.ALAC)
	lame := fixture(t, "lame.mp3")
	audio := mp3[0][len(mediatest.ID3(few)):]
	for name, files := range map[string][][]byte{
		"MP3": append(mp3, audio,
			append(mediatest.ID3(full), mp3[0]...),
			[]byte(string(mp3[1])+lyrics3()+string(id3v1("Old"))),
			[]byte(string(audio)+string(apeTag("Title", "A"))+string(id3v1("Old"))),
			[]byte(string(audio)+string(apeTag("Title", "A"))),
			[]byte(string(audio)+id3WithFooter()+lyrics3()+string(apeTag("Title", "A"))+string(id3v1("Old")))),
		"MP3 with a header frame": {lame, append(mediatest.ID3(full), lame...)},
		"FLAC":                    append(flac, append(mediatest.ID3(full), flac[0]...), []byte(string(flac[1])+string(id3v1("Old")))),
		"WAV":                     of(mediatest.WAV),
		"AAC":                     append(aac, moovFirst(aac[1])),
		"ALAC":                    append(alac, moovFirst(alac[1])),
		"Vorbis, pages as before": {mediatest.Vorbis(few), mediatest.Vorbis(mediatest.Tags{Title: "One more", Album: "Lines"})},
		"Opus, pages as before":   {mediatest.Opus(few), mediatest.Opus(mediatest.Tags{Title: "One more", Album: "Lines"})},
	} {
		t.Run(name, func(t *testing.T) {
			want := audioIn(t, files[0])
			for i, file := range files[1:] {
				if got := audioIn(t, file); !bytes.Equal(got, want) {
					t.Errorf("file %d sounds of %d bytes, the first of %d", i+1, len(got), len(want))
				}
			}
		})
	}
}

func TestSoundIsAllThatPlays(t *testing.T) {
	few := mediatest.Tags{Title: "Other"}
	mp3 := mediatest.MP3(few, time.Second, 440)
	if got := audioIn(t, mp3); len(got)+len(mediatest.ID3(few)) != len(mp3) {
		t.Errorf("MP3: %d bytes", len(got))
	}
	if got := audioIn(t, mediatest.WAV(few, time.Second, 440)); len(got) != 2*mediatest.SampleRate {
		t.Errorf("WAV: %d bytes", len(got))
	}
	if got := audioIn(t, mediatest.FLAC(few, time.Second, 440)); !bytes.HasPrefix(got, []byte{0xff, 0xf8}) {
		t.Errorf("FLAC starts with %x", got[:2])
	}
	if got := audioIn(t, fixture(t, "lame.mp3")); !bytes.Contains(got[:200], []byte("Info")) {
		t.Error("the header frame is left out")
	}
}

// TestSoundOfAnM4AInPieces reads a file whose piece comes twice: both belong to its sound.
func TestSoundOfAnM4AInPieces(t *testing.T) {
	file := fixture(t, "pieces.m4a")
	one := audioIn(t, file)
	from := bytes.Index(file, []byte("moof")) - 4
	end := bytes.Index(file, one) + len(one)
	piece := file[from:end]
	got := audioIn(t, bytes.Join([][]byte{file[:end], piece, file[end:]}, nil))
	if want := string(one) + string(piece); string(got) != want {
		t.Errorf("%d bytes, want %d", len(got), len(want))
	}
}

// TestSoundOfAnM4AWithTagsInside leaves the whole file to count where an index parts the audio.
func TestSoundOfAnM4AWithTagsInside(t *testing.T) {
	file := append(mediatest.AAC(mediatest.Tags{Title: "A"}), "\x00\x00\x00\x0cmdat1234"...)
	if a := mustRead(t, file).Audio; a.AudioSize != 0 || a.AudioOffset != 0 {
		t.Errorf("the audio is %d bytes at %d", a.AudioSize, a.AudioOffset)
	}
}
