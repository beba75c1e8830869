package media

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestUnpacksBase64 holds the decoder of ours against the standard library's.
func TestUnpacksBase64(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.SliceOfN(rapid.SampledFrom([]byte("AZaz09+/")), 0, 200),
			rapid.SliceOfN(rapid.SampledFrom([]byte("AZaz09+/=\n\r!\x00\xff")), 0, 40),
		).Draw(t, "text")
		want, wantOK := fromBase64(text)
		got, ok := unpackBase64(bytes.Clone(text))
		if ok != wantOK || ok && !bytes.Equal(got, want) {
			t.Fatalf("%q is %x %v, want %x %v", text, got, ok, want, wantOK)
		}
	})
}
