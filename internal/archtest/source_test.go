package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// module is the name at the top of go.mod.
const module = "hathor"

// source is one Go file, with its path from the root of the project, in slashes.
type source struct {
	path   string
	syntax *ast.File
	lines  int
	files  *token.FileSet
}

func parse(name, text string) (source, error) {
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, name, text, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return source{}, fmt.Errorf("parse: %w", err)
	}
	return source{path: name, syntax: syntax, lines: strings.Count(text, "\n"), files: files}, nil
}

// readAll parses every Go file of the module. Folders with a module of their own, hidden ones, test data
// and what npm installed are no part of it.
func readAll(root fs.FS) ([]source, error) {
	var all []source
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(root, name)
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parse(name, string(text))
		all = append(all, file)
		return err
	})
	return all, err
}

// enter returns fs.SkipDir for folders that are no part of the module.
func enter(root fs.FS, folder string) error {
	base := path.Base(folder)
	if folder == "." {
		return nil
	}
	if strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" {
		return fs.SkipDir
	}
	if _, err := fs.Stat(root, path.Join(folder, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// project reads the files of this project.
func project(t *testing.T) []source {
	t.Helper()
	all, err := readAll(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("found only %d Go files: looking in the wrong place", len(all))
	}
	return all
}

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// room is the room the file is in, or the test-only package.
func (s source) room() string { return roomOf(path.Dir(s.path)) }

// roomOf turns internal/media/mp3 into media; test-only packages keep their whole name.
func roomOf(folder string) string {
	inside, internal := strings.CutPrefix(folder, "internal/")
	if internal && testOnly[inside] != "" {
		return inside
	}
	first, _, _ := strings.Cut(inside, "/")
	return first
}

// imports lists the packages the file imports.
func (s source) imports() []string {
	var all []string
	for _, spec := range s.syntax.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil {
			all = append(all, name)
		}
	}
	return all
}

// at writes a finding with the place of node.
func (s source) at(node ast.Node, format string, arguments ...any) string {
	line := s.files.Position(node.Pos()).Line
	return fmt.Sprintf("%s:%d: %s", s.path, line, fmt.Sprintf(format, arguments...))
}
