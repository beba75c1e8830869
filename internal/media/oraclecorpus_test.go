package media_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hathor/internal/media/mediatest"
)

// oracleBase is audio that is tagged in many ways: how ffmpeg makes it, or content that is there already, and
// the kinds of tags that it may have.
type oracleBase struct {
	name, args string
	content    func(*testing.T) []byte
	kinds      []string
	few        bool // only some sets of tags: what differs is the audio
}

var oracleBases = []oracleBase{
	{name: "cbr.mp3", args: "-ac 2 -c:a libmp3lame -b:a 128k", kinds: []string{"id3v24", "id3v23", "ape"}},
	{name: "vbr.mp3", args: "-ac 2 -c:a libmp3lame -q:a 4", kinds: []string{"id3v24"}, few: true},
	{name: "abr.mp3", args: "-ac 2 -c:a libmp3lame -b:a 160k -abr 1", kinds: []string{"id3v23"}, few: true},
	{name: "bare.mp3", args: "-ac 1 -c:a libmp3lame -b:a 64k -write_xing 0", kinds: []string{"id3v24"}, few: true},
	{name: "barevbr.mp3", args: "-ac 2 -c:a libmp3lame -q:a 3 -write_xing 0", kinds: []string{"id3v24"}, few: true},
	{name: "mpeg2.mp3", args: "-ac 1 -ar 22050 -c:a libmp3lame -b:a 32k", kinds: []string{"id3v24"}, few: true},
	{name: "mpeg25.mp3", args: "-ac 2 -ar 8000 -c:a libmp3lame -b:a 16k", kinds: []string{"id3v24"}, few: true},
	{name: "plain.flac", args: "-ac 2 -c:a flac", kinds: []string{"vorbis"}},
	{name: "deep.flac", args: "-ac 6 -ar 96000 -c:a flac -sample_fmt s32", kinds: []string{"vorbis"}, few: true},
	{name: "vorbis.ogg", args: "-ac 2 -c:a libvorbis -q:a 3", kinds: []string{"vorbis"}},
	{name: "low.ogg", args: "-ac 1 -ar 22050 -c:a libvorbis -q:a 0", kinds: []string{"vorbis"}, few: true},
	{name: "music.opus", args: "-ac 2 -c:a libopus -b:a 96k", kinds: []string{"vorbis"}},
	{name: "speech.opus", args: "-ac 1 -c:a libopus -b:a 16k -frame_duration 60", kinds: []string{"vorbis"}, few: true},
	{name: "aac.m4a", args: "-ac 2 -c:a aac -b:a 128k", kinds: []string{"mp4"}},
	{name: "alac.m4a", args: "-ac 2 -ar 48000 -c:a alac -sample_fmt s16p", kinds: []string{"mp4"}},
	{name: "plain.wav", args: "-ac 2 -c:a pcm_s16le", kinds: []string{"id3v24", "id3v23"}},
	{name: "deep.wav", args: "-ac 1 -ar 96000 -c:a pcm_s24le", kinds: []string{"id3v24"}, few: true},
	{name: "plain.aiff", args: "-ac 2 -c:a pcm_s16be", kinds: []string{"id3v24", "id3v23"}},
	{name: "turned.aifc", args: "-ac 1 -ar 22050 -c:a pcm_s16le -f aiff", kinds: []string{"id3v24"}, few: true},
	{name: "plain.wv", args: "-ac 2 -c:a wavpack", kinds: []string{"ape"}},
	{name: "deep.wv", args: "-ac 1 -ar 96000 -c:a wavpack -sample_fmt s32p", kinds: []string{"ape"}, few: true},
	{name: "tone.mpc", content: fromTestdata("tone.mpc"), kinds: []string{"ape"}},
	{name: "tone.dsf", content: func(*testing.T) []byte { return dsfFile(2_822_400/2, nil) }, kinds: []string{"id3v24"}},
	{name: "tone.ape", content: func(*testing.T) []byte { return monkeyFile(44_100) }, kinds: []string{"ape"}},
	{name: "plain.tta", args: "-ac 2 -c:a tta", kinds: []string{"id3v24"}},
	{name: "plain.wma", args: "-ac 2 -c:a wmav2 -b:a 128k", kinds: []string{"asf"}},
}

func fromTestdata(name string) func(*testing.T) []byte {
	return func(t *testing.T) []byte { return fixture(t, name) }
}

// dsfFile is silence of DSD64 in two channels, with a tag behind it.
func dsfFile(samples int, tag []byte) []byte {
	const block, channels = 4096, 2
	audio := bytes.Repeat([]byte{0x69}, channels*block*((samples/8+block-1)/block))
	le := binary.LittleEndian
	format := le.AppendUint64([]byte("fmt "), 52)
	for _, n := range []uint32{1, 0, 2, channels, 2_822_400, 1} {
		format = le.AppendUint32(format, n)
	}
	format = le.AppendUint32(le.AppendUint32(le.AppendUint64(format, uint64(samples)), block), 0)
	data := append(le.AppendUint64([]byte("data"), uint64(12+len(audio))), audio...)
	size := uint64(28 + len(format) + len(data))
	tagAt := uint64(0)
	if len(tag) > 0 {
		tagAt = size
	}
	head := le.AppendUint64(le.AppendUint64(le.AppendUint64([]byte("DSD "), 28), size+uint64(len(tag))), tagAt)
	return append(append(append(head, format...), data...), tag...)
}

