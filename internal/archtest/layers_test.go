package archtest

// layer is a storey of the house. Imports go to the storeys named in below.
type layer string

const (
	leaf      layer = "leaf"
	noun      layer = "noun"
	feature   layer = "feature"
	adapter   layer = "adapter"
	frontDoor layer = "front door"
	wiring    layer = "wiring"
	program   layer = "program"
	asset     layer = "asset"
)

// below says which storeys a storey may import. None may import its own.
var below = map[layer][]layer{
	leaf:      {},
	asset:     {},
	noun:      {leaf},
	feature:   {noun, leaf},
	adapter:   {feature, noun, leaf},
	frontDoor: {feature, noun, leaf},
	wiring:    {frontDoor, adapter, feature, noun, leaf, asset},
	program:   {wiring},
}

// rooms gives every room its storey. A room is a folder under internal, or a folder at the root.
var rooms = map[string]layer{
	"fault":  leaf,
	"clock":  leaf,
	"config": leaf,
	"job":    leaf,

	"logtail": leaf,

	"account": noun,
	"library": noun,

	"household": feature,
	"playlist":  feature,
	"playback":  feature,
	"sound":     feature,
	"room":      feature,
	"ingest":    feature,
	"stream":    feature,
	"stem":      feature,
	"assist":    feature,
	"backup":    feature,
	"doctor":    feature,

	"sqlstore": adapter,
	"blob":     adapter,
	"media":    adapter,
	"fswatch":  adapter,
	"bus":      adapter,
	"certs":    adapter,
	"report":   adapter,
	"trace":    adapter,
	"llm":      adapter,
	"importer": adapter,
	"ffmpeg":   adapter,

	"httpapi":  frontDoor,
	"subsonic": frontDoor,
	"live":     frontDoor,
	"webui":    frontDoor,

	"cli": wiring,
	"cmd": program,
	"web": asset,
}

// arrow is one import between rooms.
type arrow struct{ from, to string }

// exceptions are the arrows allowed beyond the storeys, each with its reason. A new one is a decision.
var exceptions = map[arrow]string{
	{"library", "account"}: "songs and libraries have owners, known by account ids",
	{"room", "playback"}:   "a room plays the same queue a single listener does",
	{"assist", "playlist"}: "what was asked for in words is kept as a playlist",
	{"webui", "web"}:       "the front door that serves the client gets its files",
}

// testOnly are packages made for tests, each with its purpose. Only test files and other such packages may
// import them; they themselves may import any room.
var testOnly = map[string]string{
	"archtest":           "these rules",
	"bench":              "a library of any size, and how fast the server is with it",
	"redistest":          "a throw-away Redis",
	"pgtest":             "a throw-away PostgreSQL for each test process",
	"media/mediatest":    "small audio files and pictures made on the spot",
	"sqlstore/storetest": "a migrated store on either database",
}

// free are folders at the root that hold tests of the whole program.
var free = map[string]bool{"e2e": true}

// keptFrom names imports that only some rooms, or no rooms of a storey, may have.
var keptFrom = []struct {
	imports string // this package and everything below it
	allowed func(room string) bool
	because string
}{
	{"database/sql", only("sqlstore"), "SQL is the business of sqlstore"},
	{"github.com/jmoiron/sqlx", only("sqlstore"), "SQL is the business of sqlstore"},
	{"github.com/jackc/pgx/v5", only("sqlstore"), "SQL is the business of sqlstore"},
	{"github.com/pressly/goose/v3", only("sqlstore"), "SQL is the business of sqlstore"},
	{"modernc.org/sqlite", only("sqlstore"), "SQL is the business of sqlstore"},
	{"github.com/redis/rueidis", only("bus"), "Redis is the business of bus"},
	{"github.com/centrifugal", only("live"), "sockets are the business of live"},
	{"github.com/getsentry/sentry-go", only("report"), "failures are reported by report"},
	{"go.opentelemetry.io", only("trace"), "what is followed is handed a function; OpenTelemetry stays in trace"},
	{"golang.org/x/crypto/acme", only("certs"), "certificates are the business of certs"},
	{"github.com/danielgtaylor/huma/v2", above, "features, nouns and leaves know no HTTP"},
	{"github.com/go-chi/chi/v5", above, "features, nouns and leaves know no HTTP"},
	{"net/http", above, "features, nouns and leaves know no HTTP"},
}

// only allows one room.
func only(name string) func(string) bool {
	return func(room string) bool { return room == name }
}

// above allows the rooms that stand on the features.
func above(room string) bool {
	switch rooms[room] {
	case leaf, noun, feature:
		return false
	}
	return true
}
