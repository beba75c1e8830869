package media

import "strings"

// id3Genres reads the content type of ID3: a name, a number of the old list, or references such as
// "(17)(18)Rock" with a refinement behind.
func id3Genres(text string) []string {
	var found []string
	for strings.HasPrefix(text, "(") && !strings.HasPrefix(text, "((") {
		reference, rest, ok := strings.Cut(text[1:], ")")
		name := genreByNumber(reference)
		if !ok || name == "" || len(found) >= maxValues {
			break
		}
		found, text = append(found, name), rest
	}
	text = strings.TrimSpace(text)
	if name := genreByNumber(text); name != "" {
		text = name
	}
	if strings.HasPrefix(text, "((") {
		text = text[1:]
	}
	if text == "" {
		return found
	}
	// "(17)Rock" says one thing twice.
	for _, f := range found {
		if strings.EqualFold(f, text) {
			return found
		}
	}
	return append(found, text)
}

func genreByNumber(text string) string {
	switch text {
	case "RX":
		return "Remix"
	case "CR":
		return "Cover"
	}
	if !digits(text) || len(text) > 3 {
		return ""
	}
	if n := counting(text); n < len(id3GenreNames) {
		return id3GenreNames[n]
	}
	return ""
}

// id3GenreNames are the numbered genres of ID3v1 with those that Winamp added.
var id3GenreNames = strings.Split(
	"Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|Other|Pop|R&B|Rap|"+
		"Reggae|Rock|Techno|Industrial|Alternative|Ska|Death Metal|Pranks|Soundtrack|Euro-Techno|Ambient|"+
		"Trip-Hop|Vocal|Jazz+Funk|Fusion|Trance|Classical|Instrumental|Acid|House|Game|Sound Clip|Gospel|Noise|"+
		"Alternative Rock|Bass|Soul|Punk|Space|Meditative|Instrumental Pop|Instrumental Rock|Ethnic|Gothic|"+
		"Darkwave|Techno-Industrial|Electronic|Pop-Folk|Eurodance|Dream|Southern Rock|Comedy|Cult|Gangsta|"+
		"Top 40|Christian Rap|Pop/Funk|Jungle|Native American|Cabaret|New Wave|Psychedelic|Rave|Showtunes|"+
		"Trailer|Lo-Fi|Tribal|Acid Punk|Acid Jazz|Polka|Retro|Musical|Rock & Roll|Hard Rock|Folk|Folk Rock|"+
		"National Folk|Swing|Fast Fusion|Bebop|Latin|Revival|Celtic|Bluegrass|Avantgarde|Gothic Rock|"+
		"Progressive Rock|Psychedelic Rock|Symphonic Rock|Slow Rock|Big Band|Chorus|Easy Listening|Acoustic|"+
		"Humour|Speech|Chanson|Opera|Chamber Music|Sonata|Symphony|Booty Bass|Primus|Porn Groove|Satire|"+
		"Slow Jam|Club|Tango|Samba|Folklore|Ballad|Power Ballad|Rhythmic Soul|Freestyle|Duet|Punk Rock|"+
		"Drum Solo|A Cappella|Euro-House|Dancehall|Goa|Drum & Bass|Club-House|Hardcore Techno|Terror|Indie|"+
		"Britpop|Worldbeat|Polsk Punk|Beat|Christian Gangsta Rap|Heavy Metal|Black Metal|Crossover|"+
		"Contemporary Christian|Christian Rock|Merengue|Salsa|Thrash Metal|Anime|Jpop|Synthpop|Abstract|"+
		"Art Rock|Baroque|Bhangra|Big Beat|Breakbeat|Chillout|Downtempo|Dub|EBM|Eclectic|Electro|"+
		"Electroclash|Emo|Experimental|Garage|Global|IDM|Illbient|Industro-Goth|Jam Band|Krautrock|Leftfield|"+
		"Lounge|Math Rock|New Romantic|Nu-Breakz|Post-Punk|Post-Rock|Psytrance|Shoegaze|Space Rock|"+
		"Trop Rock|World Music|Neoclassical|Audiobook|Audio Theatre|Neue Deutsche Welle|Podcast|Indie Rock|"+
		"G-Funk|Dubstep|Garage Rock|Psybient", "|")
