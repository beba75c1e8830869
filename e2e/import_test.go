package e2e

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hathor/internal/media/mediatest"
)

// imported is the summary of an import.
type imported struct {
	code                              int
	Files, Added, Duplicates, Skipped int
	Refused, Failed                   []struct{ Path, Reason string }
	stdout, stderr                    string
}

func importCommand(c *client, arguments ...string) *exec.Cmd {
	command := exec.Command(os.Getenv("HATHOR_BIN"), append([]string{"import"}, arguments...)...)
	command.Env = []string{"HATHOR_URL=" + c.url, "HATHOR_TOKEN=" + c.token, "TMPDIR=" + os.TempDir()}
	return command
}

// runImport runs the program with --json.
func runImport(c *client, arguments ...string) imported {
	c.t.Helper()
	return finish(c.t, importCommand(c, append([]string{"--json"}, arguments...)...))
}

func finish(t testing.TB, command *exec.Cmd) imported {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	result := imported{code: command.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}
	_ = json.Unmarshal(stdout.Bytes(), &result)
	return result
}

func (i imported) want(t testing.TB, code, added, duplicates, refused, skipped int) imported {
	t.Helper()
	if i.code != code || i.Added != added || i.Duplicates != duplicates || len(i.Refused) != refused || i.Skipped != skipped || len(i.Failed) != 0 {
		t.Fatalf("got %+v\nwant code %d, %d added, %d duplicates, %d refused, %d skipped", i, code, added, duplicates, refused, skipped)
	}
	return i
}

func take(n int) []byte {
	return mediatest.WAV(mediatest.Tags{Title: fmt.Sprintf("Take %d", n)}, time.Duration(100+n)*time.Millisecond, 440)
}

func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, content, 0o644)); err != nil {
		t.Fatal(err)
	}
	return name
}

func songCount(c *client) int {
	c.t.Helper()
	var list struct{ Total int }
	c.want(http.StatusOK, http.MethodGet, "/api/songs?limit=1", "", &list)
	return list.Total
}

func TestImportOfAFolder(t *testing.T) {
	eachDatabase(t, func(t *testing.T, environment ...string) {
		p := start(t, filepath.Join(t.TempDir(), "data"), append(environment, "LOG_LEVEL=error")...)
		c, folder := register(t, p.url, "anna"), t.TempDir()
		for n := range 5 {
			write(t, filepath.Join(folder, "Side A", fmt.Sprintf("%d.wav", n)), take(n))
		}
		write(t, filepath.Join(folder, "copy of 1.wav"), take(1))
		write(t, filepath.Join(folder, "cover.jpg"), picture(5))
		write(t, filepath.Join(folder, ".hidden", "9.wav"), take(9))
		letter := write(t, filepath.Join(folder, "letter.mp3"), []byte("Dear Ines"))
		first := runImport(c, folder).want(t, 2, 5, 1, 1, 1)
		if first.Refused[0].Path != letter || !strings.Contains(first.Refused[0].Reason, "text file") || !strings.Contains(first.stderr, "1 of 7 files were refused") {
			t.Errorf("refused %+v, said %q", first.Refused, first.stderr)
		}
		if err := os.Remove(letter); err != nil {
			t.Fatal(err)
		}
		runImport(c, folder).want(t, 0, 0, 6, 0, 1)
		write(t, filepath.Join(folder, "Side A", "0.wav"), take(20)) // another song under the same name
		plain := finish(t, importCommand(c, "--parallel=1", filepath.Join(folder, "Side A", "0.wav"), filepath.Join(folder, "Side A", "1.wav")))
		if plain.code != 0 || !strings.HasSuffix(plain.stdout, "1 added, 1 already there, 0 refused, 0 failed, 0 skipped\n") || !strings.HasPrefix(plain.stdout, "added: ") {
			t.Errorf("got %+v", plain)
		}
		if got := songCount(c); got != 6 {
			t.Errorf("there are %d songs", got)
		}
		private := write(t, filepath.Join(folder, "mine.wav"), take(30))
		runImport(c, "--private", private).want(t, 0, 1, 0, 0, 0)
		if got := songCount(register(t, p.url, "other")); got != 6 {
			t.Errorf("another hears %d songs", got)
		}
	})
}

