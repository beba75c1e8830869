package sound

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"hathor/internal/library"
)

// round is the pass at work: the songs it has claimed, and the results that are not written yet.
type round struct {
	pass    *Pass
	queue   []Due
	hurried int // how many at the front of the queue somebody plays
	results []Result
	since   time.Time     // of the first of them
	took    time.Duration // for the last song
	work    chan Due
	done    chan outcome
}

// turn measures one song and answers false when none is due.
func (r *round) turn(ctx context.Context) bool {
	if err := r.fill(ctx); err != nil {
		r.pass.warn(ctx, "songs to measure were not found", err)
		r.pass.atRest()
		return false
	}
	if len(r.queue) == 0 {
		r.flush(ctx)
		r.pass.atRest()
		return false
	}
	if r.hurried == 0 && !r.ease(ctx) {
		return true // somebody plays another, or the end
	}
	song := r.queue[0]
	r.queue, r.hurried = r.queue[1:], max(0, r.hurried-1)
	r.measure(ctx, song)
	return true
}

// fill claims what somebody plays, and when nothing is left the next songs.
func (r *round) fill(ctx context.Context) error {
	p := r.pass
	until := p.parts.Clock.Now().Add(lease)
	if wanted := r.pull(p.takeWanted()); len(wanted) > 0 {
		front, err := p.parts.Queue.Claim(ctx, p.holder, until, wanted, len(wanted))
		if err != nil {
			return err
		}
		r.queue, r.hurried = append(front, r.queue...), r.hurried+len(front)
	}
	if len(r.queue) > 0 {
		return nil
	}
	more, err := p.parts.Queue.Claim(ctx, p.holder, until, nil, batch)
	r.queue = more
	return err
}

// pull brings those of the wanted songs to the front that are claimed already, and answers the others.
func (r *round) pull(wanted []library.SongID) []library.SongID {
	return slices.DeleteFunc(wanted, func(id library.SongID) bool {
		at := slices.IndexFunc(r.queue, func(d Due) bool { return d.Song == id })
		if at < 0 {
			return false
		}
		song := r.queue[at]
		r.queue = slices.Insert(slices.Delete(r.queue, at, at+1), 0, song)
		if at >= r.hurried {
			r.hurried++
		}
		return true
	})
}

// ease waits while the machine has better things to do: as long as nothing may be measured, and where there is
// much else to do twice as long as the last song took. It answers false when something came in between.
func (r *round) ease(ctx context.Context) bool {
	p := r.pass
	for p.parts.Hold() {
		r.flush(ctx)
		p.atRest()
		if !p.rest(ctx, lookAgain) {
			return false
		}
	}
	if r.took > 0 && p.parts.Loaded() {
		return p.rest(ctx, min(2*r.took, longestRest))
	}
	return true
}

// rest waits, and answers false when somebody wants a song or the pass is to end.
func (p *Pass) rest(ctx context.Context, span time.Duration) bool {
	tick := time.NewTimer(span)
	defer tick.Stop()
	select {
	case <-ctx.Done():
	case <-p.wake:
	case <-tick.C:
	}
	return ctx.Err() == nil && !p.hasWanted()
}

func (r *round) measure(ctx context.Context, song Due) {
	p := r.pass
	began := p.parts.Clock.Now()
	defer func() { r.took = p.parts.Clock.Now().Sub(began) }()
	p.begin()
	select {
	case r.work <- song:
	case <-ctx.Done():
		r.queue = append(r.queue, song)
		return
	}
	select {
	case o := <-r.done:
		r.keep(ctx, o)
	case <-ctx.Done():
		r.queue = append(r.queue, song)
	}
}

func (r *round) keep(ctx context.Context, o outcome) {
	p := r.pass
	now := p.parts.Clock.Now()
	switch {
	case ctx.Err() != nil:
		r.queue = append(r.queue, o.Due)
		return
	case o.err != nil:
		// Its claim stays for a while, which keeps it from being tried over and over.
		p.warn(ctx, fmt.Sprintf("song %d cannot be read just now", o.Song), o.err)
		if err := p.parts.Queue.Save(ctx, p.holder, nil, []library.SongID{o.Song}, now.Add(later)); err != nil {
			p.warn(ctx, "a song was not put off", err)
		}
		return
	}
	if o.Failure != "" {
		slog.DebugContext(ctx, "song cannot be measured", slog.Int64("song", int64(o.Song)), slog.String("reason", o.Failure))
	}
	o.At = now
	if len(r.results) == 0 {
		r.since = now
	}
	r.results = append(r.results, o.Result)
	p.counted(now)
	if len(r.results) >= together || now.Sub(r.since) >= atLeast || r.hurried == 0 && p.hasWanted() || len(r.queue) == 0 {
		r.flush(ctx)
	}
}

// flush writes what was measured. What cannot be written is measured again when its claim has ended.
func (r *round) flush(ctx context.Context) {
	if len(r.results) == 0 {
		return
	}
	p := r.pass
	if err := p.parts.Queue.Save(ctx, p.holder, r.results, songs(r.queue), p.parts.Clock.Now().Add(lease)); err != nil {
		p.warn(ctx, "what was measured was not written", err)
	}
	r.results = nil
}

// leave writes what there is and lets go of the rest.
func (r *round) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	r.flush(ctx)
	if len(r.queue) == 0 {
		return
	}
	if err := r.pass.parts.Queue.Release(ctx, r.pass.holder, songs(r.queue)); err != nil {
		r.pass.warn(ctx, "claims of songs were not released", err)
	}
}

func songs(queue []Due) []library.SongID {
	ids := make([]library.SongID, len(queue))
	for i, d := range queue {
		ids[i] = d.Song
	}
	return ids
}

// safely turns a panic over one file into the failure of that file.
func (p *Pass) safely(ctx context.Context, song Due) (r Result, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			slog.ErrorContext(ctx, "panic while a song was measured", slog.Int64("song", int64(song.Song)), slog.Any("panic", problem), slog.String("stack", string(debug.Stack())))
			r, err = Result{Due: song, Failure: "The server failed at this file: the log says how"}, nil
		}
	}()
	return p.tools.measure(ctx, song)
}
