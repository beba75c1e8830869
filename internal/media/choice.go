package media

import "hathor/internal/ingest"

// The kinds of pictures, as ID3 numbers them and FLAC after it.
const (
	otherPicture  = 0
	frontCover    = 3
	leadArtist    = 7
	artistPicture = 8
	bandPicture   = 10
)

// pictures are the ones that are kept of a file, however many it has: its cover and its artist.
type pictures struct {
	cover  pictureChoice
	artist pictureChoice
}

// pictureChoice is the best picture met so far; a higher rank is better, 0 is none.
type pictureChoice struct {
	data    []byte
	rank    int
	problem string
}

const coverIsFront = 3

// coverRank lets front covers win, then pictures of no stated kind.
func coverRank(kind int) int {
	switch kind {
	case frontCover:
		return coverIsFront
	case otherPicture:
		return 2
	}
	return 1
}

func artistRank(kind int) int {
	switch kind {
	case artistPicture:
		return 2
	case leadArtist, bandPicture:
		return 1
	}
	return 0
}

// better tells whether a picture of the kind and size is worth reading; one that is too big is noted.
func (p *pictures) better(kind int, size int64) bool {
	if size <= 0 || coverRank(kind) <= p.cover.rank && artistRank(kind) <= p.artist.rank {
		return false
	}
	if size > maxPicture {
		p.refuse("The picture in the file is bigger than 16 MB")
		return false
	}
	return true
}

func (p *pictures) take(kind int, data []byte) {
	p.cover.take(coverRank(kind), data)
	p.artist.take(artistRank(kind), data)
}

func (c *pictureChoice) take(rank int, data []byte) {
	if rank > c.rank {
		*c = pictureChoice{data: data, rank: rank}
	}
}

// refuse notes why a picture that is there was left out, unless another one was found.
func (p *pictures) refuse(problem string) {
	if p.cover.data == nil {
		p.cover.problem = problem
	}
}

// fill takes from other what p does not have.
func (p *pictures) fill(other pictures) {
	if p.cover.data == nil && p.cover.problem == "" {
		p.cover = other.cover
	}
	if p.artist.data == nil {
		p.artist = other.artist
	}
}

// kinds are the pictures of which the file says what they are.
func (p *pictures) kinds() map[ingest.PictureKind][]byte {
	var known map[ingest.PictureKind][]byte
	add := func(kind ingest.PictureKind, data []byte) {
		if known == nil {
			known = map[ingest.PictureKind][]byte{}
		}
		known[kind] = data
	}
	if p.cover.rank == coverIsFront {
		add(ingest.FrontPicture, p.cover.data)
	}
	if p.artist.rank > 0 {
		add(ingest.ArtistPicture, p.artist.data)
	}
	return known
}