// TestImportFollowsOnlyNamedLinks sends what a link in the command leads to; links and devices in a folder are passed
// over, and a pipe under the name of an archive is not waited for.
func TestImportFollowsOnlyNamedLinks(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"), "LOG_LEVEL=error")
	c, folder := register(t, p.url, "anna"), t.TempDir()
	song := write(t, filepath.Join(folder, "Music", "1.wav"), take(1))
	other := write(t, filepath.Join(folder, "2.wav"), take(2))
	link, pipe := func(to, name string) string {
		name = filepath.Join(folder, name)
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
		return name
	}, filepath.Join(folder, "pipe.zip")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link("/dev/zero", "Music/zero.wav")
	link(other, "Music/2.wav")
	got := runImport(c, link("Music", "Linked")).want(t, 0, 1, 0, 0, 2)
	if got.Files != 1 {
		t.Errorf("got %+v", got)
	}
	runImport(c, link(other, "linked.wav"), pipe).want(t, 0, 1, 0, 0, 1)
	odd := write(t, filepath.Join(folder, "\x1b]0;title\a\u202e\n.wav"), take(3))
	if text := finish(t, importCommand(c, odd)).stdout; strings.ContainsAny(text, "\x1b\a\u202e") || strings.Count(text, "\n") != 2 {
		t.Errorf("said %q", text)
	}
	if text := finish(t, importCommand(c, filepath.Join(folder, "Linked"))).stdout; !strings.Contains(text, "duplicate: "+filepath.Join(folder, "Linked", filepath.Base(song))) {
		t.Errorf("said %q", text)
	}
}

