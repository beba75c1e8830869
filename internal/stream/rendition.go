package stream

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hathor/internal/fault"
)

// Codec is what a song can be converted to, in the words of clients.
type Codec string

// The codecs, each in the container that players take while it is still being written.
const (
	OpusCodec Codec = "opus" // in Ogg
	AACCodec  Codec = "aac"  // as ADTS
	MP3Codec  Codec = "mp3"
)

// Offer is a codec with the bit rates it is made at, in kbit/s, ascending.
type Offer struct {
	Codec     Codec
	MediaType string
	BitRates  []int
	Default   int
	// per mille that the container and the looseness of the rate may add at most
	extra int64
}

var offers = []Offer{
	{OpusCodec, `audio/ogg; codecs="opus"`, []int{32, 48, 64, 96, 128, 160, 192, 256}, 96, 60},
	{AACCodec, "audio/aac", []int{64, 96, 128, 160, 192, 256, 320}, 160, 80},
	{MP3Codec, "audio/mpeg", []int{64, 96, 128, 160, 192, 256, 320}, 192, 10},
}

// Original is the format that asks for the file as it is.
const Original = "original"

// Want is how a listener wants a song. The zero value is the original.
type Want struct {
	Codec   Codec
	BitRate int // kbit/s, one of the offer's
	Start   time.Duration
}

// Converted tells whether the original does not do.
func (w Want) Converted() bool { return w.Codec != "" }

func (w Want) offer() Offer {
	return offers[slices.IndexFunc(offers, func(o Offer) bool { return o.Codec == w.Codec })]
}

// MediaType is the type of the converted song.
func (w Want) MediaType() string { return w.offer().MediaType }

// Settle reads what a client asks for. A rate between two that are offered is the lower one, and below the lowest the
// lowest, as with the sizes of covers; 0 is the codec's own. A rate without a format asks for MP3, which every player
// has; an offset needs a conversion. What cannot be meant is a fault that names the field.
func Settle(format string, bitRate int, start time.Duration) (Want, error) {
	var c fault.Checks
	if format == "" && bitRate > 0 {
		format = string(MP3Codec)
	}
	plain := format == "" || format == Original
	known := slices.IndexFunc(offers, func(o Offer) bool { return string(o.Codec) == format })
	c.Require(plain || known >= 0, "format", "Format must be opus, aac, mp3 or original")
	c.Require(bitRate >= 0, "bitRate", "Bit rate must be a whole number of kbit/s, at least 1")
	c.Require(!plain || bitRate == 0, "bitRate", "The original has its own bit rate")
	c.Require(start >= 0, "start", "Start must be seconds from the song's beginning")
	c.Require(!plain || start == 0, "start", "Start needs a format; the original is read by range")
	if err := c.Err(); err != nil || plain {
		return Want{}, err
	}
	offer := offers[known]
	return Want{Codec: offer.Codec, BitRate: offer.rate(bitRate), Start: start.Truncate(time.Millisecond)}, nil
}

// within tells whether the song, of a length of 0 when that is not known, is wanted from before its end.
func (w Want) within(length time.Duration) error {
	if w.Start > 0 && length > 0 && w.Start >= length {
		return fault.Validation(fault.Detail{Field: "start", Message: "Start is behind the song's end"})
	}
	return nil
}

// rate is the highest that is offered and not above the one asked for.
func (o Offer) rate(asked int) int {
	if asked == 0 {
		return o.Default
	}
	best := o.BitRates[0]
	for _, rate := range o.BitRates {
		if rate <= asked {
			best = rate
		}
	}
	return best
}

// Estimate is a number of bytes that so much of a song hardly ever exceeds when converted.
func (w Want) Estimate(length time.Duration) int64 {
	net := int64(max(0, length-w.Start).Seconds() * float64(w.BitRate) * 125)
	return net + net*w.offer().extra/1000 + 16<<10
}

// recipe names how renditions are made; it moves when the arguments of the encoder do, and old ones are left to age.
const recipe = "1"

// name is what a rendition of these bytes is called on disk: equal names, equal renditions.
func (w Want) name(song Song, encoder string) string {
	bytes := song.ContentHash
	if song.ObjectKey == "" || bytes == "" {
		bytes = fmt.Sprintf("%d/%s", song.Song, song.Tag)
	}
	return strings.Join([]string{recipe, encoder, bytes, string(w.Codec), fmt.Sprint(w.BitRate), w.Start.String()}, " ")
}
