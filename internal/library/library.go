package library

import "hathor/internal/account"

// Kind says where a library's songs come from.
type Kind string

// A library is a folder of the operator's, the shared uploads, or one member's own uploads.
const (
	Folder  Kind = "folder"
	Uploads Kind = "uploads"
	Private Kind = "private"
)

// Library is a set of songs with one rule for who hears them: everybody (Open), its owner, and those
// with a grant.
type Library struct {
	ID    ID
	Kind  Kind
	Name  string
	Path  string // of a folder library; never shown to members
	Owner account.UserID
	Open  bool
}

// Scope is who asks and which libraries they may hear. Every read of the catalogue takes one; it is
// made by Service.Scope and nowhere else.
type Scope struct {
	User      account.UserID
	Admin     bool
	Libraries []ID
}

// Sees tells whether songs of the library may be heard within the scope.
func (s Scope) Sees(id ID) bool {
	for _, l := range s.Libraries {
		if l == id {
			return true
		}
	}
	return false
}

// With is the scope with one library more, for a caller that has made the library just now.
func (s Scope) With(id ID) Scope {
	if !s.Sees(id) {
		s.Libraries = append([]ID{id}, s.Libraries...)
	}
	return s
}
