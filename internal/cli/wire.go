package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"hathor/internal/account"
	"hathor/internal/blob"
	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/fswatch"
	"hathor/internal/household"
	"hathor/internal/httpapi"
	"hathor/internal/ingest"
	"hathor/internal/job"
	"hathor/internal/library"
	"hathor/internal/live"
	"hathor/internal/logtail"
	"hathor/internal/media"
	"hathor/internal/playlist"
	"hathor/internal/sqlstore"
	"hathor/internal/stream"
	"hathor/internal/webui"
	"hathor/web"
)

// app is the running program. What is built is closed in the opposite order.
type app struct {
	handler http.Handler
	encrypt encryption
	health  *httpapi.Health
	jobs    *job.Group
	// interrupt ends the receiving of pieces; it returns when what arrived is durable.
	interrupt func(context.Context)
	// hangUp asks all who listen to the live channel to connect anew, elsewhere or later.
	hangUp  func(context.Context)
	channel *live.Channel
	closers []func() error
}

// watched is what administrators look at from afar: the settings in force, and the log's last lines.
type watched struct {
	settings []config.Value
	tail     *logtail.Tail
}

// wire builds everything, by hand, top to bottom. It is the only place that does.
func wire(ctx context.Context, c *config.Config, log *slog.Logger, w watched) (_ *app, err error) {
	a := &app{}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.close())
		}
	}()
	now := clock.System{}

	data, err := openFolder(c.DataDir)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, data.Close)

	look, err := a.watch(ctx, c, now, log)
	if err != nil {
		return nil, err
	}
	db, err := sqlstore.Open(ctx, c.Database())
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, db.Close)
	if err := bringUp(ctx, db, log); err != nil {
		return nil, err
	}
	if look.tracer != nil {
		db.Follow(func(ctx context.Context, s sqlstore.Statement) (context.Context, func(error)) {
			return look.tracer.Query(ctx, s.Name)
		})
	}

	a.jobs = job.NewGroup(ctx, log)
	a.jobs.OnPanic(look.panicked)

	shared, err := a.joinNodes(ctx, c, now)
	if err != nil {
		return nil, err
	}
	programs := a.findTools(ctx, c, log)
	services, err := a.services(ctx, base{settings: c, data: data, db: db, clock: now, shared: shared, look: look, tools: programs})
	if err != nil {
		return nil, err
	}
	services.Version, services.Clock, services.Log = version, now, log
	services.Config, services.Tail = w.settings, w.tail
	services.Settings = httpapi.Settings{
		Limits: limits(c), Origins: texts(c.ClientURL), TrustedProxies: c.TrustedProxies, MaxBody: c.MaxBodySize,
	}

	a.health = httpapi.NewHealth(now, version,
		httpapi.Check{Name: "database", Essential: true, Ask: db.Check},
		httpapi.Check{Name: "redis", Ask: shared.check},
		httpapi.Check{Name: "transcoding", Ask: programs.check()},
		httpapi.Check{Name: "storage", Ask: func(context.Context) error { return data.writable() }},
	)
	services.Health, services.Report = a.health, look.report
	if look.tracer != nil { // a nil pointer in the interface would be no nil
		services.Tracer = look.tracer
	}
	services.Metrics = httpapi.NewMetrics()
	services.Metrics.WatchDatabase(db.Pool)
	services.Metrics.WatchJobs(a.jobs.Panics)
	services.Metrics.WatchHealth(a.health)
	services.Metrics.WatchAnalysis(figuresOf(ctx, services.Sound))
	services.Metrics.WatchScan(scanFigures(ctx, services.Scanner))
	services.Metrics.WatchLive(a.channel.Connections, a.channel.Sent)

	if a.encrypt, err = newEncryption(c, data, now, log); err != nil {
		return nil, err
	}
	if a.encrypt.authority != nil { // a nil pointer in the interface would be no nil
		services.Authority = a.encrypt.authority
	}
	if a.handler, err = httpapi.New(services, webui.New(web.Dist)); err != nil {
		return nil, fmt.Errorf("build routes: %w", err)
	}
	a.handler = a.encrypt.handler(a.handler)
	return a, nil
}

