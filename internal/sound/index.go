package sound

import (
	"encoding/binary"
	"errors"
)

// Index says where to begin reading for each second of a song. Entry k names the last frame, page or packet
// that begins at or before second k: its first byte in the file, and its first sample, counted over what a
// decoder gives that trims nothing.
type Index struct {
	Offsets []int64
	Samples []int64 // as many
}

// maxEntries is more than two days of music; an index ends there.
const maxEntries = 200_000

// Indexer makes an Index of frames that are told in their order.
type Indexer struct {
	Rate          int // samples a second
	index         Index
	offset, first int64 // of the frame before
	begun         bool
}

// Frame notes a frame that begins with the sample at the offset. One that begins before the last is ignored.
func (x *Indexer) Frame(sample, offset int64) {
	if x.begun && sample < x.first {
		return
	}
	if x.begun {
		x.fill(sample)
	}
	x.offset, x.first, x.begun = offset, sample, true
}

// fill names the frame before for all seconds that begin before the sample.
func (x *Indexer) fill(sample int64) {
	for len(x.index.Offsets) < maxEntries && int64(len(x.index.Offsets))*int64(x.Rate) < sample {
		x.index.Offsets = append(x.index.Offsets, x.offset)
		x.index.Samples = append(x.index.Samples, x.first)
	}
}

// End answers the index of a song that ends before the sample.
func (x *Indexer) End(sample int64) Index {
	if x.begun && x.Rate > 0 {
		x.fill(sample)
	}
	return x.index
}

// Encode writes the index as two variable-length numbers an entry: how many bytes on from the last, and how
// many samples its frame begins before the second.
func (i Index) Encode(rate int) []byte {
	out := make([]byte, 0, 5*len(i.Offsets))
	last := int64(0)
	for k, offset := range i.Offsets {
		out = binary.AppendVarint(out, offset-last)
		out = binary.AppendVarint(out, int64(k)*int64(rate)-i.Samples[k])
		last = offset
	}
	return out
}

var errIndex = errors.New("the bytes are no seek index")

// DecodeIndex reads what Encode wrote for the same rate.
func DecodeIndex(data []byte, rate int) (Index, error) {
	var i Index
	last := int64(0)
	for len(data) > 0 && len(i.Offsets) < maxEntries {
		step, n := binary.Varint(data)
		if n <= 0 {
			return Index{}, errIndex
		}
		before, m := binary.Varint(data[n:])
		if m <= 0 {
			return Index{}, errIndex
		}
		data, last = data[n+m:], last+step
		i.Samples = append(i.Samples, int64(len(i.Offsets))*int64(rate)-before)
		i.Offsets = append(i.Offsets, last)
	}
	return i, nil
}
