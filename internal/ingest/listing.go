package ingest

import (
	"encoding/binary"
	"hash/fnv"
	"path"
)

// listings are sums of what stands in each folder with songs: names, sizes and times of the songs and of
// what stands beside them for them. Equal sums are an unchanged folder.
func (t *tree) listings() map[string]int64 {
	sums := make(map[string]int64, len(t.dirs))
	for name, d := range t.dirs {
		if len(d.songs) > 0 {
			sums[name] = t.listing(d)
		}
	}
	return sums
}

func (t *tree) listing(d *dir) int64 {
	sum := fnv.New64a()
	var numbers [16]byte
	add := func(f found) {
		_, _ = sum.Write([]byte(f.path)) // a hash takes everything
		binary.BigEndian.PutUint64(numbers[:], uint64(f.size))
		binary.BigEndian.PutUint64(numbers[8:], uint64(f.modified.UnixMilli()))
		_, _ = sum.Write(numbers[:])
	}
	add(found{path: path.Base(d.path), size: ReadVersion})
	for _, f := range d.songs {
		add(f)
		if l, there := d.lyricsOf(f.path); there {
			add(l)
		}
	}
	if p, there := t.picture(d); there {
		add(p)
	}
	if s := int64(sum.Sum64()); s != unfinished {
		return s
	}
	return 1
}

// unfinished is the sum of a folder whose songs are not all in the catalogue yet.
const unfinished = 0