func TestImportOfArchives(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"), "LOG_LEVEL=error", "MAX_FILE_SIZE=3000000")
	c, folder := register(t, p.url, "anna"), t.TempDir()
	var zipped, tarred bytes.Buffer
	z := zip.NewWriter(&zipped)
	g := gzip.NewWriter(&tarred)
	r := tar.NewWriter(g)
	add := func(name string, content []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err == nil {
			err = r.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content)), Typeflag: tar.TypeReg})
		}
		if err == nil {
			_, err = r.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("Album/1.wav", take(1))
	add("../../climbs.wav", take(2))
	add(`C:\Album\3.wav`, take(3))
	add("Album/cover.jpg", picture(7))
	add("Album/large.wav", make([]byte, 3_000_001))
	if err := errors.Join(r.WriteHeader(&tar.Header{Name: "link.wav", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}), z.Close(), r.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	got := runImport(c, write(t, filepath.Join(folder, "a.zip"), zipped.Bytes())).want(t, 2, 3, 0, 1, 1)
	if !strings.HasSuffix(got.Refused[0].Path, "a.zip:Album/large.wav") {
		t.Errorf("refused %+v", got.Refused)
	}
	runImport(c, write(t, filepath.Join(folder, "a.tar.gz"), tarred.Bytes())).want(t, 2, 0, 3, 1, 1)
	if left, _ := filepath.Glob(filepath.Join(folder, "..", "*climbs*")); len(left) > 0 {
		t.Errorf("%q was written", left)
	}
	for name, bad := range map[string]struct {
		content []byte
		reason  string
	}{
		"bomb.tar.gz": {tarBomb(t), "many times"}, "sparse.tar": {sparseBomb(t), "many times"},
		"text.zip": {[]byte("no archive"), "no zip file"}, "cut.tar.gz": {tarred.Bytes()[:100], "no whole tar"},
	} {
		got := runImport(c, write(t, filepath.Join(folder, name), bad.content))
		if got.code != 1 || len(got.Failed) != 1 || !strings.HasSuffix(got.Failed[0].Path, name) || !strings.Contains(got.Failed[0].Reason, bad.reason) {
			t.Errorf("%s gives %+v", name, got)
		}
	}
}

// sparseBomb is a tar of files that are nothing but holes. No writer makes such a head: it is a plain entry that gets
// its kind, and with that its checksum, by hand.
func sparseBomb(t *testing.T) []byte {
	t.Helper()
	const kind, sum = 156, 148 // their places in a block
	var bomb bytes.Buffer
	for n := range 100 {
		records := "22 GNU.sparse.major=0\n22 GNU.sparse.minor=1\n26 GNU.sparse.numblocks=1\n27 GNU.sparse.size=2000000\n28 GNU.sparse.map=2000000,0\n"
		at := bomb.Len()
		w := tar.NewWriter(&bomb)
		err := w.WriteHeader(&tar.Header{Name: "head", Size: int64(len(records)), Typeflag: tar.TypeReg})
		if err == nil {
			_, err = w.Write([]byte(records))
		}
		if err := errors.Join(err, w.Flush(), w.WriteHeader(&tar.Header{Name: fmt.Sprintf("%d.wav", n), Typeflag: tar.TypeReg})); err != nil {
			t.Fatal(err)
		}
		block := bomb.Bytes()[at:]
		was, err := strconv.ParseInt(strings.Trim(string(block[sum:sum+8]), " \x00"), 8, 64)
		if err != nil {
			t.Fatal(err)
		}
		block[kind] = tar.TypeXHeader
		copy(block[sum:], fmt.Sprintf("%06o\x00 ", was+tar.TypeXHeader-tar.TypeReg))
	}
	bomb.Write(make([]byte, 1024))
	return bomb.Bytes()
}

// tarBomb is a tar of zeros that unpacks to a thousand times its size.
func tarBomb(t *testing.T) []byte {
	t.Helper()
	const size = 200 << 20
	var packed bytes.Buffer
	g := gzip.NewWriter(&packed)
	r := tar.NewWriter(g)
	err := r.WriteHeader(&tar.Header{Name: "zeros.bin", Mode: 0o644, Size: size, Typeflag: tar.TypeReg})
	for range size >> 20 {
		if err == nil {
			_, err = r.Write(make([]byte, 1<<20))
		}
	}
	if err := errors.Join(err, r.Close(), g.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func TestImportGoesOnWhenTheServerIsKilled(t *testing.T) {
	data, folder := filepath.Join(t.TempDir(), "data"), t.TempDir()
	p := start(t, data, "LOG_LEVEL=error")
	c := register(t, p.url, "anna")
	for n := range 120 {
		write(t, filepath.Join(folder, fmt.Sprintf("%d.wav", n)), take(n))
	}
	command := importCommand(c, "--json", folder)
	ended := make(chan imported, 1)
	go func() { ended <- finish(t, command) }()
	until(t, 20*time.Second, func() bool { return songCount(c) > 20 })
	p.signal(t, syscall.SIGKILL)
	_ = p.command.Wait() // says that it was killed
	port := p.url[strings.LastIndex(p.url, ":")+1:]
	start(t, data, "LOG_LEVEL=error", "PORT="+port)
	got := <-ended
	if got.code != 0 || got.Added+got.Duplicates != 120 || got.Duplicates > 3 {
		t.Errorf("got %+v", got)
	}
	if count := songCount(c); count != 120 {
		t.Errorf("there are %d songs", count)
	}
}

func TestImportGoesOnAfterItWasStopped(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"), "LOG_LEVEL=error")
	c, folder := register(t, p.url, "anna"), t.TempDir()
	large := mediatest.WAV(mediatest.Tags{Title: "Long"}, 40*time.Minute, 440)
	write(t, filepath.Join(folder, "a.wav"), take(1))
	write(t, filepath.Join(folder, "long.wav"), large)
	command := importCommand(c, "--json", "--parallel=1", folder)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var left struct {
		Uploads []struct{ Offset, Size int64 }
	}
	until(t, 20*time.Second, func() bool {
		c.want(http.StatusOK, http.MethodGet, "/api/uploads?state=receiving", "", &left)
		return len(left.Uploads) == 1 && left.Uploads[0].Offset > 0
	})
	if err := command.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait()
	if code := command.ProcessState.ExitCode(); code != 1 || !strings.Contains(stderr.String(), "goes on where this one ended") {
		t.Errorf("stopped: exit %d, %s", code, stderr.String())
	}
	runImport(c, folder).want(t, 0, 1, 1, 0, 0)
	var all struct{ Total int }
	c.want(http.StatusOK, http.MethodGet, "/api/uploads", "", &all)
	if all.Total != 2 || songCount(c) != 2 {
		t.Errorf("%d uploads, %d songs", all.Total, songCount(c))
	}
}

func TestImportWithoutTheRight(t *testing.T) {
	p := start(t, filepath.Join(t.TempDir(), "data"), "LOG_LEVEL=error")
	c, file := register(t, p.url, "anna"), write(t, filepath.Join(t.TempDir(), "1.wav"), take(1))
	token := write(t, filepath.Join(t.TempDir(), "token"), []byte(c.token+"\n"))
	for name, command := range map[string]struct {
		client *client
		args   []string
		says   string
	}{
		"no token":    {&client{t: t, url: p.url}, nil, "no token"},
		"wrong token": {&client{t: t, url: p.url, token: "forged"}, nil, "does not accept the token"},
		"no server":   {&client{t: t, url: "http://127.0.0.1:1", token: "x"}, []string{"--patience=1ms"}, "does not answer"},
		"no address":  {&client{t: t, url: "music.example", token: "x"}, nil, "is no address"},
		"no file":     {c, []string{"/no/such/folder"}, "no such file"},
	} {
		got := runImport(command.client, append(command.args, file)...)
		if got.code != 1 || !strings.Contains(got.stderr, command.says) {
			t.Errorf("%s: exit %d, %q", name, got.code, got.stderr)
		}
	}
	byFile := importCommand(&client{t: t, url: p.url}, "--json", "--token-file="+token, file)
	finish(t, byFile).want(t, 0, 1, 0, 0, 0)
}
