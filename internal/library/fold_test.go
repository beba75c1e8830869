package library_test

import (
	"testing"

	"hathor/internal/library"
)

func TestSearchText(t *testing.T) {
	cases := map[string]string{
		"Sigur Rós – Ágætis byrjun": "sigur ros agaetis byrjun",
		"MØ, Łona & Straße":         "mo lona strasse",
		"AC/DC":                     "ac dc",
		"夜の回線 #3":                   "夜 の 回 線 3",
		"  ﬁne (Live)  ":            "fine live",
		"İstanbul":                  "istanbul",
		"!!!":                       "",
	}
	for text, want := range cases {
		if got := library.SearchText(text); got != want {
			t.Errorf("SearchText(%q) = %q, want %q", text, got, want)
		}
	}
}
