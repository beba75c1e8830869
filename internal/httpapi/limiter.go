package httpapi

import (
	"context"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"hathor/internal/clock"
	"hathor/internal/fault"
)

// Rate is how many of something are allowed in a span of time. The zero value switches a limit off.
type Rate struct {
	Count int
	Per   time.Duration
}

const (
	// windowSlices is how finely a limiter remembers: a request counts for the span and up to one slice.
	windowSlices = 30
	// mostBuckets bounds the memory of a limiter, to about 20 MB.
	mostBuckets = 100_000
)

// Counter counts for all nodes at once, in the manner of limiter. An error means that it cannot be told.
type Counter interface {
	// Take counts one of what key names, unless most were counted within the last per.
	Take(ctx context.Context, key string, most int, per time.Duration) (used int, reset time.Duration, refused bool, err error)
	// GiveBack takes back one that should not have counted.
	GiveBack(ctx context.Context, key string, most int, per time.Duration) (used int, reset time.Duration, err error)
}

// limiter counts requests in a sliding window for each key. The zero Rate allows everything.
type limiter struct {
	name  string // as the RateLimit headers call it
	rate  Rate
	clock clock.Clock

	quoted string      // the name as an item of a header
	policy fixedHeader // of every answer under this limit

	// shared counts for all nodes, nil where there is one. While it is away this node's own windows go on,
	// unless the limiter is strict: then it refuses.
	shared Counter
	strict bool

	mu      sync.Mutex
	buckets map[string]*bucket
	swept   int64 // slice of the last sweep
}

// bucket is the window of one key, a ring of slices.
type bucket struct {
	counts [windowSlices + 1]uint32
	total  int
	newest int64 // number of the newest slice, counted from 1970
}

// standing is where a key stands under a limit after a request. The zero value is under no limit.
type standing struct {
	limiter   *limiter
	remaining int
	reset     time.Duration // until some of what was used comes back
	refused   bool
	blind     bool // nobody can tell: refused without a count
}

var errBlind = fault.New(fault.Unavailable, "limits_unavailable", "Signing in is not possible at the moment, please try again")

// err is nil unless the limit refuses; reached is the answer for one that is reached.
func (s standing) err(reached error) error {
	switch {
	case s.blind:
		return errBlind
	case s.refused:
		return reached
	}
	return nil
}

func newLimiter(name string, rate Rate, c clock.Clock) *limiter {
	quoted := strconv.Quote(name)
	policy := fixed("RateLimit-Policy", quoted+";q="+strconv.Itoa(rate.Count)+";w="+strconv.Itoa(wholeSeconds(rate.Per)))
	return &limiter{name: name, rate: rate, clock: c, quoted: quoted, policy: policy, buckets: map[string]*bucket{}}
}

func (l *limiter) off() bool { return l.rate.Count <= 0 || l.width() <= 0 }

func (l *limiter) width() time.Duration { return l.rate.Per / windowSlices }

// take counts one request of key, unless the limit is reached.
func (l *limiter) take(ctx context.Context, key string) standing {
	if l.off() {
		return standing{}
	}
	if l.shared == nil {
		return l.takeHere(key)
	}
	used, reset, refused, err := l.shared.Take(ctx, l.name+" "+key, l.rate.Count, l.rate.Per)
	switch {
	case err == nil:
		return standing{limiter: l, remaining: max(0, l.rate.Count-used), reset: reset, refused: refused}
	case l.strict:
		slog.WarnContext(ctx, "refused: the limit cannot be counted", slog.String("limit", l.name), slog.Any("error", err))
		return standing{refused: true, blind: true}
	}
	return l.takeHere(key)
}

// takeHere is take in this node's own window.
func (l *limiter) takeHere(key string) standing {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	b := l.bucket(key, now)
	refused := b.total >= l.rate.Count
	if !refused {
		b.counts[b.newest%int64(len(b.counts))]++
		b.total++
	}
	return l.standing(b, now, refused)
}

// giveBack takes back one request of key that should not have counted.
func (l *limiter) giveBack(ctx context.Context, key string) standing {
	if l.off() {
		return standing{}
	}
	if l.shared == nil {
		return l.giveBackHere(key)
	}
	used, reset, err := l.shared.GiveBack(ctx, l.name+" "+key, l.rate.Count, l.rate.Per)
	if err != nil {
		return standing{} // it stays counted
	}
	return standing{limiter: l, remaining: max(0, l.rate.Count-used), reset: reset}
}

// giveBackHere is giveBack in this node's own window.
func (l *limiter) giveBackHere(key string) standing {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	b := l.bucket(key, now)
	for age := range int64(len(b.counts)) {
		count := &b.counts[(b.newest-age)%int64(len(b.counts))]
		if *count > 0 {
			*count--
			b.total--
			break
		}
	}
	return l.standing(b, now, false)
}

// bucket returns the window of key, moved on to now. The lock is held.
func (l *limiter) bucket(key string, now time.Time) *bucket {
	slice := now.UnixNano() / int64(l.width())
	b := l.buckets[key]
	if b == nil {
		l.sweep(slice)
		b = &bucket{newest: slice}
		l.buckets[key] = b
	}
	for steps := 0; b.newest < slice && steps < len(b.counts); steps++ {
		b.newest++
		count := &b.counts[b.newest%int64(len(b.counts))]
		b.total -= int(*count)
		*count = 0
	}
	if b.newest < slice {
		b.newest = slice // the ring is empty by now
	}
	return b
}

func (l *limiter) standing(b *bucket, now time.Time, refused bool) standing {
	s := standing{limiter: l, remaining: max(0, l.rate.Count-b.total), reset: l.rate.Per, refused: refused}
	size := int64(len(b.counts))
	for age := size - 1; age >= 0; age-- {
		if b.counts[(b.newest-age)%size] > 0 {
			ends := (b.newest - age + size) * int64(l.width())
			s.reset = time.Duration(ends - now.UnixNano())
			break
		}
	}
	return s
}

// sweep forgets windows that are over, once a span, and arbitrary ones when there are too many. The lock
// is held.
func (l *limiter) sweep(slice int64) {
	full := len(l.buckets) >= mostBuckets
	if !full && slice-l.swept < windowSlices {
		return
	}
	l.swept = slice
	for key, b := range l.buckets {
		if slice-b.newest > windowSlices {
			delete(l.buckets, key)
		}
	}
	for key := range l.buckets {
		if len(l.buckets) < mostBuckets {
			return
		}
		delete(l.buckets, key)
	}
}
