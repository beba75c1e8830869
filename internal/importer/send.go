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
	print, err := it.fingerprint()
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
	} else if !again {
		i.Progress.Sent(u.Offset)
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
		body = &counting{io.LimitReader(content, it.size), i.Progress}
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
		if err := i.api.append(ctx, id, offset, rest, &counting{io.LimitReader(content, rest), i.Progress}); err != nil {
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

// counting tells of what is read.
type counting struct {
	io.Reader
	progress Progress
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if n > 0 {
		c.progress.Sent(int64(n))
	}
	return n, err
}
