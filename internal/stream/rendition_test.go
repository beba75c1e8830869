package stream_test

import (
	"testing"
	"time"

	"hathor/internal/fault"
	"hathor/internal/stream"
)

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		format  string
		rate    int
		start   time.Duration
		want    stream.Want
		invalid bool
	}{
		{want: stream.Want{}},
		{format: "original", want: stream.Want{}},
		{format: "opus", want: stream.Want{Codec: stream.OpusCodec, BitRate: 96}},
		{format: "opus", rate: 100, want: stream.Want{Codec: stream.OpusCodec, BitRate: 96}},
		{format: "opus", rate: 1, want: stream.Want{Codec: stream.OpusCodec, BitRate: 32}},
		{format: "mp3", rate: 9999, want: stream.Want{Codec: stream.MP3Codec, BitRate: 320}},
		{rate: 130, want: stream.Want{Codec: stream.MP3Codec, BitRate: 128}},
		{format: "aac", start: 1500*time.Millisecond + 900, want: stream.Want{Codec: stream.AACCodec, BitRate: 160, Start: 1500 * time.Millisecond}},
		{format: "wav", invalid: true},
		{format: "-i /etc/passwd", invalid: true},
		{start: time.Second, invalid: true},
		{format: "original", rate: 96, invalid: true},
		{format: "opus", start: -1, invalid: true},
		{format: "opus", rate: -1, invalid: true},
	} {
		got, err := stream.Settle(c.format, c.rate, c.start)
		if got != c.want || (fault.KindOf(err) == fault.Invalid) != c.invalid {
			t.Errorf("%q at %d from %s: %+v, %v", c.format, c.rate, c.start, got, err)
		}
	}
}
