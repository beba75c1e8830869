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
	deadly, err := plantMutants(music)
	if err != nil {
		t.Fatal(err)
	}
	state := scanned(c)
	after := memoryFigure(t, p.command.Process.Pid, "VmHWM")
	if more := after - before; more > mutantMemory {
		t.Errorf("the scan took %d MB more memory", more>>20)
	} else {
		t.Logf("%d files: %d songs, %d refused; %d MB more memory", state.Seen, state.Added, state.Failed, more>>20)
	}
	if state.Seen != mutantCount+goodCount || state.Added+state.Failed != state.Seen {
		t.Errorf("seen %d, added %d, failed %d", state.Seen, state.Added, state.Failed)
	}
	if good := goodTitles(c); good != goodCount {
		t.Errorf("%d of %d good files arrived", good, goodCount)
	}
	listed := scanFaults(c)
	for _, name := range deadly {
		if !slices.ContainsFunc(listed, func(f scanFault) bool { return strings.HasSuffix(f.Path, "/"+name) }) {
			t.Errorf("%q cannot be played and is not listed", name)
		}
	}
	if len(listed) < state.Failed {
		t.Errorf("%d files failed and %d are listed", state.Failed, len(listed))
	}
	for _, f := range listed {
		if f.Reason == "" || strings.Contains(f.Reason, "not foreseen") || strings.Contains(f.Reason, "took too long") || strings.Contains(f.Reason, "written to the catalogue") {
			t.Errorf("%q is listed with %q", f.Path, f.Reason)
		}
	}
	again := scanned(c)
	if again.Failed != state.Failed || again.Missing != 0 {
		t.Errorf("a second scan failed with %d files and missed %d", again.Failed, again.Missing)
	}
}

type scanState struct {
	Running                               bool
	Seen, Added, Updated, Missing, Failed int
}

// scanned runs a scan to its end.
func scanned(c *client) scanState {
	c.t.Helper()
	var state scanState
	for c.want(http.StatusOK, http.MethodGet, "/api/library/scan", "", &state); state.Running; {
		wait(c.t)
		c.want(http.StatusOK, http.MethodGet, "/api/library/scan", "", &state)
	}
	r := c.ask(http.MethodPost, "/api/library/scan", "")
	if r.status >= 300 {
		c.t.Fatalf("start of the scan: %d %s", r.status, r.body)
	}
	state.Running = true
	for state.Running {
		wait(c.t)
		state = scanState{}
		c.want(http.StatusOK, http.MethodGet, "/api/library/scan", "", &state)
	}
	return state
}

// wait lets the server work between two questions.
func wait(t testing.TB) {
	select {
	case <-t.Context().Done():
		t.Fatal("the test ends")
	case <-time.After(50 * time.Millisecond):
	}
}

func goodTitles(c *client) int {
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
			return len(seen)
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
