package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	cases := []struct {
		name, events, shows, unrun string
		ok                         bool
	}{
		{
			name: "passing", ok: true, shows: "1 Go tests, 0 failures, 0 skipped",
			events: `{"Action":"pass","Package":"p","Test":"TestA"}` + "\n" + `{"Action":"pass","Package":"p","Elapsed":1}`,
		},
		{
			name: "failing", shows: "want 1",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"a_test.go:1: want 1\n"}` + "\n" +
				`{"Action":"fail","Package":"p","Test":"TestA"}`,
		},
		{
			name: "skipped", ok: true, unrun: "no ffmpeg (1 Go tests, e.g. p.TestA)\n",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:1: no ffmpeg\n"}` + "\n" +
				`{"Action":"skip","Package":"p","Test":"TestA"}`,
		},
		{
			name: "not built", shows: "undefined: x",
			events: `{"ImportPath":"p","Action":"build-output","Output":"undefined: x\n"}` + "\n" +
				`{"ImportPath":"p","Action":"build-fail"}` + "\n" + `{"Action":"pass","Package":"q","Test":"TestA"}`,
		},
		{
			name: "panic", shows: "panic: oh",
			events: `{"Action":"output","Package":"p","Test":"TestA","Output":"panic: oh\n"}` + "\n" + `{"Action":"fail","Package":"p"}`,
		},
		{name: "nothing ran", events: "", shows: "0 Go tests"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			list := filepath.Join(t.TempDir(), "unrun")
			var out strings.Builder
			ok, err := run(strings.NewReader(c.events), &out, list)
			if err != nil {
				t.Fatal(err)
			}
			unrun, err := os.ReadFile(list)
			if err != nil {
				t.Fatal(err)
			}
			if ok != c.ok || !strings.Contains(out.String(), c.shows) || string(unrun) != c.unrun {
				t.Errorf("got ok = %v, unrun = %q and\n%s", ok, unrun, &out)
			}
		})
	}
}
