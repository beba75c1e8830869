package fault

// Incident is a failure of the server's own, as it is told to whoever watches the server. It holds ids and
// patterns, never what somebody sent.
type Incident struct {
	Problem string // the error or the panic's value
	Kind    string // its Go type
	Panic   bool
	Stack   []uintptr // of a panic, innermost first
	Job     string    // name of the background work; empty for a request
	Method  string
	Route   string // pattern, such as /api/songs/{id}
	Status  int
	Request string // id
	Trace   string // id, empty without tracing
	User    int64  // 0 for nobody
}

// Reporter is told of incidents. It must not block.
type Reporter func(Incident)