// base is what all features are built on.
type base struct {
	settings *config.Config
	data     *folder
	db       *sqlstore.DB
	objects  *blob.Disk
	clock    clock.Clock
	shared   nodes
	look     watching
	tools    tools
}

// services builds the features over the database and the object store, and starts what runs beside requests.
func (a *app) services(ctx context.Context, b base) (s httpapi.Services, err error) {
	if b.objects, err = blob.OpenDisk(filepath.Join(b.data.path, "objects")); err != nil {
		return s, err
	}
	a.closers = append(a.closers, b.objects.Close)
	if s.Accounts, err = a.accounts(b); err != nil {
		return s, err
	}
	catalogue, pictures := sqlstore.NewCatalogue(b.db), media.NewPictures(runtime.NumCPU())
	s.Counter, s.Library = b.shared.counter, library.NewService(catalogue, b.clock)
	if err := a.intake(ctx, b, &s, pictures); err != nil {
		return s, err
	}
	store := sqlstore.NewHousehold(b.db, b.clock)
	s.Household = household.NewService(household.Parts{
		Accounts: s.Accounts, Departures: store, Belongings: store, Objects: b.objects, Releaser: s.Ingest, Scopes: s.Library, Clock: b.clock,
	})
	a.jobs.Go("files of deleted accounts", s.Household.Run)
	s.Sound = a.measuring(b, s.Scanner)
	if s.Stream, err = a.streams(b, playedSongs{catalogue, s.Sound.Wanted}, s.Accounts.Signer(), pictures); err != nil {
		return s, err
	}
	s.Playlists = playlist.New(sqlstore.NewPlaylists(b.db), s.Library, b.clock)
	return s, a.playing(b, &s)
}

func (a *app) accounts(b base) (*account.Service, error) {
	secret, err := signingSecret(b.settings, b.data.path)
	if err != nil {
		return nil, err
	}
	accounts, err := account.NewService(sqlstore.NewAccounts(b.db), b.clock, account.Settings{
		Secret: secret, AccessLife: b.settings.JWTExpire, Registration: account.Policy(b.settings.Registration),
		RequireAdminFactor: b.settings.RequireAdminFactor, Others: b.shared.others,
		AuditLife: time.Duration(b.settings.AuditDays) * 24 * time.Hour,
	})
	if err != nil {
		return nil, err
	}
	a.jobs.Go("sessions", accounts.Run)
	if b.shared.hear != nil {
		a.jobs.Go("news of other nodes", func(ctx context.Context) { b.shared.hear(ctx, accounts.Forget) })
	}
	return accounts, nil
}

// intake builds all that brings music in, by upload and from folders, and lets it begin.
func (a *app) intake(ctx context.Context, b base, s *httpapi.Services, pictures *media.Pictures) error {
	writer := sqlstore.NewIngest(b.db, b.clock)
	s.Ingest = ingest.NewService(intakeParts(b, writer, pictures))
	s.Inbox = ingest.NewInbox(ingest.InboxParts{
		Service: s.Ingest, Scopes: s.Library, Arrivals: sqlstore.NewArrivals(b.db), Partials: b.objects.Partials(), Clock: b.clock,
	})
	a.interrupt = s.Inbox.InterruptAll
	s.Scanner = ingest.NewScanner(s.Ingest, writer)
	a.closers = append(a.closers, func() error { s.Scanner.Close(); return nil })
	s.Keeper = ingest.NewKeeper(ingest.KeeperParts{
		Service: s.Ingest, Scanner: s.Scanner, Holdings: writer, Stock: writer, Missing: writer, Space: b.objects, Auditor: s.Accounts,
	})
	if err := claim(ctx, s.Ingest, owner{sqlstore.NewIdentity(b.db, b.clock), b.data.path}); err != nil {
		return err
	}
	if err := a.bringIn(ctx, b.settings, s.Ingest, s.Scanner, b.look); err != nil {
		return err
	}
	a.jobs.Go("uploads", s.Inbox.Run)
	return nil
}

