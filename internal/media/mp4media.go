package media

// mp4Media is the stretch of a file from its first mdat to its last. Between those of a file in pieces
// stand only the heads of the pieces.
type mp4Media struct {
	from, end int64
	indexed   bool // the index came behind some audio
	broken    bool // the index, and so the tags, stand within the stretch
}

func (m *mp4Media) add(mdat atom) {
	if mdat.size() <= 0 {
		return
	}
	if m.end == 0 {
		m.from = mdat.from
	}
	m.end, m.broken = mdat.end, m.indexed
}

func (m *mp4Media) index() { m.indexed = m.indexed || m.end > 0 }

// span is the stretch as offset and size; without a size where tags are in it.
func (m *mp4Media) span() (offset, size int64) {
	if m.broken {
		return 0, 0
	}
	return m.from, m.end - m.from
}
