package account

// Announcer tells the other nodes what ended. It must not block; what it cannot tell, nodes find out within
// freshFor.
type Announcer interface {
	Ended(kind string, ids ...int64)
}

// The kinds of what ends.
const (
	endedSession = "session"
	endedKey     = "key"
)

// announced is how one kind is announced; nil where there is nobody to tell.
func announced[ID ~int64](to Announcer, kind string) func(ids ...ID) {
	if to == nil {
		return nil
	}
	return func(ids ...ID) {
		numbers := make([]int64, len(ids))
		for i, id := range ids {
			numbers[i] = int64(id)
		}
		to.Ended(kind, numbers...)
	}
}

// Forget drops what another node has announced as ended. Kinds of a later version are none of its business.
func (s *Service) Forget(kind string, ids ...int64) {
	switch kind {
	case endedSession:
		for _, id := range ids {
			s.sessions.drop(SessionID(id))
		}
	case endedKey:
		for _, id := range ids {
			s.keys.drop(KeyID(id))
		}
	}
}
