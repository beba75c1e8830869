package ffmpeg

import (
	"fmt"
	"io"

	"hathor/internal/library"
)

// reading is how a format is read: by which demuxer, and with which decoders and no others.
type reading struct{ demuxer, decoders string }

var pcm = "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be"

var readings = map[library.Format]reading{
	library.MP3:      {"mp3", "mp3float,mp3,mp2float,mp2"},
	library.FLAC:     {"flac", "flac"},
	library.Vorbis:   {"ogg", "vorbis,flac"},
	library.Opus:     {"ogg", "opus,libopus"},
	library.AAC:      {"mov", "aac,alac,mp3float"},
	library.ALAC:     {"mov", "alac,aac"},
	library.WAV:      {"wav", pcm + ",pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav"},
	library.AIFF:     {"aiff", pcm},
	library.WavPack:  {"wv", "wavpack"},
	library.APE:      {"ape", "ape"},
	library.WMA:      {"asf", "wmav1,wmav2,wmapro,wmalossless,wmavoice"},
	library.Musepack: {"mpc", "mpc7"},
	library.TTA:      {"tta", "tta"},
	library.DSD:      {"dsf", dsd},
	library.WebM:     {"matroska", "opus,libopus,vorbis,aac,flac"},
}

const dsd = "dsd_lsbf,dsd_msbf,dsd_lsbf_planar,dsd_msbf_planar"

// variants are formats that come in two containers, told apart by the first bytes.
var variants = map[library.Format]struct {
	start string
	reading
}{
	library.Musepack: {"MPCK", reading{"mpc8", "mpc8"}},
	library.DSD:      {"FRM8", reading{"iff", dsd}},
}

// readingOf says how to read an open file of the format.
func readingOf(format library.Format, file io.ReaderAt) (reading, error) {
	r, ok := readings[format]
	if !ok {
		return reading{}, fmt.Errorf("no demuxer is known for %q", format)
	}
	if v, ok := variants[format]; ok {
		start := make([]byte, len(v.start))
		if _, err := file.ReadAt(start, 0); err == nil && string(start) == v.start {
			return v.reading, nil
		}
	}
	return r, nil
}
