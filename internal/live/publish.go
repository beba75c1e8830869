package live

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/centrifugal/centrifuge"

	"hathor/internal/playback"
)

const (
	// tryAgain is how often what could not be told is tried again.
	tryAgain = time.Second
	// remembered is how long the channel knows that something was sent, to notice who missed it.
	remembered = time.Minute
)

// Run sends what the channel is told until ctx ends. Whoever made the server runs it, once.
func (s *Server) Run(ctx context.Context) {
	retry := time.NewTicker(tryAgain)
	defer retry.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case t := <-s.channel.news:
			s.send(ctx, t)
		case <-retry.C:
			s.sendLeft(ctx)
		}
	}
}

// send publishes news, or keeps them while nothing gets through.
func (s *Server) send(ctx context.Context, t told) {
	if s.away {
		s.channel.keep(t)
		return
	}
	if err := s.publish(ctx, t); err != nil && ctx.Err() == nil {
		s.away = true
		slog.WarnContext(ctx, "live messages do not get through: devices will not see changes until they do", slog.Any("error", err))
		s.channel.keep(t)
	}
}

// sendLeft tries again what could not be told; the first that gets through ends the silence.
func (s *Server) sendLeft(ctx context.Context) {
	failed := false
	for user, news := range s.channel.left() {
		if failed { // no need to wait for each of them
			s.channel.keep(told{user, news})
			continue
		}
		err := s.publish(ctx, told{user, playback.News{What: playback.DevicesChanged}})
		if err == nil && news.What != playback.DevicesChanged {
			err = s.publish(ctx, told{user, news})
		}
		if err != nil {
			s.channel.keep(told{user, news})
			failed = true
		} else if s.away {
			s.away = false
			slog.InfoContext(ctx, "live messages get through again")
		}
	}
	s.away = s.away || failed
}

func (s *Server) publish(ctx context.Context, t told) error {
	text, err := s.message(ctx, t)
	if err != nil {
		return fmt.Errorf("make live message: %w", err)
	}
	_, err = s.channel.node.Publish(nameOf(t.user), text, centrifuge.WithHistory(1, remembered))
	if err != nil {
		return fmt.Errorf("publish live message: %w", err)
	}
	s.channel.sent.Add(1)
	return nil
}

func (s *Server) message(ctx context.Context, t told) ([]byte, error) {
	switch t.news.What {
	case playback.Progressed:
		return progressOf(t.news.State)
	case playback.DevicesChanged:
		devices, err := s.player.Devices(ctx, t.user)
		if err != nil {
			return nil, err
		}
		return devicesOf(s.views, devices)
	default:
		return changedOf(s.views, t.news)
	}
}
