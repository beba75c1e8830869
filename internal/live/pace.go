package live

import (
	"sync"
	"time"

	"github.com/centrifugal/centrifuge"
)

const (
	// perSecond is how many commands a connection may send in the long run, and burst how many at once.
	perSecond = 20
	burst     = 100
)

// pace is a bucket that fills as time goes by.
type pace struct {
	mu   sync.Mutex
	left float64
	at   time.Time
}

func newPace(now time.Time) *pace { return &pace{left: burst, at: now} }

// take tells whether one more is within the pace.
func (p *pace) take(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if since := now.Sub(p.at); since > 0 {
		p.left = min(burst, p.left+since.Seconds()*perSecond)
	}
	p.at = now
	if p.left < 1 {
		return false
	}
	p.left--
	return true
}

// paced refuses commands of a connection that sends too many.
func (s *Server) paced(client *centrifuge.Client, _ centrifuge.CommandReadEvent) error {
	if v := visitorOf(client.Context()); v == nil || !v.pace.take(s.clock.Now()) {
		return centrifuge.DisconnectTooManyRequests
	}
	return nil
}
