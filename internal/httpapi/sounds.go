package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strings"

	"hathor/internal/library"
	"hathor/internal/sound"
)

type soundView struct {
	Measured     bool      `json:"measured" doc:"Whether the whole file was read; else trim, length and loudness are not known yet, and asking for them puts the song in front"`
	SampleRate   int       `json:"sampleRate" doc:"Hz, of startTrim and totalSamples"`
	StartTrim    int64     `json:"startTrim" doc:"Samples that a decoder which trims nothing gives before the music begins"`
	TotalSamples int64     `json:"totalSamples" doc:"Samples of music behind those, 0 where that is not known"`
	TrimSource   string    `json:"trimSource" enum:"lame,elst,itunsmpb,opus,vorbis,exact,none" doc:"With none nothing tells what the encoder added: blend rather than join"`
	Loudness     *float64  `json:"loudness" doc:"LUFS, integrated (ITU-R BS.1770-4); null for silence and where nothing could decode the file"`
	TruePeak     *float64  `json:"truePeak" doc:"dBTP"`
	Gain         *gainView `json:"gain" doc:"null where nothing tells"`
	Problem      *string   `json:"problem" doc:"Why something is missing, for people"`
}

type gainView struct {
	Track     float64  `json:"track" doc:"dB to -18 LUFS"`
	Album     *float64 `json:"album" doc:"null without an album, and while not all of its songs are measured"`
	TrackPeak *float64 `json:"trackPeak" doc:"Full scale is 1"`
	AlbumPeak *float64 `json:"albumPeak"`
	Source    string   `json:"source" enum:"tags,measured"`
}

type waveformView struct {
	Measured  bool    `json:"measured"`
	PerSecond float64 `json:"perSecond" doc:"Points a second, 0 without any"`
	Peaks     []int   `json:"peaks" doc:"The loudest sample of each stretch, 0 to 255 at full scale; at most 2,000"`
}

type seekIndexView struct {
	Measured   bool    `json:"measured"`
	SampleRate int     `json:"sampleRate"`
	Entries    []int64 `json:"entries" doc:"For each second the byte of the file where the last frame, page or packet before it begins; empty where the format has none"`
	Samples    []int64 `json:"samples" doc:"The first sample of each of those, before startTrim is cut off"`
}

// cached is an answer that a client may keep and ask about again.
type cached[T any] struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         T
}

// soundInput asks for something of a song that the client may know already.
type soundInput struct {
	IDInput
	IfNoneMatch string `header:"If-None-Match" doc:"The ETag of the answer that is kept"`
}

// answerCached leaves the body out where the client has it. The tag is a weak one: answers are compressed.
func answerCached[T any](in *soundInput, tag string, body T) *cached[T] {
	out := &cached[T]{Status: http.StatusOK, ETag: `W/"` + tag + `"`, CacheControl: "private, no-cache", Body: body}
	for known := range strings.SplitSeq(in.IfNoneMatch, ",") {
		if known = strings.TrimSpace(known); known == out.ETag || "W/"+known == out.ETag {
			out.Status = http.StatusNotModified
		}
	}
	return out
}

type sounds struct {
	library *library.Service
	sound   *sound.Service
}

func registerSounds(a *api, s Services) {
	h := &sounds{s.Library, s.Sound}
	missing := []int{http.StatusNotFound}
	register(a, operation{id: "getSongSound", method: http.MethodGet, path: "/songs/{id}/sound", access: SignedIn, tag: "Streaming",
		summary: "What a player needs to join and to level the song", errors: missing}, h.sounds)
	register(a, operation{id: "getSongWaveform", method: http.MethodGet, path: "/songs/{id}/waveform", access: SignedIn, tag: "Streaming",
		summary: "The song's waveform", errors: missing}, h.waveform)
	register(a, operation{id: "getSongSeekIndex", method: http.MethodGet, path: "/songs/{id}/seek-index", access: SignedIn, tag: "Streaming",
		summary: "Where in the file each second of the song begins", errors: missing}, h.seekIndex)
}

func (h *sounds) sounds(ctx context.Context, in *soundInput) (*cached[soundView], error) {
	scope, err := h.library.Scope(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	found, err := h.sound.Sound(ctx, scope, library.SongID(in.ID))
	if err != nil {
		return nil, err
	}
	view := soundView{
		Measured: found.Measured, SampleRate: found.SampleRate, StartTrim: found.StartTrim, TotalSamples: found.TotalSamples,
		TrimSource: string(found.Source), Gain: viewGain(found.Gain),
	}
	if found.Problem != "" {
		view.Problem = &found.Problem
	}
	if l := found.Loudness; l != nil {
		view.Loudness, view.TruePeak = rounded(&l.LUFS, 100), rounded(&l.TruePeak, 100)
	}
	text, err := json.Marshal(view) // gains of an album change without the song
	if err != nil {
		return nil, fmt.Errorf("encode sound: %w", err)
	}
	sum := sha256.Sum256(text)
	return answerCached(in, fmt.Sprintf("%x", sum[:12]), view), nil
}

func viewGain(g *sound.Gain) *gainView {
	if g == nil {
		return nil
	}
	view := &gainView{
		Track: *rounded(&g.Track, 100), Album: rounded(g.Album, 100), TrackPeak: rounded(g.TrackPeak, 1e6), AlbumPeak: rounded(g.AlbumPeak, 1e6),
		Source: "measured",
	}
	if g.FromTags {
		view.Source = "tags"
	}
	return view
}

// rounded is the number to so many parts of one, nil for nil.
func rounded(number *float64, parts float64) *float64 {
	if number == nil {
		return nil
	}
	near := math.Round(*number*parts) / parts
	return &near
}

func (h *sounds) waveform(ctx context.Context, in *soundInput) (*cached[waveformView], error) {
	scope, err := h.library.Scope(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	drawn, err := h.sound.Waveform(ctx, scope, library.SongID(in.ID))
	if err != nil {
		return nil, err
	}
	view := waveformView{Measured: drawn.Measured, PerSecond: drawn.Waveform.PerSecond(), Peaks: make([]int, len(drawn.Waveform.Peaks))}
	for i, p := range drawn.Waveform.Peaks {
		view.Peaks[i] = int(p)
	}
	return answerCached(in, drawn.Tag, view), nil
}

func (h *sounds) seekIndex(ctx context.Context, in *soundInput) (*cached[seekIndexView], error) {
	scope, err := h.library.Scope(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	found, err := h.sound.SeekIndex(ctx, scope, library.SongID(in.ID))
	if err != nil {
		return nil, err
	}
	view := seekIndexView{Measured: found.Measured, SampleRate: found.SampleRate, Entries: orEmpty(found.Index.Offsets), Samples: orEmpty(found.Index.Samples)}
	return answerCached(in, found.Tag, view), nil
}
