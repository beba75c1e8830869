// Package figures holds what is measured, what is aimed at, and how both are written down.
package figures

// Kind is the shape of a row's figures.
type Kind int

// The kinds: requests that are timed, songs that are taken in, or one number with its unit.
const (
	Requests Kind = iota
	Intake
	Seconds
	Megabytes
	Kilobytes
)

// Row is one thing that is measured on each database and at each size.
type Row struct {
	ID   string
	Name string
	Kind Kind
	Aim  Aim
	// Growth is how many times as much the row may cost with ten times the songs; 0 is not held against anything.
	Growth float64
	// Navidrome (v0.63.2) and Gonic (v0.22.0) were measured once, on a machine with two cores and 10,000 songs.
	Navidrome, Gonic string
}

// Aim is what a row should reach. What is 0 is not aimed at.
type Aim struct {
	PerSecond  float64 // at least
	P99        float64 // milliseconds, at most
	CPU        float64 // milliseconds of the server for each request or song, at most
	Value      float64 // at most, in the row's unit
	TimesNginx float64 // CPU, as many times nginx's for the same file, at most
}

// The rows that others refer to.
const (
	Ping      = "ping"
	Albums    = "albums"
	Songs     = "songs"
	Search    = "search"
	Find      = "find"
	Album     = "album"
	Random    = "random"
	File      = "file"
	Range     = "range"
	Cover     = "cover"
	Transcode = "transcode"
	Scan      = "scan"
	Sound     = "sound"
	Rescan    = "rescan"
	Start     = "start"
	Rest      = "rest"
	Peak      = "peak"
	Size      = "size"
)

// Rows lists them in the order of the tables.
func Rows() []Row {
	return []Row{
		{ID: Start, Name: "start to first answer", Kind: Seconds, Aim: Aim{Value: .1}, Growth: 1.5, Navidrome: "0.14 s", Gonic: "0.07 s"},
		{ID: Rest, Name: "memory at rest after the scan", Kind: Megabytes, Aim: Aim{Value: 50}, Growth: 1.5, Navidrome: "76-80 MB", Gonic: "56 MB"},
		{ID: Peak, Name: "memory at most (scan and all requests below)", Kind: Megabytes},
		{ID: Ping, Name: "ping (signed in)", Aim: Aim{PerSecond: 20_000, CPU: .05}, Growth: 1.5,
			Navidrome: "4,812/s, 0.35 ms", Gonic: "11,252/s, 0.15 ms"},
		{ID: Albums, Name: "album list, 50 by name", Aim: Aim{PerSecond: 4000, P99: 15, CPU: .5}, Growth: 1.5,
			Navidrome: "298/s, p99 114 ms, 6.1 ms", Gonic: "143/s, p99 186 ms, 13.6 ms"},
		{ID: Songs, Name: "song list, 50 by name", Growth: 1.5},
		{ID: Search, Name: "search, a common word, 50 songs", Aim: Aim{PerSecond: 1500, P99: 30, CPU: 1.2}, Growth: 3,
			Navidrome: "140/s, p99 209 ms, 13.1 ms", Gonic: "169/s, p99 146 ms, 11.4 ms"},
		{ID: Find, Name: "search, the beginning of a word, all kinds", Growth: 3},
		{ID: Album, Name: "one album, 12 songs", Aim: Aim{PerSecond: 8000, P99: 10, CPU: .2}, Growth: 1.5,
			Navidrome: "698/s, p99 54 ms, 2.5 ms", Gonic: "644/s, p99 49 ms, 2.9 ms"},
		{ID: Random, Name: "50 random songs", Aim: Aim{PerSecond: 4000, P99: 15, CPU: .5}, Growth: 1.5,
			Navidrome: "248/s, p99 129 ms, 7.2 ms", Gonic: "130/s, p99 197 ms, 14.8 ms"},
		{ID: File, Name: "whole file of 5.3 MB", Aim: Aim{TimesNginx: 1.3}, Growth: 1.5, Navidrome: "378/s, 2.9 ms", Gonic: "441/s, 1.5 ms"},
		{ID: Range, Name: "range of 64 KiB", Aim: Aim{PerSecond: 20_000, CPU: .05}, Growth: 1.5,
			Navidrome: "1,371/s, 1.27 ms", Gonic: "4,546/s, 0.37 ms"},
		{ID: Cover, Name: "cover 300 px, cached", Aim: Aim{PerSecond: 20_000, CPU: .05}, Growth: 1.5,
			Navidrome: "2,461/s, 0.70 ms", Gonic: "8,828/s, 0.18 ms"},
		{ID: Transcode, Name: "cold transcode to Opus 96k, first byte", Kind: Seconds, Aim: Aim{Value: .1}, Growth: 1.5,
			Navidrome: "0.11-0.38 s", Gonic: "0.11-0.20 s"},
		{ID: Scan, Name: "full scan", Kind: Intake, Aim: Aim{PerSecond: 2500, CPU: .6}, Growth: 1.5,
			Navidrome: "280/s, 4.1-5.1 ms", Gonic: "431/s, 2.1 ms"},
		{ID: Rescan, Name: "rescan, nothing changed", Kind: Seconds, Aim: Aim{Value: .2}, Navidrome: "0.9-1.0 s", Gonic: "1.2 s"},
		{ID: Size, Name: "database, each song", Kind: Kilobytes, Aim: Aim{Value: 1.5}, Growth: 1.5, Navidrome: "3.2 KB", Gonic: "0.5 KB"},
		{ID: Sound, Name: "background pass, a song of 2:12", Kind: Intake},
	}
}

// Figure is what one row came to on one database at one size. Times are milliseconds.
type Figure struct {
	Row         string
	Database    string // sqlite, postgres, or nginx for what it serves in the same run
	Songs       int
	PerSecond   float64 `json:",omitempty"`
	P50         float64 `json:",omitempty"`
	P99         float64 `json:",omitempty"`
	CPU         float64 `json:",omitempty"` // of the server, for each request or song
	DatabaseCPU float64 `json:",omitempty"` // of PostgreSQL, for each request or song
	Value       float64 `json:",omitempty"` // in the row's unit
	Missing     string  `json:",omitempty"` // why there is no figure
	Failed      bool    `json:",omitempty"` // Missing is a fault of the run, not of the program's age
}

// Cost is the figure that is compared with others of its row: CPU where there is one, else the value.
func (f Figure) Cost() float64 {
	if f.CPU > 0 {
		return f.CPU
	}
	return f.Value
}