// monkeyFile has the heads of Monkey's Audio around a frame of nothing, which is all that anybody looks at.
func monkeyFile(samples uint32) []byte {
	le := binary.LittleEndian
	const version, blocks = 3990, 73728 * 4
	audio := make([]byte, 4096)
	b := append([]byte("MAC "), version&0xff, version>>8, 0, 0)
	for _, n := range []uint32{52, 24, 4, 0, uint32(len(audio)), 0, 0} {
		b = le.AppendUint32(b, n)
	}
	b = append(b, make([]byte, 16)...)                                           // MD5
	b = le.AppendUint16(le.AppendUint16(b, 2000), 0)                             // level, flags
	b = le.AppendUint32(le.AppendUint32(le.AppendUint32(b, blocks), samples), 1) // of a frame, of the last, frames
	b = le.AppendUint16(le.AppendUint16(b, 16), 2)
	b = le.AppendUint32(b, 44_100)
	b = le.AppendUint32(b, uint32(len(b)+4)) // where the frame is
	return append(b, audio...)
}

// oraclePicture is a picture for the script to write.
type oraclePicture struct {
	Kind int    `json:"kind"`
	Data string `json:"data"`
}

func pictureOf(kind, size int) oraclePicture {
	data := append(mediatest.JPEG(24, 24, color.RGBA{R: uint8(kind * 20), A: 255}), noiseOf(size)...)
	return oraclePicture{kind, base64.StdEncoding.EncodeToString(data)}
}

// noiseOf has many bytes that look like the head of a frame, so that unsynchronising has something to do.
func noiseOf(size int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(random.Uint32())
		if i%7 == 0 {
			data[i] = 0xff
		}
	}
	return data
}

// oracleSet is a set of tags by the names of Vorbis comments.
type oracleSet struct {
	name     string
	tags     map[string][]string
	sung     [][2]any // text and milliseconds
	pictures []oraclePicture
}

const anMBID, otherMBID = "0383dadf-2a4e-4d10-a46a-e9e041da8eb3", "2c5ad3d4-4d0c-4a3c-8a3b-ff0e5cbb3a5e"

