// Package e2e runs the real program and looks at it from outside.
package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain builds the program once, unless HATHOR_BIN names one that is built.
func TestMain(m *testing.M) { os.Exit(withProgram(m)) }

func withProgram(m *testing.M) int {
	if os.Getenv("HATHOR_BIN") != "" {
		return m.Run()
	}
	folder, err := os.MkdirTemp("", "hathor-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	name := filepath.Join(folder, "hathor")
	build := exec.Command("go", "build", "-o", name, "../cmd/hathor")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, output)
		return 1
	}
	if err := os.Setenv("HATHOR_BIN", name); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

func TestScripts(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", filepath.Dir(os.Getenv("HATHOR_BIN"))+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("ROOT", root)
			return nil
		},
	})
}
