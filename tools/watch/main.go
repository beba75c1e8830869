// Watch builds the server and runs it, and does both again whenever a Go, SQL or module file changes. It
// is the server's half of "make dev"; the client's half is Vite.
//
//	watch -build "go build -o .tools/dev/hathor ./cmd/hathor" .tools/dev/hathor serve
//
// A build that fails leaves the last good server running. Ctrl-C ends both.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// pause between two looks at the files: short enough to feel at once, long enough to cost nothing.
const pause = 700 * time.Millisecond

func main() {
	build := flag.String("build", "", "`command` that builds the server")
	flag.Parse()
	if *build == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := watch(ctx, strings.Fields(*build), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "watch:", err)
		os.Exit(1)
	}
}

// watch loops until ctx ends; it fails only when the files cannot be read.
func watch(ctx context.Context, build, serve []string) error {
	var running server
	defer running.stop()
	var seen snapshot
	for {
		now, err := look(".")
		if err != nil {
			return err
		}
		if !now.equal(seen) {
			seen = now
			running.replace(ctx, build, serve)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// server is the child process, if there is one.
type server struct {
	command *exec.Cmd
	ended   chan struct{}
}

// replace builds, and swaps the old process for a new one when that worked.
func (s *server) replace(ctx context.Context, build, serve []string) {
	if err := command(ctx, build).Run(); err != nil {
		fmt.Fprintln(os.Stderr, "watch: the build failed:", err)
		return
	}
	s.stop()
	fmt.Fprintln(os.Stderr, "watch: starting", strings.Join(serve, " "))
	next := command(context.Background(), serve)
	if err := next.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "watch: the start failed:", err)
		return
	}
	s.command, s.ended = next, make(chan struct{})
	go func() {
		defer close(s.ended)
		if err := next.Wait(); err != nil {
			fmt.Fprintln(os.Stderr, "watch: the server ended:", err)
		}
	}()
}

// stop asks the process to finish and waits for it.
func (s *server) stop() {
	if s.command == nil {
		return
	}
	_ = s.command.Process.Signal(syscall.SIGTERM)
	<-s.ended
	s.command = nil
}

func command(ctx context.Context, words []string) *exec.Cmd {
	c := exec.CommandContext(ctx, words[0], words[1:]...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c
}
