package importer

import (
	"context"
	"errors"
	"io"
	"time"
)

// small files go along with their announcement: one request instead of two.
const small = 4 << 20

// pollEvery is how often an outcome is asked for that is still being worked on.
const pollEvery = time.Second

// send brings what is left of the file to the server, and answers the outcome. again is another try, after which
// the server may know more than it could say.
func (i *Importer) send(ctx context.Context, it item, again bool) (upload, error) {
	print, err := it.fingerprint(i.Fields)
	if err != nil {
		return upload{}, err
	}
	u, err := i.earlier(ctx, print, again)
	if err != nil {
		return upload{}, err
	}
	if u.ID == 0 {
		if u, err = i.begin(ctx, it, print); err != nil {
			return upload{}, err
		}
	} else {
		it.meter.reach(u.Offset)
	}
	if u.State == "receiving" {
		if u, err = i.goOn(ctx, it, u.ID); err != nil {
			return upload{}, err
		}
	}
	return i.outcome(ctx, u)
}

// earlier finds what an earlier run, or an earlier try, left of the file on the server.
func (i *Importer) earlier(ctx context.Context, print string, again bool) (upload, error) {
	if again {
		known, err := i.api.list(ctx)
		if err != nil {
			return upload{}, err
		}
		i.mu.Lock()
		i.known = known
		i.mu.Unlock()
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	u := i.known[print]
	switch {
	case u.State == "refused", u.State != "" && !u.open() && u.SongID == nil: // or its song is gone
		return upload{}, nil
	case u.State == "done" && !again:
		u.State = "duplicate" // by an earlier run
	}
	return u, nil
}

// begin announces the file; a small one is sent with it.
func (i *Importer) begin(ctx context.Context, it item, print string) (upload, error) {
	fields := map[string]string{"filename": it.name, "fingerprint": print}
	for name, value := range i.Fields {
		fields[name] = value
	}
	var body io.Reader
	if it.size <= small {
		content, err := it.open()
		if err != nil {
			return upload{}, err
		}
		defer func() { _ = content.Close() }()
		body = it.meter.from(0, io.LimitReader(content, it.size))
	}
	return i.api.create(ctx, fields, it.size, body)
}

// goOn sends the rest of the file from where the server is.
func (i *Importer) goOn(ctx context.Context, it item, id int64) (upload, error) {
	offset, err := i.api.offset(ctx, id)
	if err != nil {
		return upload{}, err
	}
	if offset < it.size {
		content, err := it.open()
		if err != nil {
			return upload{}, err
		}
		defer func() { _ = content.Close() }()
		if _, err := content.Seek(offset, io.SeekStart); err != nil {
			return upload{}, err
		}
		rest := it.size - offset
		if err := i.api.append(ctx, id, offset, rest, it.meter.from(offset, io.LimitReader(content, rest))); err != nil {
			return upload{}, err
		}
	}
	return i.api.get(ctx, id)
}

var errLost = errors.New("the server lost a part of the file")

// outcome waits for one.
func (i *Importer) outcome(ctx context.Context, u upload) (upload, error) {
	for u.State == "processing" {
		if !sleep(ctx, pollEvery) {
			return upload{}, ctx.Err()
		}
		var err error
		if u, err = i.api.get(ctx, u.ID); err != nil {
			return upload{}, err
		}
	}
	if u.State == "receiving" {
		return upload{}, &problem{message: errLost.Error(), again: true}
	}
	return u, nil
}

// meter tells of each byte once, however often it is sent.
type meter struct {
	progress Progress
	most     int64
}

// reach notes that so many bytes from the beginning are sent.
func (m *meter) reach(at int64) {
	if at > m.most {
		m.progress.Sent(at - m.most)
		m.most = at
	}
}

// from counts what is read of a stream that begins at an offset.
func (m *meter) from(at int64, r io.Reader) io.Reader { return &counting{r, m, at} }

type counting struct {
	io.Reader
	meter *meter
	at    int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.at += int64(n)
	c.meter.reach(c.at)
	return n, err
}
