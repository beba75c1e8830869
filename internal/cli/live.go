package cli

import (
	"context"
	"log/slog"

	"hathor/internal/httpapi"
	"hathor/internal/live"
	"hathor/internal/playback"
	"hathor/internal/sqlstore"
)

// playing builds the playback, which tells a live channel what changes.
func (a *app) playing(b base, s *httpapi.Services) error {
	channel, err := live.NewChannel(b.settings.Redis())
	if err != nil {
		return err
	}
	a.hangUp = func(ctx context.Context) {
		if err := channel.Close(ctx); err != nil {
			slog.WarnContext(ctx, "live connections not ended in time", slog.Any("error", err))
		}
	}
	a.closers = append(a.closers, func() error { return channel.Close(context.Background()) })
	s.Playback = playback.New(sqlstore.NewPlayback(b.db), s.Library, channel, b.clock)
	server, err := live.New(live.Parts{
		Channel: channel, Accounts: s.Accounts, Player: s.Playback, Views: httpapi.LiveViews{}, Clock: b.clock,
	})
	if err != nil {
		return err
	}
	a.jobs.Go("live messages", server.Run)
	a.jobs.Go("live connections", server.Watch)
	a.channel = channel
	s.Live = server
	return nil
}
