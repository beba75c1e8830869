package ingest

import (
	"time"

	"hathor/internal/library"
)

const (
	longestPause = 10 * time.Minute // between two tries of a file
	mostTries    = 24               // about four hours; then it is left for the next scan
)

// retry is how often, and when last, a folder was scanned in which a file could not be read for a reason that may pass.
type retry struct {
	tries int
	last  time.Time
}

// due is when to try again: the pauses double.
func (r retry) due(first time.Duration) time.Time {
	pause := first
	for range r.tries {
		pause = min(2*pause, longestPause)
	}
	return r.last.Add(pause)
}

// noteRetries notes which of the folders that a scan read have files that may be read another time.
func (s *Scanner) noteRetries(id library.ID, read map[string]int64, again map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range read {
		key := inLibrary{id, name}
		if !again[name] {
			delete(s.retries, key)
			continue
		}
		r, before := s.retries[key]
		if before {
			r.tries++
		}
		s.retries[key] = retry{r.tries, s.clock.Now()}
	}
	if len(again) > 0 {
		knock(s.wake)
	}
}

// inLibrary is a folder of a library.
type inLibrary struct {
	library library.ID
	folder  string
}

// dueRetries adds the folders that are due to those that are to be scanned, and answers how long to wait for the next
// one, 0 where there is none.
func (s *Scanner) dueRetries(now time.Time, folders map[library.ID][]string) (next time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pause == 0 {
		return 0
	}
	for key, r := range s.retries {
		if names, there := folders[key.library]; there && names == nil || r.tries >= mostTries {
			continue
		}
		if wait := r.due(s.pause).Sub(now); wait > 0 {
			if next == 0 || wait < next {
				next = wait
			}
			continue
		}
		folders[key.library] = append(folders[key.library], key.folder)
	}
	return next
}

// tryAgain lets these folders wait anew, should the scan that has begun come to nothing.
func (s *Scanner) tryAgain(now time.Time, folders map[library.ID][]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, names := range folders {
		for _, name := range names {
			key := inLibrary{id, name}
			if r, there := s.retries[key]; there && !r.due(s.pause).After(now) {
				s.retries[key] = retry{r.tries, now}
			}
		}
	}
}
