package bus

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/redis/rueidis"

	"hathor/internal/account"
)

// endedChannel carries ids of sessions as a JSON list.
const endedChannel = "hathor:sessions:ended"

// hearAgain is how long a node that lost the channel waits before it listens again.
const hearAgain = 500 * time.Millisecond

// SessionsEnded hands the news on and returns at once. What cannot be told is dropped: nodes look a
// session up again within a second anyway.
func (b *Bus) SessionsEnded(ids ...account.SessionID) {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	select {
	case b.news <- list:
	default:
	}
}

// Tell publishes the news until ctx ends. Whoever opened the bus runs it, once.
func (b *Bus) Tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case ids := <-b.news:
			b.publish(ctx, ids)
		}
	}
}

func (b *Bus) publish(ctx context.Context, ids []int64) {
	text, _ := json.Marshal(ids)                        // numbers always encode
	_ = b.within(ctx, func(ctx context.Context) error { // within logs what fails
		return b.client.Do(ctx, b.client.B().Publish().Channel(endedChannel).Message(string(text)).Build()).Error()
	})
}

// Hear passes on the news of all nodes, its own included, until ctx ends. Whoever opened the bus runs it, once.
func (b *Bus) Hear(ctx context.Context, forget func(...account.SessionID)) {
	retry := time.NewTicker(hearAgain)
	defer retry.Stop()
	for ctx.Err() == nil {
		// It returns when the connection is lost or ctx ends.
		_ = b.client.Receive(ctx, b.client.B().Subscribe().Channel(endedChannel).Build(), func(m rueidis.PubSubMessage) {
			var ids []account.SessionID
			if err := json.Unmarshal([]byte(m.Message), &ids); err != nil {
				slog.WarnContext(ctx, "news that cannot be read", slog.Any("error", err))
				return
			}
			forget(ids...)
		})
		select {
		case <-ctx.Done():
		case <-retry.C:
		}
	}
}
