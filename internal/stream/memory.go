package stream

import (
	"errors"
	"io"
	"sync"
)

const (
	// mostInMemory is about how many bytes of small pictures are kept in memory, twice at most.
	mostInMemory = 4 << 20
	// largestInMemory is the largest picture that is: a page shows dozens of small ones, and one large one.
	largestInMemory = 64 << 10
)

// memory keeps small pictures that were asked for lately, by their keys, which name their content. What was not asked
// for while as much as it holds came in goes. The zero value is ready.
type memory struct {
	mu         sync.Mutex
	young, old map[string][]byte
	bytes      int // in young
}

func (m *memory) get(key string) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if content, ok := m.young[key]; ok {
		return content
	}
	content, ok := m.old[key]
	if ok {
		m.add(key, content)
	}
	return content
}

func (m *memory) put(key string, content []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.young[key]; !ok {
		m.add(key, content)
	}
}

// add keeps a picture that is not in young. The lock is held.
func (m *memory) add(key string, content []byte) {
	if m.young == nil || m.bytes+len(content) > mostInMemory {
		m.old, m.young, m.bytes = m.young, map[string][]byte{}, 0
	}
	m.young[key] = content
	m.bytes += len(content)
}

// remember reads a small open picture and closes it; a large one stays open.
func (m *memory) remember(key string, file File) ([]byte, File, error) {
	info, err := file.Stat()
	if err != nil || info.Size() > largestInMemory {
		return nil, file, nil
	}
	content := make([]byte, info.Size())
	_, err = io.ReadFull(file, content)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, nil, err
	}
	m.put(key, content)
	return content, nil, nil
}
