package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"hathor/internal/fault"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

// Prober asks ffprobe about files in formats that have no reader here.
type Prober interface {
	// Probe answers what ffprobe shows of the open file's format and streams, as JSON, within limits of its
	// own and the context's. The format is forced, never left to ffprobe to guess. Without ffprobe the error
	// is ErrNoProbe, and a file that it does not take is a fault of kind fault.Unsupported.
	Probe(ctx context.Context, file *os.File, format library.Format) ([]byte, error)
}

// probed is a format that ffprobe tells the length of.
type probed struct {
	start  string // the file's first bytes
	format library.Format
	name   string
}

var probedFormats = []probed{
	{"FRM8", library.DSD, "a DSDIFF file"},
	{"\x1aE\xdf\xa3", library.WebM, "a Matroska or WebM file"},
}

func probedFormat(head []byte) (probed, bool) {
	for _, p := range probedFormats {
		if bytes.HasPrefix(head, []byte(p.start)) {
			return p, true
		}
	}
	return probed{}, false
}

// ErrNoProbe is behind the refusal of a format that only ffprobe reads.
var ErrNoProbe = fmt.Errorf("ffprobe is not installed (%w)", ingest.ErrNotNow)

// readProbed lets ffprobe measure the audio. Tags are read here where they are of a kind that is known, since
// ffprobe keeps one value of each name.
func readProbed(s *source, at int64, p probed, tags bag) (song, error) {
	if s.prober == nil {
		return song{}, needsProbe(p)
	}
	file, ok := fileOf(s.r)
	if !ok {
		return song{}, errors.New("read a format that needs ffprobe: no open file was given")
	}
	found, err := s.probe(file, p)
	if err != nil {
		return song{}, err
	}
	found.audio.AudioOffset, found.audio.AudioSize = at, s.size-at
	tags.fill(found.tags)
	found.tags = tags
	return found, nil
}

func needsProbe(p probed) error {
	why := notAudio("This is " + p.name + ", which is read with the help of ffprobe: install ffmpeg on the server and scan again")
	return fmt.Errorf("%w (%w)", why, ErrNoProbe)
}

// fileOf is the open file behind what is read, which another program can be given.
func fileOf(r io.ReaderAt) (*os.File, bool) {
	switch f := r.(type) {
	case *os.File:
		return f, true
	case interface{ File() *os.File }:
		return f.File(), true
	}
	return nil, false
}

// probe asks within what is left of the two seconds.
func (s *source) probe(file *os.File, p probed) (song, error) {
	ctx, cancel := context.WithTimeout(s.ctx, s.deadline.Sub(s.clock.Now()))
	defer cancel()
	out, err := s.prober.Probe(ctx, file, p.format)
	if s.ctx.Err() == nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return song{}, errTooSlow
	}
	if errors.Is(err, ErrNoProbe) {
		return song{}, needsProbe(p)
	}
	if err != nil && fault.KindOf(err) != fault.Unsupported {
		return song{}, err
	}
	if err != nil {
		return song{}, brokenf("This looks like %s, but ffprobe cannot read it", p.name)
	}
	return parseProbe(out, p)
}

// probeOutput is the part of ffprobe's answer that is used.
type probeOutput struct {
	Streams []probeStream `json:"streams"`
	Format  struct {
		Duration string            `json:"duration"`
		BitRate  string            `json:"bit_rate"`
		Tags     map[string]string `json:"tags"`
	} `json:"format"`
}

type probeStream struct {
	Kind       string            `json:"codec_type"`
	Codec      string            `json:"codec_name"`
	SampleRate string            `json:"sample_rate"`
	Channels   int               `json:"channels"`
	Bits       int               `json:"bits_per_sample"`
	RawBits    string            `json:"bits_per_raw_sample"`
	Duration   string            `json:"duration"`
	BitRate    string            `json:"bit_rate"`
	Tags       map[string]string `json:"tags"`
	Use        struct {
		Picture int `json:"attached_pic"`
	} `json:"disposition"`
}

