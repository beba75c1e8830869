package bus_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hathor/internal/account"
	"hathor/internal/bus"
	"hathor/internal/clock"
	"hathor/internal/fault"
	"hathor/internal/redistest"
	"hathor/internal/sqlstore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, server *redistest.Server) *bus.Bus {
	t.Helper()
	b, err := bus.Open(t.Context(), server.URL(), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func take(t *testing.T, c *bus.Counter, key string, most int, per time.Duration) (used int, reset time.Duration, refused bool) {
	t.Helper()
	used, reset, refused, err := c.Take(t.Context(), key, most, per)
	if err != nil {
		t.Fatal(err)
	}
	return used, reset, refused
}

func TestCounterHoldsAcrossNodes(t *testing.T) {
	server := redistest.Start(t)
	one, two := open(t, server).Counter(), open(t, server).Counter()
	for want := 1; want <= 4; want += 2 {
		for i, c := range []*bus.Counter{one, two} {
			used, reset, refused := take(t, c, "key", 4, time.Hour)
			if used != want+i || refused || reset <= 0 || reset > time.Hour+2*time.Minute {
				t.Errorf("take %d: used %d, reset %v, refused %v", want+i, used, reset, refused)
			}
		}
	}
	for _, c := range []*bus.Counter{one, two} {
		if used, reset, refused := take(t, c, "key", 4, time.Hour); used != 4 || !refused || reset <= 58*time.Minute {
			t.Errorf("over the limit: used %d, reset %v, refused %v", used, reset, refused)
		}
	}
	if _, _, refused := take(t, one, "another key", 4, time.Hour); refused {
		t.Error("another key was refused")
	}
	if used, _, err := two.GiveBack(t.Context(), "key", 4, time.Hour); err != nil || used != 3 {
		t.Errorf("give back: used %d, %v", used, err)
	}
	if _, _, refused := take(t, one, "key", 4, time.Hour); refused {
		t.Error("refused after one was given back")
	}
}

func TestCounterIsExactUnderManyAtOnce(t *testing.T) {
	server := redistest.Start(t)
	nodes := []*bus.Counter{open(t, server).Counter(), open(t, server).Counter()}
	var group sync.WaitGroup
	passed := make(chan struct{}, 100)
	for i := range 100 {
		group.Go(func() {
			if _, _, refused, err := nodes[i%2].Take(t.Context(), "key", 10, time.Hour); err != nil {
				t.Error(err)
			} else if !refused {
				passed <- struct{}{}
			}
		})
	}
	group.Wait()
	if len(passed) != 10 {
		t.Errorf("%d passed, want 10", len(passed))
	}
}

// A window of one second is the shortest there is: what was used comes back by itself.
func TestCounterForgetsWhatIsOver(t *testing.T) {
	c := open(t, redistest.Start(t)).Counter()
	take(t, c, "key", 1, time.Second)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	retry := time.NewTicker(50 * time.Millisecond)
	defer retry.Stop()
	for {
		if _, _, refused := take(t, c, "key", 1, time.Second); !refused {
			return
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			t.Fatal("it never came back")
		}
	}
}

func TestNewsReachesOtherNodesAlsoAfterRedisCameBack(t *testing.T) {
	server := redistest.Start(t)
	one, two := open(t, server), open(t, server)
	heard := make(chan int64, 1000)
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	group.Go(func() { one.Tell(ctx) })
	group.Go(func() {
		two.Hear(ctx, func(_ string, ids ...int64) {
			for _, id := range ids {
				heard <- id
			}
		})
	})
	awaitNews(t, one, heard, 7)
	server.Kill()
	server.Begin()
	awaitNews(t, one, heard, 8)
}

// awaitNews tells of the session until the news arrives: a node may not listen yet.
func awaitNews(t *testing.T, from *bus.Bus, heard <-chan int64, id int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	retry := time.NewTicker(50 * time.Millisecond)
	defer retry.Stop()
	for {
		from.Ended("session", id)
		select {
		case got := <-heard:
			if got == id {
				return
			}
		case <-retry.C:
		case <-ctx.Done():
			t.Fatalf("no news of session %d", id)
		}
	}
}

func TestRedisAwayIsAnErrorAndRedisBackIsNot(t *testing.T) {
	server := redistest.Start(t)
	b := open(t, server)
	c := b.Counter()
	take(t, c, "key", 5, time.Hour)
	server.Kill()
	if _, _, _, err := c.Take(t.Context(), "key", 5, time.Hour); err == nil {
		t.Error("counted without Redis")
	}
	if err := b.Check(t.Context()); err == nil {
		t.Error("healthy without Redis")
	}
	server.Begin()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for b.Check(ctx) != nil && ctx.Err() == nil {
	}
	if _, _, refused := take(t, c, "key", 5, time.Hour); refused {
		t.Error("refused after Redis came back")
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // no need to wait ten seconds
	_, err := bus.Open(ctx, "redis://me:geheim@127.0.0.1:1", clock.System{})
	if err == nil || !strings.Contains(err.Error(), "reach Redis at 127.0.0.1:1") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("nobody listens: %v", err)
	}
	_, err = bus.Open(t.Context(), "redis://me:geheim@host/many/parts", clock.System{})
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("no address: %v", err)
	}
}

// Time stands still here, so that nothing but the news can end what a node believes of a session.
func TestSessionEndedOnOneNodeIsForgottenByTheOther(t *testing.T) {
	server := redistest.Start(t)
	db, err := sqlstore.Open(t.Context(), "sqlite://"+t.TempDir()+"/hathor.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	one, two := joinedNode(t, server, db), joinedNode(t, server, db)
	grant, err := one.Register(t.Context(), account.Registration{Username: "ada", Email: "ada@example.org", Password: "Correct1horse"}, account.Client{})
	if err != nil {
		t.Fatal(err)
	}
	who, err := two.ByBearer(t.Context(), grant.Access)
	if err != nil {
		t.Fatal(err)
	}
	if err := one.EndSession(t.Context(), who, grant.Session); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		if _, err := two.ByBearer(ctx, grant.Access); fault.KindOf(err) == fault.Unauthenticated {
			return
		}
		if ctx.Err() != nil {
			t.Fatal("the other node goes on believing in the session")
		}
	}
}

// joinedNode is the accounts of one node, joined to the others.
func joinedNode(t *testing.T, server *redistest.Server, db *sqlstore.DB) *account.Service {
	t.Helper()
	b := open(t, server)
	accounts, err := account.NewService(sqlstore.NewAccounts(db), clock.NewFake(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)), account.Settings{
		Secret: []byte("a secret of more than thirty-two bytes for tests"), Registration: account.Open,
		Cost: account.Cost{Memory: 64, Time: 1, Threads: 1}, Others: b,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	t.Cleanup(group.Wait)
	t.Cleanup(cancel)
	group.Go(func() { b.Tell(ctx) })
	heard := make(chan struct{}, 1000)
	group.Go(func() {
		b.Hear(ctx, func(kind string, ids ...int64) {
			accounts.Forget(kind, ids...)
			heard <- struct{}{}
		})
	})
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for { // until its own news comes back, the node may not listen yet
		b.Ended("session", -1)
		select {
		case <-heard:
			return accounts
		case <-retry.C:
		case <-t.Context().Done():
			t.Fatal("nothing is heard")
		}
	}
}
