// Package load sends requests over kept-alive connections, as fast as they are answered, and times each. One thread
// serves all connections by epoll, so that on two cores the server has the other one to itself.
package load

import (
	"slices"
	"time"
)

// Plan is what to send.
type Plan struct {
	Address     string   // host:port
	Requests    [][]byte // whole requests, sent in turn
	Connections int
	Warm        time.Duration // before anything is counted; longer where not all requests were answered once
	Measured    time.Duration
	// Status is the only one that counts as an answer; any other ends the run with an error.
	Status int
	// Mark is called when the counting begins and when it ends; it may be nil.
	Mark func()
}

// Result is what came back while it was counted.
type Result struct {
	Answers int
	Bytes   int64 // of bodies and headers
	Took    time.Duration
	times   []time.Duration // of each answer, sorted
}

// PerSecond is how many requests were answered in a second.
func (r Result) PerSecond() float64 { return float64(r.Answers) / r.Took.Seconds() }

// Quantile is the time below which that share (0 to 1) of the answers came, 0 where nothing was answered.
func (r Result) Quantile(share float64) time.Duration {
	if len(r.times) == 0 {
		return 0
	}
	return r.times[min(len(r.times)-1, int(share*float64(len(r.times))))]
}

func (r *Result) sort() { slices.Sort(r.times) }
