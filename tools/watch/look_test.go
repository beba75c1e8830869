package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestLookSeesWhatTheServerIsBuiltFrom(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	peek := func() snapshot {
		t.Helper()
		s, err := look(".")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	write("a.go", "package a")
	before := peek()
	write("a_test.go", "package a")
	write("node_modules/b.go", "package b")
	write("data/c.sql", "x")
	if !peek().equal(before) {
		t.Error("files that the server is not built from count as a change")
	}
	write("a.go", "package changed")
	if peek().equal(before) {
		t.Error("a changed Go file went unseen")
	}
	write("a.go", "package a")
	write("schema/1.sql", "x")
	if peek().equal(before) {
		t.Error("a new SQL file went unseen")
	}
	if before.equal(nil) {
		t.Error("the first look must count as a change")
	}
}
