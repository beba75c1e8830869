package library_test

import (
	"strings"
	"testing"

	"hathor/internal/library"
)

func TestWordsAreFolded(t *testing.T) {
	cases := map[string]string{
		"Sigur Rós – Ágætis byrjun":    "sigur ros agaetis byrjun",
		"MØ, Łona & Straße":            "mo lona strasse",
		"AC/DC":                        "ac dc",
		"夜の回線 #3":                      "夜 の 回 線 3",
		"  ﬁne (Live)  ":               "fine live",
		"İstanbul":                     "istanbul",
		"!!!":                          "",
		strings.Repeat("a", 50) + "夜b": strings.Repeat("a", 40) + " 夜 b",
	}
	for text, want := range cases {
		if got := strings.Join(library.Words(text), " "); got != want {
			t.Errorf("Words(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSearchTextMarksFields(t *testing.T) {
	if got, want := library.SearchText("La la Løve", "Mø Mø", "夜 live"), "tla tlove amo l夜 llive"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