// intakeParts are what music is taken in with.
func intakeParts(b base, writer *sqlstore.Ingest, pictures *media.Pictures) ingest.Parts {
	return ingest.Parts{
		Objects: b.objects, Catalogue: writer, Journal: writer, Names: writer, Files: writer, Libraries: writer,
		Tags: media.NewWriter(b.clock), Reader: media.NewProbingReader(b.clock, prober{tool: b.tools.ffmpeg, path: b.settings.FFmpeg}), Inspector: pictures, Clock: b.clock, Watch: b.look.scan,
		MaxFileSize: b.settings.MaxFileSize,
		Quota:       ingest.Quota{Limited: b.settings.UploadQuota > 0, Bytes: int64(b.settings.UploadQuota)},
	}
}

// leftoverAge is how old an object without a row is when the sweep takes it: on PostgreSQL younger ones may
// be uploads of another node whose row is being written. On SQLite this process is the only one.
func leftoverAge(c *config.Config) time.Duration {
	if strings.HasPrefix(c.Database(), "sqlite") {
		return 0
	}
	return time.Hour
}

// settle is how long nothing is to change in a folder before it is scanned: files may still be copied into it.
const settle = 2 * time.Second

// retry is how long after a file could not be read, for a reason that may pass, it is tried again.
const retry = 30 * time.Second

// bringIn makes the libraries, starts a scan where there are folders, and sweeps what a crash left behind.
func (a *app) bringIn(ctx context.Context, c *config.Config, uploads *ingest.Service, scanner *ingest.Scanner, look watching) error {
	if err := scanner.EnsureLibraries(ctx, c.MusicDirs); err != nil {
		return fmt.Errorf("make libraries: %w", err)
	}
	if len(c.MusicDirs) > 0 {
		if err := scanner.Start(ctx, false); err != nil {
			return fmt.Errorf("start scan: %w", err)
		}
	}
	following := ingest.Following{Every: c.ScanInterval, Settle: settle, Retry: retry}
	if c.Watch {
		following.Events = fswatch.Watcher{}
	}
	if len(c.MusicDirs) > 0 {
		a.jobs.Go("changes of folders", func(ctx context.Context) { scanner.Follow(ctx, following) })
	}
	a.jobs.Go("sweep objects", func(ctx context.Context) {
		var n int
		err := look.traced(ctx, "sweep objects", func(ctx context.Context) (err error) {
			n, err = uploads.Sweep(ctx, leftoverAge(c))
			return err
		})
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "sweep failed", slog.Any("error", err))
		} else if n > 0 {
			slog.InfoContext(ctx, "removed objects without a song", slog.Int("count", n))
		}
	})
	return nil
}

// signingSecret is the operator's own, or one that was made at the first start and stays in the data folder.
func signingSecret(c *config.Config, folder string) ([]byte, error) {
	if c.JWTSecret != "" {
		return []byte(c.JWTSecret), nil
	}
	return account.LoadSecret(filepath.Join(folder, "secret"))
}

// objectFiles gives the object store's files the shape that streams want.
type objectFiles struct{ *blob.Disk }

func (o objectFiles) Open(ctx context.Context, key string) (stream.File, error) {
	file, err := o.Disk.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	return file, nil
}

func limits(c *config.Config) httpapi.Limits {
	rate := func(r config.Rate) httpapi.Rate { return httpapi.Rate{Count: r.Count, Per: r.Per} }
	return httpapi.Limits{
		Anonymous: rate(c.RateLimitAnonymous), Auth: rate(c.RateLimitAuth), User: rate(c.RateLimitUser),
	}
}

// close ends the background work, which uses all the rest, and then everything in the opposite order of
// its making.
func (a *app) close() error {
	var all []error
	if a.jobs != nil {
		a.jobs.Stop()
	}
	for i := len(a.closers) - 1; i >= 0; i-- {
		all = append(all, a.closers[i]())
	}
	return errors.Join(all...)
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}
