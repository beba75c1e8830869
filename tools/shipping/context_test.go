package shipping

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// root is the repository.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// tracked lists the files that git knows: what a fresh clone has.
func tracked(t *testing.T, folder string) []string {
	t.Helper()
	command := exec.Command("git", "-C", folder, "ls-files", "-z")
	command.Env = append(os.Environ(), "LC_ALL=C")
	out, err := command.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

// sent makes the folder that an engine would be sent: these files without those that .dockerignore hides.
func sent(t *testing.T, folder string, files []string) string {
	t.Helper()
	opened, err := os.Open(filepath.Join(folder, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	patterns, err := ignorefile.ReadAll(opened)
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	context := t.TempDir()
	for _, name := range files {
		hide, err := hidden.MatchesOrParentMatches(name)
		if err != nil {
			t.Fatal(err)
		}
		if hide {
			continue
		}
		if err := copyFile(filepath.Join(folder, name), filepath.Join(context, name)); err != nil {
			t.Fatal(err)
		}
	}
	return context
}

// copyTree copies a file, or what is in a folder.
func copyTree(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return copyFile(from, to)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := copyTree(filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }()
	info, err := source.Stat()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, info.Mode().Perm())
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		_ = target.Close()
		return err
	}
	return target.Close()
}
