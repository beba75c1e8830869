package ingest

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"hathor/internal/account"
	"hathor/internal/fault"
)

// Quota is how many bytes of songs a member may have uploaded in all. The zero value is no limit.
type Quota struct {
	Limited bool
	Bytes   int64
}

// Bytes is a quota of so many bytes; 0 lets nothing in.
func Bytes(n int64) Quota { return Quota{Limited: true, Bytes: n} }

// left is what may still come beside what is there.
func (q Quota) left(used int64) int64 { return max(0, q.Bytes-used) }

// Exceeded is the refusal of an upload that goes past the quota of who has uploaded so much.
func (q Quota) Exceeded(used int64) error {
	return fault.Newf(fault.TooLarge, "quota_exceeded", "This goes past your quota: %s of %s are left", inBytes(q.left(used)), inBytes(q.Bytes))
}

// inBytes is a number of bytes as people say it: 1.5 GB is 1,500,000,000 bytes.
func inBytes(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d bytes", n)
	}
	value, unit := float64(n)/1000, 0
	for ; value >= 999.95 && unit < len(units)-1; unit++ {
		value /= 1000
	}
	return strconv.FormatFloat(float64(int64(value*10))/10, 'f', -1, 64) + " " + units[unit:unit+1] + "B"
}

const units = "kMGTPE"

// Own is the quota that an admin has set for one member.
type Own struct {
	Set   bool // without it the server's default holds
	Quota Quota
}

// Usage is what a member has uploaded: songs whose files are missing count until they are removed.
type Usage struct {
	User     account.UserID
	Username string
	Role     account.Role
	Songs    int
	Used     int64
	Own      Own
	Quota    Quota // what holds: the own one, or the default
}

// settle decides which quota holds. The server's default is for members; an admin has one only where it was
// set by hand.
func (s *Service) settle(u Usage) Usage {
	switch {
	case u.Own.Set:
		u.Quota = u.Own.Quota
	case u.Role != account.Admin:
		u.Quota = s.quota
	}
	return u
}

// Usage tells what the asker has uploaded, and may upload.
func (s *Service) Usage(ctx context.Context, who account.Identity) (Usage, error) {
	u, err := s.libraries.Usage(ctx, who.User)
	if err != nil {
		return Usage{}, err
	}
	return s.settle(u), nil
}

// Admit refuses an upload of so many bytes that goes past the uploader's quota, before any of it has come.
// Two that are admitted together may still be too much: Upload has the last word.
func (s *Service) Admit(ctx context.Context, who account.Identity, size int64) error {
	u, err := s.Usage(ctx, who)
	if err != nil {
		return err
	}
	if left := u.Quota.left(u.Used); u.Quota.Limited && (left == 0 || size > left) {
		return u.Quota.Exceeded(u.Used)
	}
	return nil
}

// Receive takes a file's bytes in for who uploads it, a little in memory at a time, and refuses it
// (fault.TooLarge) as soon as it is too large or goes past the uploader's quota. The caller discards what it
// returns, in every case, when it is done with it.
func (s *Service) Receive(ctx context.Context, who account.Identity, stream io.Reader) (Staged, error) {
	u, err := s.Usage(ctx, who)
	if err != nil {
		return nil, err
	}
	limit, left := s.limit, u.Quota.left(u.Used)
	if u.Quota.Limited {
		limit = min(limit, left)
	}
	if u.Quota.Limited && left == 0 {
		return nil, u.Quota.Exceeded(u.Used)
	}
	staged, err := s.objects.Stage(ctx, stream, limit)
	if limit < s.limit && fault.KindOf(err) == fault.TooLarge {
		return nil, u.Quota.Exceeded(u.Used)
	}
	return staged, err
}
