package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"hathor/internal/bus"
	"hathor/internal/clock"
	"hathor/internal/config"
	"hathor/internal/pgtest"
	"hathor/internal/redistest"
)

const sharedSecret = "a secret that both nodes know, long enough"

// pair is two whole nodes over one PostgreSQL and one Redis.
type pair struct {
	t     *testing.T
	redis *redistest.Server
	nodes [2]*app
}

func newPair(t *testing.T) *pair {
	t.Helper()
	p := &pair{t: t, redis: redistest.Start(t)}
	database := pgtest.URL(t)
	for i := range p.nodes {
		p.nodes[i] = built(t, &config.Config{
			DataDir: t.TempDir(), DatabaseURL: database, RedisURL: p.redis.URL(), JWTSecret: sharedSecret, Registration: config.RegistrationOpen,
			RateLimitAnonymous: config.Rate{Count: 1000, Per: time.Hour}, RateLimitAuth: config.Rate{Count: 4, Per: time.Hour},
			RateLimitUser: config.Rate{Count: 1000, Per: time.Hour},
		})
	}
	return p
}

// call is a request to a node, from an address of its own unless one is given.
type call struct {
	node               int
	path, body, token  string
	from, forwardedFor string
}

func (p *pair) call(c call) (int, map[string]any, http.Header) {
	p.t.Helper()
	method := http.MethodGet
	if c.body != "" {
		method = http.MethodPost
	}
	r := httptest.NewRequestWithContext(p.t.Context(), method, "/api"+c.path, strings.NewReader(c.body))
	r.Header.Set("Content-Type", "application/json")
	r.RemoteAddr = c.from
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.forwardedFor != "" {
		r.Header.Set("X-Forwarded-For", c.forwardedFor)
	}
	w := httptest.NewRecorder()
	p.nodes[c.node].handler.ServeHTTP(w, r)
	var body map[string]any
	_ = json.Unmarshal(w.Body.Bytes(), &body)
	return w.Code, body, w.Header()
}

func (p *pair) register(name, from string) (token string) {
	p.t.Helper()
	status, body, _ := p.call(call{path: "/auth/register", from: from,
		body: fmt.Sprintf(`{"username":%q,"email":"%s@example.org","password":"Correct1horse"}`, name, name)})
	if status != http.StatusCreated {
		p.t.Fatalf("register: %d %v", status, body)
	}
	return body["token"].(string)
}

const wrongLogin = `{"username":"nobody","password":"Wrong1horse"}`

func TestLimitsHoldAcrossNodes(t *testing.T) {
	p := newPair(t)
	const from = "203.0.113.5:4000"
	for i := range 4 {
		status, _, header := p.call(call{node: i % 2, path: "/auth/login", from: from, body: fmt.Sprintf(`{"username":"nobody%d","password":"Wrong1horse"}`, i)})
		if want := fmt.Sprintf(`"auth";r=%d`, 3-i); status != http.StatusUnauthorized || !strings.Contains(header.Get("RateLimit"), want) {
			t.Errorf("attempt %d: %d, RateLimit %s, want %s", i, status, header.Get("RateLimit"), want)
		}
	}
	for node := range p.nodes {
		status, body, header := p.call(call{node: node, path: "/auth/login", from: from, forwardedFor: fmt.Sprintf("198.51.100.%d", node), body: wrongLogin})
		if status != http.StatusTooManyRequests || header.Get("Retry-After") == "" {
			t.Errorf("node %d with a forged header: %d %v", node, status, body)
		}
	}
	if status, _, _ := p.call(call{node: 1, path: "/auth/login", from: "203.0.113.6:4000", body: wrongLogin}); status != http.StatusUnauthorized {
		t.Errorf("another address: %d", status)
	}
}

func TestSessionEndedOnOneNodeIsDeadOnTheOther(t *testing.T) {
	p := newPair(t)
	news := p.listen()
	token := p.register("ada", "203.0.113.7:1")
	use := call{node: 1, path: "/auth/profile", token: token, from: "203.0.113.7:1"}
	if status, body, _ := p.call(use); status != http.StatusOK {
		t.Fatalf("the other node: %d %v", status, body)
	}
	if status, body, _ := p.call(call{node: 0, path: "/auth/logout", body: `{}`, token: token, from: "203.0.113.7:1"}); status != http.StatusNoContent {
		t.Fatalf("logout: %d %v", status, body)
	}
	p.await(use, http.StatusUnauthorized)
	select {
	case <-news:
	case <-t.Context().Done():
		t.Error("the other nodes were not told")
	}
}

// listen hears what the nodes tell each other.
func (p *pair) listen() <-chan int64 {
	p.t.Helper()
	b, err := bus.Open(p.t.Context(), p.redis.URL(), clock.System{})
	if err != nil {
		p.t.Fatal(err)
	}
	heard := make(chan int64, 100)
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	p.t.Cleanup(func() {
		cancel()
		group.Wait()
		_ = b.Close()
	})
	group.Go(func() { b.Tell(ctx) })
	ready := make(chan struct{}, 100)
	group.Go(func() {
		b.Hear(ctx, func(_ string, ids ...int64) {
			if ids[0] == probe {
				ready <- struct{}{}
				return
			}
			heard <- ids[0]
		})
	})
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for { // until its own news comes back, it may not listen yet
		b.Ended("session", probe)
		select {
		case <-ready:
			return heard
		case <-retry.C:
		case <-p.t.Context().Done():
			p.t.Fatal("nothing is heard")
		}
	}
}

// probe is no session's id.
const probe int64 = -1

func TestRedisGoneRefusesSignInsButNotMusic(t *testing.T) {
	p := newPair(t)
	token := p.register("ada", "203.0.113.8:1")
	p.redis.Kill()
	if status, body, _ := p.call(call{path: "/auth/login", from: "203.0.113.9:1", body: wrongLogin}); status != http.StatusServiceUnavailable || body["code"] != "limits_unavailable" {
		t.Errorf("sign-in: %d %v", status, body)
	}
	for node := range p.nodes {
		if status, body, header := p.call(call{node: node, path: "/songs", token: token, from: "203.0.113.8:1"}); status != http.StatusOK || header.Get("RateLimit") == "" {
			t.Errorf("songs of node %d: %d %v, RateLimit %q", node, status, body, header.Get("RateLimit"))
		}
	}
	p.await(call{path: "/health", from: "203.0.113.8:1"}, http.StatusServiceUnavailable)
	p.await(call{path: "/health/ready", from: "203.0.113.8:1"}, http.StatusOK)
	p.redis.Begin()
	p.await(call{path: "/health", from: "203.0.113.8:1"}, http.StatusOK)
	for node := range p.nodes {
		p.await(call{node: node, path: "/auth/login", from: fmt.Sprintf("203.0.113.%d:1", 10+node), body: wrongLogin}, http.StatusUnauthorized)
	}
}

// await asks until the answer is as wanted, within the patience.
func (p *pair) await(c call, want int) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 30*time.Second)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		got, body, _ := p.call(c)
		if got == want {
			return
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			p.t.Fatalf("%s: still %d %v, want %d", c.path, got, body, want)
		}
	}
}
