package bus

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"time"

	"github.com/redis/rueidis"
)

// window counts in a sliding window of 30 slices, as one node's own counters do, by the clock of Redis. It
// answers how many count now, the milliseconds until some of them no longer do, and whether it refused.
//
// KEYS[1] is the counter, a hash of slice to count. ARGV: the most, a slice's milliseconds, 1 to take or -1
// to give back.
const window = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local most, width, change = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local slice = math.floor(ms / width)
local total, oldest, newest = 0, slice, nil
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
	local at, count = tonumber(fields[i]), tonumber(fields[i + 1])
	if at < slice - 30 or count <= 0 then
		redis.call('HDEL', KEYS[1], fields[i])
	else
		total = total + count
		if at < oldest then oldest = at end
		if newest == nil or at > newest then newest = at end
	end
end
local refused = 0
if change > 0 and total >= most then
	refused = 1
elseif change > 0 then
	redis.call('HINCRBY', KEYS[1], string.format('%.0f', slice), 1)
	redis.call('PEXPIRE', KEYS[1], width * 31)
	total = total + 1
elseif newest ~= nil then
	redis.call('HINCRBY', KEYS[1], string.format('%.0f', newest), -1)
	total = total - 1
end
return {total, (oldest + 31) * width - ms, refused}`

const slices = 30

// Counter counts requests in a sliding window that all nodes share.
type Counter struct {
	bus    *Bus
	script *rueidis.Lua
}

// Counter returns the counters of this Redis.
func (b *Bus) Counter() *Counter { return &Counter{b, rueidis.NewLuaScript(window)} }

// Take counts one of what key names, unless most were counted within the last per. It tells how many count
// now and when some of them no longer will, and returns an error when Redis does not answer.
func (c *Counter) Take(ctx context.Context, key string, most int, per time.Duration) (used int, reset time.Duration, refused bool, err error) {
	return c.change(ctx, key, most, per, 1)
}

// GiveBack takes back the newest one that should not have counted.
func (c *Counter) GiveBack(ctx context.Context, key string, most int, per time.Duration) (used int, reset time.Duration, err error) {
	used, reset, _, err = c.change(ctx, key, most, per, -1)
	return used, reset, err
}

func (c *Counter) change(ctx context.Context, key string, most int, per time.Duration, by int) (used int, reset time.Duration, refused bool, err error) {
	arguments := []string{strconv.Itoa(most), strconv.FormatInt(max(1, (per/slices).Milliseconds()), 10), strconv.Itoa(by)}
	var answer []int64
	err = c.bus.within(ctx, func(ctx context.Context) error {
		answer, err = c.script.Exec(ctx, c.bus.client, []string{counterKey(key)}, arguments).AsIntSlice()
		if err == nil && len(answer) != 3 {
			err = errors.New("an answer of another shape")
		}
		return err
	})
	if err != nil {
		return 0, 0, false, err
	}
	return int(answer[0]), time.Duration(answer[1]) * time.Millisecond, answer[2] == 1, nil
}

// counterKey keeps addresses and names of people out of Redis.
func counterKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return "hathor:limit:" + base64.RawURLEncoding.EncodeToString(sum[:18])
}
