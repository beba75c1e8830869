package ingest

import (
	"strconv"
	"strings"

	"hathor/internal/library"
)

// mostTracks bounds totals; what is more is no count.
const mostTracks = 9999

// detailsOf is what tags say of a song beside what lists show.
func detailsOf(t Tags) library.Details {
	d := library.Details{
		OriginalDate: date(t.OriginalDate), TrackTotal: count(t.TrackTotal), DiscTotal: count(t.DiscTotal),
		TitleSort: cut(t.TitleSort, longestText), AlbumSort: cut(t.AlbumSort, longestText), RecordingMBID: mbid(t.TrackMBID),
		TrackGain: t.TrackGain, TrackPeak: t.TrackPeak, AlbumGain: t.AlbumGain, AlbumPeak: t.AlbumPeak,
	}
	if said := date(t.Date); said != strconv.Itoa(t.Year) {
		d.Date = said
	}
	return d
}

func count(n int) int {
	if n < 1 || n > mostTracks {
		return 0
	}
	return n
}

// longestDate is that of a day: "2021-05-17".
const longestDate = 10

// date cuts the time of day off.
func date(text string) string {
	return text[:min(len(text), longestDate)]
}

// lyricsOf are the words in tags. Many files have LRC where plain words belong; the words of LRC are not
// kept twice.
func lyricsOf(t Tags) library.Lyrics {
	l := library.Lyrics{Plain: strings.TrimSpace(t.Lyrics), Synced: strings.TrimSpace(t.SyncedLyrics)}
	if l.Synced == "" && library.IsLRC(l.Plain) {
		l.Plain, l.Synced = "", l.Plain
	}
	if l.Synced != "" && l.Plain == l.Text() {
		l.Plain = ""
	}
	return l
}
