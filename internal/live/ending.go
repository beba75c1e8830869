package live

import (
	"context"
	"time"

	"hathor/internal/account"
)

// lookEvery is how often it is looked whether those who are connected are still signed in.
const lookEvery = 400 * time.Millisecond

// Watch ends connections of who is signed in no more, until ctx ends. Whoever made the server runs it, once.
func (s *Server) Watch(ctx context.Context) {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			s.endStrangers(ctx)
		}
	}
}

// endStrangers ends the connections whose session or key has ended. Each session is looked up once, however
// many connections it has.
func (s *Server) endStrangers(ctx context.Context) {
	lives := map[credential]bool{}
	for _, client := range s.channel.node.Hub().Connections() {
		v := visitorOf(client.Context())
		if v == nil {
			continue
		}
		by := credential{v.who.Session, v.who.Key}
		alive, asked := lives[by]
		if !asked {
			alive = s.accounts.Lives(ctx, v.who)
			lives[by] = alive
		}
		if !alive {
			client.Disconnect(signedOut)
		}
	}
}

// credential is what somebody is signed in by.
type credential struct {
	session account.SessionID
	key     account.KeyID
}
