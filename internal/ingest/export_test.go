package ingest

// SetBatch makes the scanner write so many songs at once. It is called before a scan.
func (s *Scanner) SetBatch(n int) { s.batch = n }
