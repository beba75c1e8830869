package media

import (
	"math"
	"strconv"
	"strings"

	"hathor/internal/ingest"
)

// tags puts the collected values into the words of ingest.
func (b *bag) tags() ingest.Tags {
	track, trackOf := b.number(trackNumber, trackTotal)
	disc, discOf := b.number(discNumber, discTotal)
	t := ingest.Tags{
		Title: b.first(title), Artists: b.list(artists, artist), AlbumArtists: b.list(albumArtists, albumArtist),
		Album: b.first(album), Genres: genres(b.values[genre]),
		Track: track, TrackTotal: trackOf, Disc: disc, DiscTotal: discOf,
		Date: b.date(), OriginalDate: dateOf(b.first(originalDate)), Compilation: isSet(b.first(compilation)),
		TitleSort: b.first(titleSort), ArtistSort: b.first(artistSort), AlbumSort: b.first(albumSort),
		AlbumArtistSort: b.first(albumArtistSort),
		Composers:       b.list(composer), Remixers: b.list(remixer),
		TrackMBID: mbid(b.first(trackMBID)), AlbumMBID: mbid(b.first(albumMBID)), ReleaseGroupMBID: mbid(b.first(groupMBID)),
		ArtistMBIDs: mbids(b.values[artistMBID]), AlbumArtistMBIDs: mbids(b.values[albumArtistMBID]),
		ReleaseTypes: releaseTypes(b.values[releaseType]),
		TrackPeak:    peak(b.first(trackPeak)), AlbumPeak: peak(b.first(albumPeak)),
		Pictures: b.picture.kinds(),
	}
	t.Lyrics, t.SyncedLyrics = b.lyrics()
	t.Year = yearOf(t.Date)
	t.TrackGain = gain(b.first(trackGain), b.first(r128TrackGain))
	t.AlbumGain = gain(b.first(albumGain), b.first(r128AlbumGain))
	return t
}

// genres parts values at semicolons. A slash stays: "R&B/Soul" is one genre.
func genres(values []string) []string {
	var parts []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ";") {
			if part = strings.TrimSpace(part); part != "" {
				parts = append(parts, part)
			}
		}
	}
	return distinct(parts)
}

// releaseTypes parts what taggers joined. One of MusicBrainz' types has a slash of its own.
func releaseTypes(values []string) []string {
	const street = "mixtape/street"
	var types []string
	for _, v := range values {
		v = strings.ToLower(v)
		if strings.Contains(v, street) {
			types = append(types, street)
			v = strings.ReplaceAll(v, street, "")
		}
		for part := range strings.FieldsFuncSeq(v, func(r rune) bool { return strings.ContainsRune("/;,", r) }) {
			if part = strings.TrimSpace(part); part != "" {
				types = append(types, part)
			}
		}
	}
	return distinct(types)
}

// number reads "3" or "3/12"; a total of its own wins over the one behind the slash.
func (b *bag) number(of, total field) (int, int) {
	number, behind, _ := strings.Cut(b.first(of), "/")
	count := counting(b.first(total))
	if count == 0 {
		count = counting(behind)
	}
	return counting(number), count
}

// counting reads a number of up to five digits, 0 for anything else.
func counting(text string) int {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 17)
	if err != nil || n > 99999 {
		return 0
	}
	return int(n)
}

func isSet(text string) bool {
	switch strings.ToLower(text) {
	case "1", "true", "yes":
		return true
	}
	return false
}

// date joins the year and the day of ID3v2.3, which are two frames.
func (b *bag) date() string {
	day := dateOf(b.first(date))
	if day == "" {
		return dateOf(b.first(releaseDate))
	}
	if ddmm := b.first(dayMonth); len(day) == 4 && len(ddmm) == 4 {
		if whole := dateOf(day + "-" + ddmm[2:] + "-" + ddmm[:2]); len(whole) == 10 {
			return whole
		}
	}
	return day
}

// dateOf keeps as much of "2021-05-17T12:00" as is a date, and understands "20210517".
func dateOf(text string) string {
	if len(text) == 8 && digits(text) {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	if len(text) < 4 || yearOf(text) == 0 {
		return ""
	}
	if !datePart(text, 4, 12) {
		return text[:4]
	}
	if !datePart(text, 7, 31) {
		return text[:7]
	}
	return text[:10]
}

// datePart tells whether "-NN" stands at the offset, from 1 to most.
func datePart(text string, at, most int) bool {
	if len(text) < at+3 || text[at] != '-' || !digits(text[at+1:at+3]) {
		return false
	}
	n := counting(text[at+1 : at+3])
	return n >= 1 && n <= most
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

func yearOf(text string) int {
	if len(text) < 4 || !digits(text[:4]) || len(text) > 4 && digits(text[4:5]) {
		return 0
	}
	return counting(text[:4])
}

// r128Shift is the distance of R128's reference (-23 LUFS) from ReplayGain's (-18), in dB.
const r128Shift = 5

// gain reads "-6.20 dB", or else R128's whole number of 256ths of a dB. Nobody means more than 60 dB.
func gain(replayGain, r128 string) *float64 {
	if value, ok := decimal(replayGain); ok && math.Abs(value) <= 60 {
		return &value
	}
	if steps, err := strconv.ParseInt(r128, 10, 16); err == nil {
		value := float64(steps)/256 + r128Shift
		if math.Abs(value) <= 60 {
			return &value
		}
	}
	return nil
}

func peak(text string) *float64 {
	if value, ok := decimal(text); ok && value >= 0 && value <= 100 {
		return &value
	}
	return nil
}

// decimal reads the number at the front of the text; some taggers write a comma.
func decimal(text string) (float64, bool) {
	number, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	number = strings.TrimSuffix(strings.TrimSuffix(number, "dB"), "db")
	value, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	return value, err == nil && !math.IsNaN(value) && !math.IsInf(value, 0)
}

// mbid returns the MusicBrainz id in lower case, nothing when it is none.
func mbid(text string) string {
	if len(text) != 36 {
		return ""
	}
	for i := range len(text) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (text[i] == '-') || !dash && !hexDigit(text[i]) {
			return ""
		}
	}
	return strings.ToLower(text)
}

func hexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// mbids reads ids that may stand in one value, parted by a slash, a semicolon or a comma.
func mbids(values []string) []string {
	var ids []string
	for _, v := range values {
		for _, part := range strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("/;, ", r) }) {
			if id := mbid(part); id != "" {
				ids = append(ids, id)
			}
		}
	}
	return distinct(ids)
}
