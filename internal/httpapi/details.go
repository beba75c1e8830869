package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/library"
)

type detailsView struct {
	Date          *string   `json:"date" doc:"2021-05-17 or 2021-05; null where the file knows the year alone, or nothing"`
	OriginalDate  *string   `json:"originalDate" doc:"When it first came out"`
	TrackTotal    *int      `json:"trackTotal"`
	DiscTotal     *int      `json:"discTotal"`
	TitleSort     *string   `json:"titleSort"`
	AlbumSort     *string   `json:"albumSort"`
	RecordingMBID *string   `json:"recordingMbid" doc:"MusicBrainz' id of the recording"`
	HasLyrics     bool      `json:"hasLyrics"`
	ReplayGain    *tagGainView `json:"replayGain" doc:"As the file's tags have it; null without"`
}

type tagGainView struct {
	TrackGain *float64 `json:"trackGain" doc:"dB"`
	TrackPeak *float64 `json:"trackPeak" doc:"1 is full scale"`
	AlbumGain *float64 `json:"albumGain" doc:"dB"`
	AlbumPeak *float64 `json:"albumPeak" doc:"1 is full scale"`
}

func viewDetails(d library.Details, lyrics bool) detailsView {
	v := detailsView{
		Date: textOrNull(d.Date), OriginalDate: textOrNull(d.OriginalDate), TrackTotal: optional(d.TrackTotal),
		DiscTotal: optional(d.DiscTotal), TitleSort: textOrNull(d.TitleSort), AlbumSort: textOrNull(d.AlbumSort),
		RecordingMBID: textOrNull(d.RecordingMBID), HasLyrics: lyrics,
	}
	if d.TrackGain != nil || d.TrackPeak != nil || d.AlbumGain != nil || d.AlbumPeak != nil {
		v.ReplayGain = &tagGainView{d.TrackGain, d.TrackPeak, d.AlbumGain, d.AlbumPeak}
	}
	return v
}

type lyricsView struct {
	Plain  string      `json:"plain" doc:"The words without times; empty without lyrics"`
	Synced bool        `json:"synced" doc:"There are lines with times"`
	Lines  []lyricView `json:"lines" doc:"In the order of their times"`
}

type lyricView struct {
	At   int64  `json:"at" doc:"Milliseconds from the beginning"`
	Text string `json:"text"`
}

func registerLyrics(a *api, s Services) {
	c := catalogue{s.Library}
	register(a, operation{id: "getLyrics", method: http.MethodGet, path: "/songs/{id}/lyrics", access: SignedIn, tag: "Catalogue",
		summary: "The words of a song, from its tags or from lyrics beside its file", errors: []int{http.StatusNotFound}}, c.getLyrics)
}

func (c catalogue) getLyrics(ctx context.Context, in *IDInput) (*answer[lyricsView], error) {
	scope, err := c.scope(ctx)
	if err != nil {
		return nil, err
	}
	lyrics, err := c.library.Lyrics(ctx, scope, library.SongID(in.ID))
	if err != nil {
		return nil, err
	}
	lines := lyrics.Lines()
	v := lyricsView{Plain: lyrics.Text(), Synced: len(lines) > 0, Lines: each(lines, func(l library.Line) lyricView {
		return lyricView{l.At.Milliseconds(), l.Text}
	})}
	return &answer[lyricsView]{v}, nil
}
