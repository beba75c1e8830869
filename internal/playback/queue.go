package playback

import (
	"fmt"
	"slices"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// MaxEdits is how many edits one call takes at most.
const MaxEdits = 200

// lastGiven is the largest entry id of a client that is remembered: what is given after it still fits into a
// number of JavaScript.
const lastGiven = 1 << 52

// ErrEntryGone refuses what names an entry that is in the queue no more; it carries the State.
var ErrEntryGone = fault.New(fault.Conflict, "entry_gone", "The queue was changed meanwhile and has no such entry any more")

// QueueItem is a song of the queue. Entry is the server's and names one place in it: no two items share one,
// and none is given again.
type QueueItem struct {
	Song  library.SongID
	Entry int64
}

// EditOp is what an edit does.
type EditOp string

// The edits: songs come in before an entry, entries go, entries move before another, everything goes.
const (
	Insert EditOp = "insert"
	Remove EditOp = "remove"
	Move   EditOp = "move"
	Clear  EditOp = "clear"
)

// Edit is one change of a queue. Before is the entry that what is inserted or moved comes to stand before, 0
// for the end.
type Edit struct {
	Op      EditOp
	Songs   []library.SongID // to insert
	Entries []int64          // to remove, or to move in this order
	Before  int64
}

// Applied is an edit as it was carried out: Items are what came in, with the entries they were given.
type Applied struct {
	Op      EditOp
	Items   []QueueItem
	Entries []int64
	Before  int64
}

// Queue is the songs in order, where in it the listener is, nil for nowhere, and the next entry to give.
type Queue struct {
	Items []QueueItem
	Index *int
	Next  int64
}

// Edit returns the queue after the edit. The place stays at its song; where that goes, the one after it takes
// the place. It returns a validation fault or ErrEntryGone, whose fields are those of one edit. Entries to remove
// that are gone already are no fault.
func (q Queue) Edit(e Edit) (Queue, Applied, error) {
	done := Applied{Op: e.Op, Before: e.Before, Entries: e.Entries}
	if len(e.Entries) == 0 && (e.Op == Remove || e.Op == Move) {
		return q, done, wrongEdit("entryIds", "Name at least one entry")
	}
	switch e.Op {
	case Insert:
		return q.insert(e, done)
	case Remove:
		return q.without(e.Entries), done, nil
	case Move:
		moved, err := q.move(e)
		return moved, done, err
	case Clear:
		return Queue{Items: []QueueItem{}, Next: q.Next}, done, nil
	}
	return q, done, wrongEdit("op", "Must be insert, remove, move or clear")
}

func (q Queue) insert(e Edit, done Applied) (Queue, Applied, error) {
	if len(e.Songs) == 0 {
		return q, done, wrongEdit("songIds", "Name at least one song")
	}
	if len(q.Items)+len(e.Songs) > MaxQueue {
		return q, done, wrongEdit("songIds", "A queue holds at most 10,000 songs")
	}
	at, err := q.place(e.Before)
	if err != nil {
		return q, done, err
	}
	q.Next = max(q.Next, 1)
	for _, song := range e.Songs {
		done.Items = append(done.Items, QueueItem{Song: song, Entry: q.Next})
		q.Next++
	}
	if q.Index != nil && *q.Index >= at {
		index := *q.Index + len(e.Songs)
		q.Index = &index
	}
	q.Items = slices.Insert(slices.Clone(q.Items), at, done.Items...)
	return q, done, nil
}

// place is where an entry stands, the end for 0.
func (q Queue) place(entry int64) (int, error) {
	if entry == 0 {
		return len(q.Items), nil
	}
	at := q.placeOf(entry)
	if at == nil {
		return 0, goneAt("beforeEntryId")
	}
	return *at, nil
}

// placeOf is where an entry stands, nil where it does not.
func (q Queue) placeOf(entry int64) *int {
	at := slices.IndexFunc(q.Items, func(i QueueItem) bool { return i.Entry == entry })
	if at < 0 {
		return nil
	}
	return &at
}

// without takes the entries out.
func (q Queue) without(entries []int64) Queue {
	gone := make(map[int64]bool, len(entries))
	for _, entry := range entries {
		gone[entry] = true
	}
	return q.keep(func(i QueueItem) bool { return !gone[i.Entry] })
}

// keep drops all other items. The place moves along; where its own item went, the one after it takes the place.
func (q Queue) keep(stays func(QueueItem) bool) Queue {
	kept := make([]QueueItem, 0, len(q.Items))
	index := q.Index
	for i, item := range q.Items {
		if q.Index != nil && i == *q.Index {
			at := len(kept)
			index = &at
		}
		if stays(item) {
			kept = append(kept, item)
		}
	}
	if index != nil && *index >= len(kept) {
		index = nil
	}
	return Queue{Items: kept, Index: index, Next: q.Next}
}

func (q Queue) move(e Edit) (Queue, error) {
	items, err := q.named(e.Entries)
	if err != nil {
		return q, err
	}
	if e.Before != 0 && slices.Contains(e.Entries, e.Before) {
		return q, wrongEdit("beforeEntryId", "Must not be one of the entries to move")
	}
	current := q.current()
	rest := q.without(e.Entries)
	at, err := rest.place(e.Before)
	if err != nil {
		return q, err
	}
	moved := Queue{Items: slices.Insert(rest.Items, at, items...), Next: q.Next}
	if current != 0 {
		moved.Index = moved.placeOf(current)
	}
	return moved, nil
}

// named finds the items of the entries, in that order.
func (q Queue) named(entries []int64) ([]QueueItem, error) {
	byEntry := make(map[int64]QueueItem, len(q.Items))
	for _, item := range q.Items {
		byEntry[item.Entry] = item
	}
	out := make([]QueueItem, 0, len(entries))
	for _, entry := range entries {
		item, there := byEntry[entry]
		if !there {
			return nil, goneAt("entryIds")
		}
		delete(byEntry, entry) // named twice
		out = append(out, item)
	}
	return out, nil
}

// current is the entry of the place, 0 for nowhere.
func (q Queue) current() int64 {
	if q.Index == nil || *q.Index < 0 || *q.Index >= len(q.Items) {
		return 0
	}
	return q.Items[*q.Index].Entry
}

// replaced is a new queue in place of this one. An item keeps its entry where the old queue had that entry for
// the same song, or never had it; all others get new ones.
func (q Queue) replaced(items []QueueItem) Queue {
	known := make(map[int64]library.SongID, len(q.Items))
	for _, item := range q.Items {
		known[item.Entry] = item.Song
	}
	given := max(q.Next, 1)
	next := given
	for _, item := range items {
		if _, twice := known[item.Entry]; !twice && item.Entry >= given && item.Entry <= lastGiven {
			known[item.Entry], next = item.Song, max(next, item.Entry+1)
		}
	}
	out := make([]QueueItem, len(items))
	for i, item := range items {
		if song, ours := known[item.Entry]; ours && song == item.Song {
			delete(known, item.Entry)
		} else {
			item.Entry, next = next, next+1
		}
		out[i] = item
	}
	return Queue{Items: out, Next: next}
}

// Numbered gives a queue of before there were the server's entries some: those it has when they are of use,
// else their places.
func Numbered(items []QueueItem) Queue {
	seen, next := make(map[int64]bool, len(items)), int64(1)
	for _, item := range items {
		if item.Entry < 1 || item.Entry > lastGiven || seen[item.Entry] {
			return counted(items)
		}
		seen[item.Entry], next = true, max(next, item.Entry+1)
	}
	return Queue{Items: items, Next: next}
}

func counted(items []QueueItem) Queue {
	for i := range items {
		items[i].Entry = int64(i + 1)
	}
	return Queue{Items: items, Next: int64(len(items) + 1)}
}

func wrongEdit(field, message string) error {
	return fault.Validation(fault.Detail{Field: field, Message: message})
}

func goneAt(field string) error {
	gone := *ErrEntryGone
	gone.Details = []fault.Detail{{Field: field, Message: "This entry is no longer in the queue"}}
	return &gone
}

// edits applies all of them or none. Wrong fields are named by their edit.
func (q Queue) edits(all []Edit) (Queue, []Applied, error) {
	done := make([]Applied, 0, len(all))
	for i, e := range all {
		after, applied, err := q.Edit(e)
		if err != nil {
			return q, nil, placed(err, fmt.Sprintf("edits[%d].", i))
		}
		q, done = after, append(done, applied)
	}
	return q, done, nil
}

// placed puts a path before the fields that a fault names.
func placed(err error, path string) error {
	found, ok := err.(*fault.Error)
	if !ok {
		return err
	}
	at := *found
	at.Details = make([]fault.Detail, len(found.Details))
	for i, d := range found.Details {
		at.Details[i] = fault.Detail{Field: path + d.Field, Message: d.Message}
	}
	return &at
}
