package account

// lacksFactor tells whether a user of this role would have to set up a second factor first.
func (s *Service) lacksFactor(role Role, has bool) bool {
	return s.strict && role == Admin && !has
}
