package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// mutantMemory is how much more memory the scan may take, in bytes.
const mutantMemory = 256 << 20

// TestScanOfMutants scans two thousand hurt files with two hundred good ones between them. Nothing crashes or hangs, the
// good ones all arrive, and every file that does not is listed with its reason.
func TestScanOfMutants(t *testing.T) { eachDatabase(t, scanMutants) }

func scanMutants(t *testing.T, environment ...string) {
	music := t.TempDir()
	environment = append(environment, "RATE_LIMIT_AUTH=off", "RATE_LIMIT_USER=off", "LOG_LEVEL=error", "MUSIC_DIRS="+music)
	p := start(t, filepath.Join(t.TempDir(), "data"), environment...)
	c := register(t, p.url, "anna")
	scanned(c)
	before := memoryFigure(t, p.command.Process.Pid, "VmRSS")
	folder := filepath.Join(t.TempDir(), "planted")
	deadly, err := plantMutants(folder)
	if err != nil {
		t.Fatal(err)
	}
	// All at once, since a server may follow what happens in the folder.
	if err := os.Rename(folder, filepath.Join(music, "planted")); err != nil {
		t.Fatal(err)
	}
	scanned(c)
	listed := scanFaults(c)
	checkMutants(c, deadly, listed)
	scanned(c)
	again := scanFaults(c)
	for _, f := range listed { // covers are looked at later and may have been added
		if !slices.Contains(again, f) {
			t.Errorf("a second scan does not list %q any more", f.Path)
		}
	}
	if more := memoryFigure(t, p.command.Process.Pid, "VmHWM") - before; more > mutantMemory {
		t.Errorf("the scans took %d MB more memory", more>>20)
	} else {
		t.Logf("%d MB more memory", more>>20)
	}
}

// checkMutants wants each file to be a song or to be listed with a reason that names what is wrong with it.
func checkMutants(c *client, deadly []string, listed []scanFault) {
	t := c.t
	good, songs := goodTitles(c)
	if good != goodCount {
		t.Errorf("%d of %d good files arrived", good, goodCount)
	}
	refused := map[string]bool{}
	for _, f := range listed {
		refused[f.Path] = true
		if f.Reason == "" || slices.ContainsFunc([]string{"not foreseen", "took too long", "written to the catalogue"}, func(words string) bool {
			return strings.Contains(f.Reason, words)
		}) {
			t.Errorf("%q is listed with %q", f.Path, f.Reason)
		}
	}
	if songs+len(refused) < mutantCount+goodCount || songs >= mutantCount+goodCount {
		t.Errorf("of %d files %d are songs and %d are listed", mutantCount+goodCount, songs, len(refused))
	}
	for _, name := range deadly {
		if !slices.ContainsFunc(listed, func(f scanFault) bool { return strings.HasSuffix(f.Path, "/"+name) }) {
			t.Errorf("%q cannot be played and is not listed", name)
		}
	}
	t.Logf("%d songs, %d files listed", songs, len(refused))
}

// scanned runs a scan to its end, behind the one that may run already.
func scanned(c *client) {
	c.t.Helper()
	idle := func() {
		for state := struct{ Running bool }{true}; state.Running; {
			c.want(http.StatusOK, http.MethodGet, "/api/library/scan", "", &state)
			wait(c.t)
		}
	}
	idle()
	if r := c.ask(http.MethodPost, "/api/library/scan", ""); r.status >= 300 && r.status != http.StatusConflict {
		c.t.Fatalf("start of the scan: %d %s", r.status, r.body)
	}
	idle()
}

// wait lets the server work between two questions.
func wait(t testing.TB) {
	select {
	case <-t.Context().Done():
		t.Fatal("the test ends")
	case <-time.After(50 * time.Millisecond):
	}
}

// goodTitles counts the good files among the songs, and all songs.
func goodTitles(c *client) (good, songs int) {
	c.t.Helper()
	seen := map[string]bool{}
	for offset := 0; ; offset += 100 {
		var page struct {
			Songs []struct{ Title string }
			Total int
		}
		c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/songs?sort=title&limit=100&offset=%d", offset), "", &page)
		for _, s := range page.Songs {
			if regexp.MustCompile(`^Good \d{3}$`).MatchString(s.Title) {
				seen[s.Title] = true
			}
		}
		if len(page.Songs) == 0 {
			return len(seen), page.Total
		}
	}
}

type scanFault struct{ Path, Reason string }

func scanFaults(c *client) []scanFault {
	c.t.Helper()
	var all []scanFault
	for {
		var page struct {
			Errors []scanFault
			Total  int
		}
		c.want(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/library/scan/errors?limit=500&offset=%d", len(all)), "", &page)
		all = append(all, page.Errors...)
		if len(page.Errors) == 0 || len(all) >= page.Total {
			return all
		}
	}
}

// memoryFigure is a figure of the process, 0 where the system tells none.
func memoryFigure(t *testing.T, pid int, figure string) int64 {
	t.Helper()
	if runtime.GOOS != "linux" {
		return 0
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(figure + `:\s+(\d+) kB`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("no %s in %s", figure, text)
	}
	kB, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kB << 10
}
