package library_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hathor/internal/library"
)

func TestOneTypoIsForgiven(t *testing.T) {
	for _, c := range []struct{ word, other, want string }{
		{"beatels", "beatles", "beatles"}, // two changed about
		{"beetles", "beatles", "beatles"}, // a wrong one
		{"beatls", "beatles", "beatl"},    // a wrong one, or one too much, at the end
		{"beattles", "beatles", "beatles"},
		{"eatles", "beatles", "beatles"},
		{"xbeatles", "beatles", "beatles"},
		{"beatlesx", "beatles", "beatles"},
		{"beetl", "beatles", "beatl"},
		{"beatles", "beatles", ""},
		{"beatl", "beatles", ""},
		{"baetlse", "beatles", ""},
		{"strasse", "strass", "strass"},
		{"москав", "москва", "москв"},
		{"beatles", "bea", ""},
	} {
		if got := library.Nearly(c.word, c.other); got != c.want {
			t.Errorf("Nearly(%q, %q) = %q, want %q", c.word, c.other, got, c.want)
		}
	}
}

// distance counts typos the long way: by the table of all beginnings, with letters changed about as one.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0:
				rows[i][j] = j
			case j == 0:
				rows[i][j] = i
			default:
				cost := 1
				if a[i-1] == b[j-1] {
					cost = 0
				}
				rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
	}
	return rows[len(a)][len(b)]
}

func TestNearlyIsTheDistanceOfOne(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		letters := rapid.SliceOfN(rapid.SampledFrom([]rune("abcжß")), 2, 9)
		word, other := letters.Draw(r, "word"), letters.Draw(r, "other")
		want := false
		for n := range len(other) + 1 {
			want = want || distance(word, other[:n]) == 1
		}
		want = want && !strings.HasPrefix(string(other), string(word))
		got := library.Nearly(string(word), string(other))
		if want != (got != "") {
			r.Fatalf("Nearly(%q, %q) = %q", string(word), string(other), got)
		}
		if got != "" && (distance(word, []rune(got)) != 1 || !strings.HasPrefix(string(other), got)) {
			r.Fatalf("Nearly(%q, %q) = %q, which is not one typo away", string(word), string(other), got)
		}
	})
}

func FuzzWords(f *testing.F) {
	for _, seed := range []string{"Sigur Rós – Ágætis byrjun", "夜の回線 #3", "!!!", "العربية", "'\"*():^-+{}", "a\x00b", "ﬁ", "हिन्दी", strings.Repeat("x", 90)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := library.Words(text)
		for _, word := range words {
			if word == "" || strings.ContainsAny(word, " \"'\\*%_&|!():") || len([]rune(word)) > 40 {
				t.Fatalf("%q has the word %q", text, word)
			}
		}
		for _, token := range strings.Split(library.SearchText(text, text, text), " ") {
			if token != "" && !strings.ContainsAny(token[:1], "tal") {
				t.Fatalf("%q has the token %q", text, token)
			}
		}
	})
}
