package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"hathor/internal/fault"
)

// Cost is what one argon2id hash takes.
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32
	Threads uint8
}

// DefaultCost takes about 40 ms of one processor.
func DefaultCost() Cost { return Cost{Memory: 19 * 1024, Time: 2, Threads: 1} }

const (
	saltBytes = 16
	hashBytes = 32
	// hashPatience is how long a sign-in waits for its turn at the hashes.
	hashPatience = 5 * time.Second
	// mostHashes keeps all hashes under way below 256 MiB together.
	mostHashes = 8
	// mostMemory is the largest hash, in KiB, that the store may ask to verify.
	mostMemory = 256 * 1024
)

var errBusy = fault.New(fault.Unavailable, "busy", "The server is busy, please try again in a moment")

// hasher makes and checks password hashes, a few at a time. Others wait, then are turned away.
type hasher struct {
	cost  Cost
	turns chan struct{}
	// patience is how long a turn is waited for.
	patience time.Duration
	// dummy is checked when there is no such user, so that it takes as long as for one. Nothing matches it.
	dummy string
}

func newHasher(cost Cost) *hasher {
	h := &hasher{cost: cost, patience: hashPatience, turns: make(chan struct{}, min(runtime.GOMAXPROCS(0), mostHashes))}
	h.dummy = phc(cost, randomBytes(saltBytes), randomBytes(hashBytes))
	return h
}

// hash returns the password's hash in PHC form. It is errBusy when too many wait.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	salt := randomBytes(saltBytes)
	return phc(h.cost, salt, h.cost.sum(password, salt, hashBytes)), nil
}

// verify tells whether the password made the hash. It is errBusy when too many wait.
func (h *hasher) verify(ctx context.Context, encoded, password string) (bool, error) {
	cost, salt, sum, err := parsePHC(encoded)
	if err != nil {
		return false, err
	}
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	return subtle.ConstantTimeCompare(sum, cost.sum(password, salt, len(sum))) == 1, nil
}

// stale tells whether a hash was made with another cost than today's.
func (h *hasher) stale(encoded string) bool {
	cost, _, _, err := parsePHC(encoded)
	return err != nil || cost != h.cost
}

func (h *hasher) turn(ctx context.Context) (done func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, h.patience)
	defer cancel()
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-waiting.Done():
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return nil, errBusy
	}
}

func (c Cost) sum(password string, salt []byte, size int) []byte {
	return argon2.IDKey([]byte(password), salt, c.Time, c.Memory, c.Threads, uint32(size))
}

func phc(c Cost, salt, sum []byte) string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Threads, encode(salt), encode(sum))
}

var errHash = errors.New("the stored password hash is not argon2id in PHC form")

func parsePHC(encoded string) (c Cost, salt, sum []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil {
		return c, nil, nil, errHash
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(sum) < 16 || c.Time == 0 || c.Threads == 0 || c.Memory > mostMemory {
		return c, nil, nil, errHash
	}
	return c, salt, sum, nil
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: the program ends instead
	return b
}

// letters of passwords that people copy by hand: none that looks like another.
const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// MakePassword returns a random password that is as good as a key: 20 letters, which fulfil every rule.
func MakePassword() string {
	for {
		made := make([]byte, 20)
		for i := range made {
			n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
			if err != nil {
				panic("no randomness: " + err.Error())
			}
			made[i] = letters[n.Int64()]
		}
		var c fault.Checks
		if checkPassword(&c, "", string(made)); c.Err() == nil {
			return string(made)
		}
	}
}
