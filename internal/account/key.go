package account

// Scope is what an API key may do.
type Scope string

// The scopes: Read looks and listens, Write does all else that a key may do too.
const (
	Read  Scope = "read"
	Write Scope = "write"
)
