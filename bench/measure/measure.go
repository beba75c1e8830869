// Package measure asks a running server for each row of package figures.
package measure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hathor/bench/figures"
	"hathor/bench/files"
	"hathor/bench/load"
	"hathor/bench/programs"
)

// Pace is how long things are measured.
type Pace struct {
	Warm, Row   time.Duration // of each row of requests
	Rest        time.Duration // of the server after the scan, before its memory is read
	Starts      int           // the start is the median of so many
	Transcodes  int           // how many songs are converted
	Sound       time.Duration // of the pass over the sound, nought leaves it out
	Connections int
}

// Subject is one database at one size.
type Subject struct {
	Binary   string
	Library  files.Made
	Database string             // sqlite or postgres
	Postgres *programs.Postgres // nil on SQLite
	Nginx    *programs.Nginx    // nil where the same size was measured beside it already
	Scratch  string             // an empty folder
	Rows     []string           // of requests, all when empty
	Analysis bool               // whether the pass over the sound goes on beside everything else
	Pace     Pace
	Tell     func(what string)
}

// session is a subject under measurement.
type session struct {
	Subject
	server *programs.Server
	idle   cpu // before the server began
	found  []figures.Figure
}

// All measures every row. A row that fails is in the figures with what went wrong; an error is for what ends it all.
func All(ctx context.Context, subject Subject) ([]figures.Figure, error) {
	s, err := open(ctx, subject)
	if err != nil {
		return nil, err
	}
	if err := s.while(ctx); err != nil {
		return s.found, errors.Join(err, s.server.End())
	}
	if err := s.server.End(); err != nil {
		return s.found, err
	}
	s.size(ctx)
	s.starts(ctx, s.home())
	s.sound(ctx)
	return s.found, ctx.Err()
}

// open starts the server on an empty database, with one account that is signed in. It ends with its process.
func open(ctx context.Context, subject Subject) (_ *session, err error) {
	s := &session{Subject: subject}
	if s.Postgres != nil {
		if err := s.Postgres.Create(ctx, s.databaseName()); err != nil {
			return nil, err
		}
		if s.idle.database, err = programs.CPUOfAll(s.Postgres.PID()); err != nil {
			return nil, err
		}
	}
	if err := s.home().MakeAdmin(ctx); err != nil {
		return nil, err
	}
	if s.server, err = s.home().Start(); err != nil {
		return nil, err
	}
	if err := s.server.SignIn(); err != nil {
		return nil, errors.Join(err, s.server.End())
	}
	return s, nil
}

// while measures what is measured while the server runs.
func (s *session) while(ctx context.Context) error {
	s.Tell("scan")
	if err := s.scan(ctx); err != nil {
		return err
	}
	s.Tell("rescan")
	s.rescan(ctx)
	if s.Postgres != nil {
		if err := s.Postgres.Settle(ctx, s.databaseName()); err != nil {
			return err
		}
	}
	if err := s.rest(ctx); err != nil {
		return err
	}
	if err := s.requests(ctx); err != nil {
		return err
	}
	s.transcode(ctx)
	s.peak()
	return ctx.Err()
}

func (s *session) home() programs.Home {
	music, pass := s.Library.Full, "off"
	if s.Library.Music != "" {
		music = s.Library.Music + "," + music
	}
	if s.Analysis {
		pass = "on"
	}
	h := programs.Home{Binary: s.Binary, Data: filepath.Join(s.Scratch, "data"), Environment: []string{"MUSIC_DIRS=" + music, "ANALYSIS=" + pass}}
	if s.Postgres != nil {
		h.Environment = append(h.Environment, "DATABASE_URL="+s.Postgres.URL(s.databaseName()))
	}
	return h
}

// databaseName is the subject's alone, as its folder is.
func (s *session) databaseName() string {
	return "bench_" + strings.ReplaceAll(filepath.Base(s.Scratch), "-", "_")
}

func (s *session) add(f figures.Figure) {
	f.Songs = s.Library.Songs
	if f.Database == "" {
		f.Database = s.Database
	}
	s.found = append(s.found, f)
}

// miss notes a row that could not be measured.
func (s *session) miss(row string, err error) {
	s.add(figures.Figure{Row: row, Missing: strings.Join(strings.Fields(err.Error()), " "), Failed: true})
}

// cpu is what the server has used, and what PostgreSQL has.
type cpu struct{ server, database time.Duration }

func (s *session) cpu() (c cpu, err error) {
	if c.server, err = programs.CPU(s.server.PID()); err != nil || s.Postgres == nil {
		return c, err
	}
	c.database, err = programs.CPUOfAll(s.Postgres.PID())
	return c, err
}