var oracleSets = []oracleSet{
	{name: "none", tags: map[string][]string{}},
	{name: "plain", tags: map[string][]string{
		"TITLE": {"Night Bus"}, "ARTIST": {"Ada"}, "ALBUM": {"Lines"}, "GENRE": {"Dub"}, "TRACKNUMBER": {"3"}, "DATE": {"2021"},
	}},
	{name: "full", tags: map[string][]string{
		"TITLE": {"Night Bus"}, "ARTIST": {"Ada"}, "ALBUMARTIST": {"Crew"}, "ALBUM": {"Lines"}, "GENRE": {"Dub"}, "TRACKNUMBER": {"3"},
		"TRACKTOTAL": {"12"}, "DISCNUMBER": {"1"}, "DISCTOTAL": {"2"}, "DATE": {"2021-05-17"}, "ORIGINALDATE": {"1999-03-01"}, "COMPILATION": {"1"},
		"TITLESORT": {"Bus, Night"}, "ARTISTSORT": {"Ada, A."}, "ALBUMSORT": {"Lines, The"}, "ALBUMARTISTSORT": {"Crew, The"},
		"COMPOSER": {"Cee"}, "REMIXER": {"Dee"}, "LYRICS": {"One line\nand another"},
	}},
	{name: "many", tags: map[string][]string{
		"TITLE": {"Together"}, "ARTIST": {"Ada", "AC/DC", "Björn"}, "ALBUMARTIST": {"Ada", "Crew"}, "GENRE": {"Dub", "R&B/Soul", "Hip-Hop"},
		"COMPOSER": {"Cee", "Eff"}, "REMIXER": {"Dee", "Gee"},
	}},
	{name: "credits", tags: map[string][]string{"TITLE": {"Guests"}, "ARTIST": {"Ada feat. Björn"}, "ARTISTS": {"Ada", "Björn"}}},
	{name: "japanese", tags: map[string][]string{"TITLE": {"夜のバス"}, "ARTIST": {"宇多田ヒカル", "椎名林檎"}, "ALBUM": {"無罪モラトリアム"}, "GENRE": {"Jポップ"}}},
	{name: "arabic", tags: map[string][]string{"TITLE": {"حافلة الليل"}, "ARTIST": {"فيروز"}, "ALBUM": {"خطوط"}, "LYRICS": {"سطر\nوآخر"}}},
	{name: "symbols", tags: map[string][]string{"TITLE": {"🎵 Größe – “ÿþ” 𝄞"}, "ARTIST": {"Motörhead"}, "ALBUM": {"C:\\a=b;c, d/e"}}},
	{name: "ids", tags: map[string][]string{
		"TITLE": {"Known"}, "ARTIST": {"Ada"}, "MUSICBRAINZ_TRACKID": {anMBID}, "MUSICBRAINZ_ALBUMID": {otherMBID}, "MUSICBRAINZ_ARTISTID": {anMBID, otherMBID},
		"MUSICBRAINZ_ALBUMARTISTID": {otherMBID}, "MUSICBRAINZ_RELEASEGROUPID": {anMBID}, "RELEASETYPE": {"album", "live"},
	}},
	{name: "gain", tags: map[string][]string{
		"TITLE": {"Loud"}, "REPLAYGAIN_TRACK_GAIN": {"-6.25 dB"}, "REPLAYGAIN_TRACK_PEAK": {"0.988553"}, "REPLAYGAIN_ALBUM_GAIN": {"+1.5 dB"}, "REPLAYGAIN_ALBUM_PEAK": {"1.0"},
	}},
	{name: "r128", tags: map[string][]string{"TITLE": {"Louder"}, "R128_TRACK_GAIN": {"-512"}, "R128_ALBUM_GAIN": {"256"}}},
	{name: "lrc", tags: map[string][]string{"TITLE": {"Sung"}, "LYRICS": {"[ar:Ada]\n[00:01.00]One\n[00:02.50][00:04.00]Two"}}},
	{name: "sung", tags: map[string][]string{"TITLE": {"Sung"}}, sung: [][2]any{{"One", 1000}, {"Two", 2500}}},
	{name: "stamp", tags: map[string][]string{"TITLE": {"Dated"}, "DATE": {"2021-05-17 12:30:00"}, "ORIGINALDATE": {"1999"}}},
	{name: "month", tags: map[string][]string{"TITLE": {"Dated"}, "DATE": {"2021-05"}}},
	{name: "numbers", tags: map[string][]string{"TITLE": {"Counted"}, "GENRE": {"17"}, "TRACKNUMBER": {"07"}, "DISCNUMBER": {"2"}, "COMPILATION": {"0"}}},
	{name: "spaces", tags: map[string][]string{"TITLE": {"  wide  "}, "ARTIST": {"Ada\tB"}, "ALBUM": {"two\nlines"}}},
	{name: "long", tags: map[string][]string{"TITLE": {"Long"}, "LYRICS": {strings.Repeat("la la la\n", 9000)}}},
	{name: "cover", tags: map[string][]string{"TITLE": {"Seen"}}, pictures: []oraclePicture{pictureOf(3, 100)}},
	{name: "covers", tags: map[string][]string{"TITLE": {"Seen"}}, pictures: []oraclePicture{pictureOf(4, 50), pictureOf(8, 70), pictureOf(3, 90)}},
	{name: "poster", tags: map[string][]string{"TITLE": {"Seen"}}, pictures: []oraclePicture{pictureOf(3, 1_500_000)}},
}

var fewSets = map[string]bool{"none": true, "plain": true, "cover": true}

// oracleCase is one file of the corpus.
type oracleCase struct {
	path, format, set, kind string
}

// corpusOf writes the corpus into a folder and answers what is in it.
func corpusOf(t *testing.T, o *oracle, folder string) []oracleCase {
	var cases []oracleCase
	for _, base := range oracleBases {
		content := audioOf(t, folder, base)
		format := strings.TrimPrefix(filepath.Ext(base.name), ".")
		add := func(label string, job oracleJob, set oracleSet) {
			name := strings.Join([]string{strings.TrimSuffix(base.name, "."+format), label, set.name}, "-") + "." + format
			job.Path = filepath.Join(folder, name)
			if err := os.WriteFile(job.Path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if set.name != "none" {
				job.Tags, job.Sung, job.Pictures = set.tags, set.sung, set.pictures
				o.ask(t, job)
			}
			cases = append(cases, oracleCase{job.Path, format, set.name, job.Kind})
		}
		for _, kind := range base.kinds {
			for _, set := range oracleSets {
				if !base.few || fewSets[set.name] {
					add(kind, oracleJob{Kind: kind, Encoding: 3}, set)
				}
			}
		}
		if base.name == "cbr.mp3" {
			for _, set := range oracleSets[1:11] {
				add("utf16", oracleJob{Kind: "id3v23", Encoding: 1}, set)
				add("utf16be", oracleJob{Kind: "id3v24", Encoding: 2}, set)
				add("v1", oracleJob{Kind: "id3v24", Encoding: 3, V1: true}, set)
			}
			cases = append(cases, oddID3(t, folder, content)...)
		}
	}
	return cases
}

// audioOf is the base without tags.
func audioOf(t *testing.T, folder string, base oracleBase) []byte {
	t.Helper()
	if base.content != nil {
		return base.content(t)
	}
	path := filepath.Join(folder, "base-"+base.name)
	args := "-v error -bitexact -f lavfi -i anoisesrc=d=1.237:c=pink:r=44100:a=0.3:seed=7 -map_metadata -1 -id3v2_version 0 "
	if !strings.HasSuffix(base.name, ".mp3") {
		args = strings.Replace(args, "-id3v2_version 0 ", "", 1)
	}
	run(t, "ffmpeg", append(strings.Fields(args+base.args), path)...)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
