package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"

	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/ffmpeg"
	"hathor/internal/ingest"
	"hathor/internal/media"
	"hathor/internal/sqlstore"
)

// ownScan is a scan by this process, while no server uses the data folder.
type ownScan struct {
	scanner *ingest.Scanner
	clock   clock.Clock
	closers []func() error
}

func startOwnScan(i *invocation, again bool) (_ *ownScan, err error) {
	settings, err := i.checked()
	if err != nil {
		return nil, err
	}
	if len(settings.MusicDirs) == 0 {
		return nil, errors.New("MUSIC_DIRS names no folder to scan")
	}
	log := slog.New(slog.NewTextHandler(i.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	slog.SetDefault(log)
	s := &ownScan{clock: clock.System{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	data, err := openFolder(settings.DataDir)
	if err != nil {
		return nil, fmt.Errorf("%w; to let the running server scan, set HATHOR_TOKEN to an admin's API key", err)
	}
	s.closers = append(s.closers, data.Close)
	db, err := sqlstore.Open(i.ctx, settings.Database())
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, db.Close)
	if err := bringUp(i.ctx, db, log); err != nil {
		return nil, err
	}
	objects, err := blob.OpenDisk(filepath.Join(data.path, "objects"))
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, objects.Close)
	b := base{settings: settings, data: data, db: db, objects: objects, clock: s.clock}
	if found, err := ffmpeg.Find(i.ctx, ffmpeg.Settings{Path: settings.FFmpeg}); err == nil { // else it says so file by file
		b.tools.ffmpeg = found
	}
	return s, s.begin(i.ctx, b, again)
}

func (s *ownScan) begin(ctx context.Context, b base, again bool) error {
	writer := sqlstore.NewIngest(b.db, b.clock)
	service := ingest.NewService(intakeParts(b, writer, media.NewPictures(runtime.NumCPU())))
	if err := claim(ctx, service, owner{sqlstore.NewIdentity(b.db, b.clock), b.data.path}); err != nil {
		return err
	}
	s.scanner = ingest.NewScanner(service, writer)
	s.closers = append(s.closers, func() error { s.scanner.Close(); return nil })
	if err := s.scanner.EnsureLibraries(ctx, b.settings.MusicDirs); err != nil {
		return err
	}
	return s.scanner.Start(ctx, again)
}

// Progress implements scanning.
func (s *ownScan) Progress(context.Context) (scanProgress, error) {
	state, now := s.scanner.State(), s.clock.Now()
	p := scanProgress{
		Running: state.Running, Seen: state.Seen, Added: state.Added, Updated: state.Updated, Missing: state.Missing,
		Failed: state.Failed, Read: state.Read, Total: state.Total,
	}
	if pace := state.PerSecond(now); pace > 0 {
		p.PerSecond = &pace
	}
	if left := state.Left(now).Seconds(); left > 0 {
		p.SecondsLeft = &left
	}
	if !state.Running {
		s.scanner.Wait() // for the covers
	}
	return p, nil
}

// Left implements scanning.
func (s *ownScan) Left() string { return "stopped: the next scan goes on where this one ended" }

// Close implements scanning: everything is closed in the opposite order of its making.
func (s *ownScan) Close() error {
	var all []error
	for n := len(s.closers) - 1; n >= 0; n-- {
		all = append(all, s.closers[n]())
	}
	return errors.Join(all...)
}

// scanAt is a scan by a running server.
type scanAt struct {
	client  *http.Client
	address string
	token   string
}

// startScanAt asks the server to scan; where a scan runs already, that one is watched.
func startScanAt(ctx context.Context, server, token string, again bool) (*scanAt, error) {
	s := &scanAt{client: importClient(), address: server + "/api/library/scan", token: token}
	address := s.address
	if again {
		address += "?again=true"
	}
	_, status, err := s.ask(ctx, http.MethodPost, address)
	if status == http.StatusConflict {
		return s, nil
	}
	return s, err
}

// Progress implements scanning.
func (s *scanAt) Progress(ctx context.Context) (scanProgress, error) {
	p, _, err := s.ask(ctx, http.MethodGet, s.address)
	return p, err
}

// Left implements scanning.
func (s *scanAt) Left() string { return "not waited for: the server goes on with the scan" }

// Close implements scanning.
func (s *scanAt) Close() error { s.client.CloseIdleConnections(); return nil }

// mostAnswer bounds what is read of a server's answer.
const mostAnswer = 1 << 20

func (s *scanAt) ask(ctx context.Context, method, address string) (p scanProgress, status int, err error) {
	request, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return p, 0, fmt.Errorf("address of the server: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+s.token)
	answer, err := s.client.Do(request)
	if err != nil {
		return p, 0, fmt.Errorf("ask the server: %w", err)
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	var body struct {
		scanProgress
		Error string `json:"error"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, mostAnswer)).Decode(&body); err != nil {
		return p, answer.StatusCode, fmt.Errorf("%s is no Hathor: it answers %s without JSON", s.address, answer.Status)
	}
	if answer.StatusCode != http.StatusOK {
		return p, answer.StatusCode, fmt.Errorf("the server does not scan: %s (%s)", body.Error, answer.Status)
	}
	return body.scanProgress, answer.StatusCode, nil
}
