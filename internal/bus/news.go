package bus

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/redis/rueidis"
)

// endedChannel carries news as JSON.
const endedChannel = "hathor:ended"

// news is what one node tells the others.
type news struct {
	Kind string  `json:"kind"`
	IDs  []int64 `json:"ids"`
}

// hearAgain is how long a node that lost the channel waits before it listens again.
const hearAgain = 500 * time.Millisecond

// Ended hands the news on and returns at once. What cannot be told is dropped: nodes look sessions up again
// within a second anyway.
func (b *Bus) Ended(kind string, ids ...int64) {
	select {
	case b.news <- news{kind, ids}:
	default:
	}
}

// Tell publishes the news until ctx ends. Whoever opened the bus runs it, once.
func (b *Bus) Tell(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-b.news:
			b.publish(ctx, n)
		}
	}
}

func (b *Bus) publish(ctx context.Context, n news) {
	text, _ := json.Marshal(n)                          // numbers always encode
	_ = b.within(ctx, func(ctx context.Context) error { // within logs what fails
		return b.client.Do(ctx, b.client.B().Publish().Channel(endedChannel).Message(string(text)).Build()).Error()
	})
}

// Hear passes on the news of all nodes, its own included, until ctx ends. Whoever opened the bus runs it, once.
func (b *Bus) Hear(ctx context.Context, forget func(kind string, ids ...int64)) {
	retry := time.NewTicker(hearAgain)
	defer retry.Stop()
	for ctx.Err() == nil {
		// It returns when the connection is lost or ctx ends.
		_ = b.client.Receive(ctx, b.client.B().Subscribe().Channel(endedChannel).Build(), func(m rueidis.PubSubMessage) {
			var n news
			if err := json.Unmarshal([]byte(m.Message), &n); err != nil {
				slog.WarnContext(ctx, "news that cannot be read", slog.Any("error", err))
				return
			}
			forget(n.Kind, n.IDs...)
		})
		select {
		case <-ctx.Done():
		case <-retry.C:
		}
	}
}
