package media

import (
	"bytes"
	"compress/zlib"
	"io"
)

// id3Fields maps the text frames of all three versions.
var id3Fields = map[string]field{
	"TIT2": title, "TPE1": artist, "TPE2": albumArtist, "TALB": album, "TCON": genre, "TRCK": trackNumber,
	"TPOS": discNumber, "TDRC": date, "TYER": date, "TDAT": dayMonth, "TDRL": releaseDate,
	"TDOR": originalDate, "TORY": originalDate, "TCMP": compilation, "TSOT": titleSort, "TSOP": artistSort,
	"TSOA": albumSort, "TSO2": albumArtistSort, "XSOT": titleSort, "XSOP": artistSort, "XSOA": albumSort,
	"TT2": title, "TP1": artist, "TP2": albumArtist, "TAL": album, "TCO": genre, "TRK": trackNumber,
	"TPA": discNumber, "TYE": date, "TDA": dayMonth, "TOR": originalDate, "TCP": compilation,
	"TST": titleSort, "TSP": artistSort, "TSA": albumSort, "TS2": albumArtistSort,
	"TCOM": composer, "TCM": composer, "TPE4": remixer, "TP4": remixer,
}

// take reads a frame that is of interest.
func (p *id3Parser) take(id string, data []byte) {
	if len(data) < 2 {
		return
	}
	if f, ok := id3Fields[id]; ok {
		t := id3Text{encoding: data[0]}
		p.text(f, t.values(data[1:]))
		return
	}
	switch id {
	case "TXXX", "TXX":
		p.freeText(data)
	case "USLT", "ULT":
		p.lyrics(data)
	case "SYLT", "SLT":
		p.bag.add(syncedLyrics, synchronised(data))
	case "UFID", "UFI":
		owner, identifier, _ := bytes.Cut(data, []byte{0})
		if string(owner) == "http://musicbrainz.org" {
			p.bag.add(trackMBID, western(identifier))
		}
	case "APIC":
		p.picture(data)
	case "PIC":
		p.picture22(data)
	}
}

func (p *id3Parser) text(f field, values []string) {
	for _, v := range values {
		if f == genre {
			p.bag.addAll(f, id3Genres(v))
			continue
		}
		p.bag.add(f, v)
	}
}

// freeText reads a text that brings its own name.
func (p *id3Parser) freeText(data []byte) {
	t := id3Text{encoding: data[0]}
	name, rest := t.cut(data[1:])
	if f, ok := fieldOf(t.decode(name)); ok {
		p.text(f, t.values(rest))
	}
}

func (p *id3Parser) lyrics(data []byte) {
	const head = 1 + 3 // encoding and language
	if len(data) <= head {
		return
	}
	t := id3Text{encoding: data[0]}
	name, text := t.cut(data[head:])
	t.decode(name) // its mark may be the only one
	p.bag.add(lyrics, t.decode(text))
}

// picture reads APIC: encoding, media type, kind, description, bytes.
func (p *id3Parser) picture(data []byte) {
	mediaType, rest, ok := bytes.Cut(data[1:], []byte{0})
	if !ok || len(rest) < 2 {
		return
	}
	t := id3Text{encoding: data[0]}
	_, picture := t.cut(rest[1:])
	p.offer(string(mediaType), int(rest[0]), picture)
}

// picture22 reads PIC, whose media type is three letters.
func (p *id3Parser) picture22(data []byte) {
	const head = 1 + 3 + 1
	if len(data) <= head {
		return
	}
	t := id3Text{encoding: data[0]}
	_, picture := t.cut(data[head:])
	p.offer(string(data[1:4]), int(data[4]), picture)
}

func (p *id3Parser) offer(mediaType string, kind int, picture []byte) {
	if mediaType == "-->" {
		p.bag.picture.refuse("The picture is only an address, not in the file")
		return
	}
	if p.bag.picture.better(kind, int64(len(picture))) {
		p.bag.picture.take(kind, picture)
	}
}

// maxInflated is how much the compressed frames of one tag may grow to. They are hardly ever used.
const maxInflated = 4 << 20

// unpack undoes what the frame's flags say was done to it. Encrypted frames are not read.
func (p *id3Parser) unpack(f id3Frame) ([]byte, bool) {
	compressed, encrypted, grouped, unsynchronised, length := byte(0x80), byte(0x40), byte(0x20), byte(0), byte(0x80)
	if p.version == 4 {
		compressed, encrypted, grouped, unsynchronised, length = 0x08, 0x04, 0x40, 0x02, 0x01
	}
	if p.unsynchronised {
		f.flags |= unsynchronised
	}
	if p.version == 2 || f.flags == 0 {
		return f.data, true
	}
	if f.flags&encrypted != 0 {
		return nil, false
	}
	skip := 0
	if f.flags&grouped != 0 {
		skip++
	}
	if f.flags&length != 0 {
		skip += 4
	}
	if skip > len(f.data) {
		return nil, false
	}
	data := f.data[skip:]
	if f.flags&unsynchronised != 0 {
		data = resynchronise(data)
	}
	if f.flags&compressed != 0 {
		return p.inflate(data)
	}
	return data, true
}

func (p *id3Parser) inflate(data []byte) ([]byte, bool) {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	out, err := io.ReadAll(io.LimitReader(z, p.inflateLeft+1))
	p.inflateLeft -= int64(len(out))
	return out, err == nil && p.inflateLeft >= 0
}
