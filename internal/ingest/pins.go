package ingest

import (
	"slices"
	"sync"
)

// pins are keys of objects that must not be deleted although no row refers to them yet. The zero value is
// ready.
type pins struct {
	mu   sync.Mutex
	keys map[string]bool
}

func (p *pins) add(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.keys == nil {
		p.keys = map[string]bool{}
	}
	p.keys[key] = true
}

// without returns the keys that are not pinned.
func (p *pins) without(keys []string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return p.keys[key] })
}

// clear takes all pins off and returns what was pinned.
func (p *pins) clear() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	keys := make([]string, 0, len(p.keys))
	for key := range p.keys {
		keys = append(keys, key)
	}
	p.keys = nil
	return keys
}