// each is milliseconds for each of n.
func each(d time.Duration, n int) float64 { return d.Seconds() * 1000 / float64(max(n, 1)) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

// load measures a row of requests.
func (s *session) load(ctx context.Context, row string, requests [][]byte, status int) {
	if !s.wanted(row) {
		return
	}
	s.Tell(row)
	if len(requests) == 0 {
		s.miss(row, errors.New("the library has nothing to ask for"))
		return
	}
	var marks []cpu
	var failed error
	result, err := load.Run(ctx, load.Plan{
		Address: s.server.Address, Requests: requests, Connections: s.Pace.Connections, Warm: s.Pace.Warm, Measured: s.Pace.Row, Status: status,
		Mark: func() {
			used, err := s.cpu()
			marks, failed = append(marks, used), errors.Join(failed, err)
		},
	})
	if err := errors.Join(err, failed); err != nil {
		if said := s.server.LastFailure(); said != "" {
			err = fmt.Errorf("%w; the server's log: %s", err, said)
		}
		s.miss(row, err)
		return
	}
	f := timed(row, result)
	f.CPU = each(marks[1].server-marks[0].server, result.Answers)
	f.DatabaseCPU = each(marks[1].database-marks[0].database, result.Answers)
	s.add(f)
}

func (s *session) wanted(row string) bool { return len(s.Rows) == 0 || slices.Contains(s.Rows, row) }

// beside measures what nginx serves.
func (s *session) beside(ctx context.Context, row string, requests [][]byte, status int) {
	if s.Nginx == nil || !s.wanted(row) {
		return
	}
	s.Tell(row + " by nginx")
	var marks []time.Duration
	result, err := load.Run(ctx, load.Plan{
		Address: s.Nginx.Address, Requests: requests, Connections: s.Pace.Connections, Warm: s.Pace.Warm, Measured: s.Pace.Row, Status: status,
		Mark: func() {
			used, _ := programs.CPUOfAll(s.Nginx.PID())
			marks = append(marks, used)
		},
	})
	if err != nil {
		s.add(figures.Figure{Row: row, Database: figures.Nginx, Missing: err.Error(), Failed: true})
		return
	}
	f := timed(row, result)
	f.Database, f.CPU = figures.Nginx, each(marks[1]-marks[0], result.Answers)
	s.add(f)
}

func timed(row string, r load.Result) figures.Figure {
	return figures.Figure{Row: row, PerSecond: r.PerSecond(), P50: milliseconds(r.Quantile(.5)), P99: milliseconds(r.Quantile(.99))}
}

// rest waits until the server has nothing to do and reads its memory.
func (s *session) rest(ctx context.Context) error {
	s.Tell("rest")
	if err := s.idles(ctx); err != nil {
		return err
	}
	select {
	case <-time.After(s.Pace.Rest):
	case <-ctx.Done():
		return ctx.Err()
	}
	now, _, err := programs.Memory(s.server.PID())
	if err != nil {
		return err
	}
	s.add(figures.Figure{Row: figures.Rest, Value: float64(now) / 1e6})
	return nil
}

// What a scan leaves to be done goes on behind it. The server idles when it uses less than a tenth of a core.
const (
	look      = 500 * time.Millisecond
	mostLooks = 240
)

func (s *session) idles(ctx context.Context) error {
	before, err := s.cpu()
	for range mostLooks {
		if err != nil {
			return err
		}
		select {
		case <-time.After(look):
		case <-ctx.Done():
			return ctx.Err()
		}
		var now cpu
		if now, err = s.cpu(); err == nil && now.server-before.server < look/10 {
			return nil
		}
		before = now
	}
	return err
}

func (s *session) peak() {
	_, most, err := programs.Memory(s.server.PID())
	if err != nil {
		s.miss(figures.Peak, err)
		return
	}
	s.add(figures.Figure{Row: figures.Peak, Value: float64(most) / 1e6})
}

// size is what the database takes once the server has ended; what an empty PostgreSQL takes is left out.
func (s *session) size(ctx context.Context) {
	var size int64
	var err error
	if s.Postgres != nil {
		size, err = s.Postgres.Size(ctx, s.databaseName())
	} else {
		size, err = sizeOf(filepath.Join(s.Scratch, "data", "hathor.db*"))
	}
	if err != nil {
		s.miss(figures.Size, err)
		return
	}
	s.add(figures.Figure{Row: figures.Size, Value: float64(size) / 1000 / float64(s.Library.Songs)})
}

func sizeOf(pattern string) (sum int64, err error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}

// starts is the median of several starts with the library in place.
func (s *session) starts(ctx context.Context, home programs.Home) {
	s.Tell("start")
	var all []time.Duration
	for range s.Pace.Starts {
		if ctx.Err() != nil {
			return
		}
		server, err := home.Start()
		if err == nil {
			all = append(all, server.Started)
			err = server.End()
		}
		if err != nil {
			s.miss(figures.Start, err)
			return
		}
	}
	slices.Sort(all)
	if len(all) > 0 {
		s.add(figures.Figure{Row: figures.Start, Value: all[len(all)/2].Seconds()})
	}
}
