package ingest

import (
	"context"
	"time"

	"hathor/internal/library"
)

// SetBatch makes the scanner write so many songs at once. It is called before a scan.
func (s *Scanner) SetBatch(n int) { s.batch = n }

// RetryNow does what Follow does when time has gone by, and waits for the scan.
func (s *Scanner) RetryNow(pause time.Duration) {
	s.mu.Lock()
	s.pause = pause
	s.mu.Unlock()
	g := &gathered{scanner: s, wake: s.wake, dirty: map[library.ID]map[string]unrest{}}
	g.scan(context.Background(), time.Second)
	s.Wait()
}
