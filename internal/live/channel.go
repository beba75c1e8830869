package live

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/centrifugal/centrifuge"
	"github.com/prometheus/client_golang/prometheus"

	"hathor/internal/account"
	"hathor/internal/playback"
)

const (
	// waiting is how many news wait to be sent; what is told beyond that is kept as the newest of each listener.
	waiting = 1024
	// mostPerUser is how many connections one listener has to one node at most.
	mostPerUser = 64
	// queueLimit is how many bytes wait for one connection before it is dropped as too slow.
	queueLimit = 1 << 20
	// connectPatience is how long a connection may take to say that it connects.
	connectPatience = 10 * time.Second
	// lostPatience is how often a connection is compared with what was sent, so that one which missed a message
	// is told to connect anew.
	lostPatience = 20 * time.Second
)

// Channel is one listener's news to all their devices, on this node and, over Redis, on all others. It is the
// playback.Outlet of a server, and safe for concurrent use. Whoever makes it closes it.
type Channel struct {
	node   *centrifuge.Node
	redis  *centrifuge.RedisShard // nil on a node alone
	news   chan told
	sent   atomic.Int64
	closed sync.Once

	mu     sync.Mutex
	unsent map[account.UserID]playback.News // the newest that could not be told
}

// told is news and whose.
type told struct {
	user account.UserID
	news playback.News
}

var _ playback.Outlet = (*Channel)(nil)

// NewChannel makes a channel over Redis, or on this node alone for an empty address.
func NewChannel(redis string) (*Channel, error) {
	node, err := centrifuge.New(centrifuge.Config{
		Name: "hathor", LogLevel: centrifuge.LogLevelInfo, LogHandler: logged,
		UserConnectionLimit: mostPerUser, ClientQueueMaxSize: queueLimit, ClientStaleCloseDelay: connectPatience,
		ClientPresenceUpdateInterval: lostPatience, ClientChannelPositionCheckDelay: lostPatience,
		// Our own figures are in httpapi.Metrics; those of the library stay in a registry that nobody reads.
		Metrics: centrifuge.MetricsConfig{RegistererGatherer: prometheus.NewRegistry()},
	})
	if err != nil {
		return nil, fmt.Errorf("make live channel: %w", err)
	}
	c := &Channel{node: node, news: make(chan told, waiting), unsent: map[account.UserID]playback.News{}}
	if redis != "" {
		if err := c.share(redis); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// share joins the channel to those of other nodes.
func (c *Channel) share(redis string) (err error) {
	c.redis, err = centrifuge.NewRedisShard(c.node, centrifuge.RedisShardConfig{Address: redis, ClientName: "hathor", IOTimeout: time.Second})
	if err != nil {
		return fmt.Errorf("join the live channels of other nodes: %w", err)
	}
	shards := []*centrifuge.RedisShard{c.redis}
	broker, err := centrifuge.NewRedisBroker(c.node, centrifuge.RedisBrokerConfig{Prefix: "hathor:live", Shards: shards})
	if err != nil {
		return fmt.Errorf("join the live channels of other nodes: %w", err)
	}
	present, err := centrifuge.NewRedisPresenceManager(c.node, centrifuge.RedisPresenceManagerConfig{Prefix: "hathor:live", Shards: shards})
	if err != nil {
		return fmt.Errorf("join the live channels of other nodes: %w", err)
	}
	c.node.SetController(broker)
	c.node.SetBroker(broker)
	c.node.SetPresenceManager(present)
	return nil
}

// logged passes on what the library has to say; it names every passing trouble of a connection, so that is
// for those who look for it.
func logged(e centrifuge.LogEntry) {
	attributes := make([]any, 0, len(e.Fields))
	for name, value := range e.Fields {
		if name != "command" && name != "data" { // what clients send is theirs
			attributes = append(attributes, slog.Any(name, value))
		}
	}
	slog.Debug("live: "+e.Message, attributes...)
}

// nameOf is the listener's channel.
func nameOf(user account.UserID) string { return "user:" + strconv.FormatInt(int64(user), 10) }

// Tell hands news on and returns at once.
func (c *Channel) Tell(user account.UserID, n playback.News) {
	select {
	case c.news <- told{user, n}:
	default:
		c.keep(told{user, n})
	}
}

// keep notes news for later: the newest of a listener say all that older ones did, but for the way to the queue.
// The devices are told of with all that is kept.
func (c *Channel) keep(t told) {
	c.mu.Lock()
	defer c.mu.Unlock()
	have, there := c.unsent[t.user]
	if there && (t.news.What != playback.StateChanged || have.State.Revision > t.news.State.Revision) {
		return
	}
	t.news.Edits = nil
	c.unsent[t.user] = t.news
}

// left takes what could not be told.
func (c *Channel) left() map[account.UserID]playback.News {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.unsent
	c.unsent = map[account.UserID]playback.News{}
	return all
}

// presence is what a connection says of itself to those who ask who listens.
type presence struct {
	Device playback.DeviceID `json:"device"`
}

// Online tells which of a listener's devices are connected to any node.
func (c *Channel) Online(_ context.Context, user account.UserID) (map[playback.DeviceID]bool, error) {
	found, err := c.node.Presence(nameOf(user))
	if err != nil {
		return nil, fmt.Errorf("ask who listens: %w", err)
	}
	out := make(map[playback.DeviceID]bool, len(found.Presence))
	for _, one := range found.Presence {
		var p presence
		if json.Unmarshal(one.ConnInfo, &p) == nil && p.Device != "" {
			out[p.Device] = true
		}
	}
	return out, nil
}

// Connections tells how many are connected to this node.
func (c *Channel) Connections() int { return c.node.Hub().NumClients() }

// Sent tells how many messages this node has published.
func (c *Channel) Sent() int64 { return c.sent.Load() }

// Close asks all who are connected to connect anew, elsewhere or later, and lets go of them. It may be called
// more than once.
func (c *Channel) Close(ctx context.Context) (err error) {
	c.closed.Do(func() {
		err = c.node.Shutdown(ctx)
		if c.redis != nil {
			c.redis.Close()
		}
	})
	return err
}