// parseProbe reads ffprobe's JSON. A file with moving pictures is a film and no song.
func parseProbe(out []byte, p probed) (song, error) {
	var probe probeOutput
	if err := json.Unmarshal(out, &probe); err != nil {
		return song{}, brokenf("This looks like %s, but ffprobe cannot read it", p.name)
	}
	var found *probeStream
	for i := range probe.Streams {
		st := &probe.Streams[i]
		if st.Kind == "video" && st.Use.Picture == 0 {
			return song{}, notAudio("This is a video, not audio that can be played here")
		}
		if found == nil && st.Kind == "audio" {
			found = st
		}
	}
	if found == nil {
		return song{}, brokenf("This is %s without audio", p.name)
	}
	if found.Codec == "" {
		return song{}, notAudio("This is " + p.name + " with audio that ffmpeg cannot decode")
	}
	result := song{audio: found.audio(p.format)}
	length := seconds(found.Duration)
	if length == 0 {
		length = seconds(probe.Format.Duration)
	}
	result.audio.Duration = length
	if result.audio.BitRate == 0 {
		result.audio.BitRate = kilobits(probe.Format.BitRate)
	}
	result.tags.addProbed(probe.Format.Tags)
	var own bag
	own.addProbed(found.Tags)
	result.tags.fill(own)
	return result, nil
}

func (st *probeStream) audio(format library.Format) ingest.Audio {
	a := ingest.Audio{Format: format, Channels: st.Channels, BitRate: kilobits(st.BitRate)}
	a.SampleRate, _ = strconv.Atoi(st.SampleRate) // 0 is refused as what cannot be
	if strings.HasPrefix(st.Codec, "dsd_") {
		const samplesOfByte = 8 // ffmpeg counts bytes
		a.SampleRate, a.BitDepth = a.SampleRate*samplesOfByte, 1
		return a
	}
	if depth := max(st.Bits, counting(st.RawBits)); depth <= 64 && probedLossless[st.Codec] {
		a.BitDepth = max(depth, 0)
	}
	return a
}

// probedLossless are the codecs whose depth means something; ffprobe shows one for lossy ones as well.
var probedLossless = map[string]bool{"flac": true, "alac": true, "wavpack": true, "tta": true, "pcm_s16le": true, "pcm_s24le": true}

func seconds(text string) time.Duration {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) || value <= 0 {
		return 0
	}
	if value > maxDuration.Seconds() {
		return maxDuration + time.Second
	}
	return time.Duration(value * float64(time.Second))
}

func kilobits(text string) int {
	value, err := strconv.ParseInt(text, 10, 32)
	if err != nil || value < 0 {
		return 0
	}
	return int((value + 500) / 1000)
}

// probeNames are names of Windows Media and Matroska that others do not have, squeezed as all are.
var probeNames = map[string]field{
	"PARTOFSET": discNumber, "ISCOMPILATION": compilation, "TITLESORTORDER": titleSort, "ALBUMSORTORDER": albumSort,
	"ARTISTSORTORDER": artistSort, "ALBUMARTISTSORTORDER": albumArtistSort, "MODIFIEDBY": remixer, "REMIXEDBY": remixer,
	"ORIGINALRELEASETIME": originalDate, "ORIGINALRELEASEYEAR": originalDate, "PARTNUMBER": trackNumber, "DATERELEASED": date,
	"ALBUMTITLE": album, "AUTHOR": artist, "SORTNAME": titleSort, "SORTALBUM": albumSort, "SORTARTIST": artistSort, "SORTALBUMARTIST": albumArtistSort,
}

// addProbed takes texts by name.
func (b *bag) addProbed(texts map[string]string) {
	for n, name := range slices.Sorted(maps.Keys(texts)) {
		if n >= maxFrames {
			return
		}
		if f, ok := probedField(name); ok {
			b.addAll(f, probedValues(f, texts[name]))
		}
	}
}

// probedField knows the names of Windows Media and Matroska. "ALBUM/ARTIST" is Matroska's for the artist of the
// level above.
func probedField(name string) (field, bool) {
	if len(name) > 64 {
		return "", false
	}
	key := strings.TrimPrefix(strings.ToUpper(name), "WM/")
	if key == "ALBUM/ARTIST" {
		return albumArtist, true
	}
	key = fold.Replace(strings.ReplaceAll(key, "/", ""))
	if f, ok := probeNames[key]; ok {
		return f, true
	}
	return fieldOf(key)
}

// probedValues parts what ffmpeg has joined, in the fields that hold lists of names.
func probedValues(f field, text string) []string {
	switch f {
	case artists, albumArtists, composer, remixer:
		return strings.Split(text, ";")
	}
	return splitNUL(text)
}
