package shipping

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// releaseSchema is what `goreleaser jsonschema` prints, of the version that the release workflow runs. The whole
// program takes minutes to compile; the workflow runs its own check before it releases.
func releaseSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	found := regexp.MustCompile(`goreleaser-action@\S+\s+with:\s+version: (v\S+)`).FindStringSubmatch(read(t, ".github/workflows/release.yml"))
	if found == nil {
		t.Fatal("the release workflow names no version of goreleaser")
	}
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join("testdata", "goreleaser-"+found[1]+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// asJSON is YAML in the types that a JSON schema knows.
func asJSON(text string) (any, error) {
	var value any
	if err := yaml.Unmarshal([]byte(text), &value); err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(strings.NewReader(string(encoded)))
}

func TestReleaseIsUnderstood(t *testing.T) {
	schema, text := releaseSchema(t), read(t, ".goreleaser.yaml")
	value, err := asJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
	for _, misspelt := range []string{"checksum:", "nfpms:", "wrap_in_directory:", "targets:"} {
		wrong, err := asJSON(strings.Replace(text, misspelt, "x"+misspelt, 1))
		if err != nil || schema.Validate(wrong) == nil {
			t.Errorf("x%s passed: %v", misspelt, err)
		}
	}
}

// TestReleaseIsWhatIsTried: releases are for the machines that the check compiles for, with files that git has.
func TestReleaseIsWhatIsTried(t *testing.T) {
	var release struct {
		Builds   []struct{ Targets []string }
		Archives []struct{ Files []string }
		Nfpms    []struct {
			Contents []struct{ Src, Dst string }
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, ".goreleaser.yaml")), &release); err != nil {
		t.Fatal(err)
	}
	tried := regexp.MustCompile(`(?m)^targets=\((.*)\)$`).FindStringSubmatch(read(t, "scripts/cross"))
	if want := strings.Fields(strings.ReplaceAll(tried[1], "/", "_")); !slices.Equal(release.Builds[0].Targets, want) {
		t.Errorf("released for %v, tried for %v", release.Builds[0].Targets, want)
	}
	files := release.Archives[0].Files
	for _, content := range release.Nfpms[0].Contents {
		files = append(files, content.Src)
	}
	known := tracked(t, root(t))
	for _, pattern := range files {
		match := regexp.MustCompile("^" + strings.NewReplacer(`\*\*/\*`, ".*", `\*`, "[^/]*").Replace(regexp.QuoteMeta(pattern)) + "$")
		if !slices.ContainsFunc(known, match.MatchString) {
			t.Errorf("git has no %s", pattern)
		}
	}
}

// workflow is what the tests look at of one.
type workflow struct {
	Permissions map[string]string
	Env         map[string]string
	Jobs        map[string]struct {
		Container   struct{ Image string }
		Services    map[string]struct{ Image string }
		Permissions map[string]string
		Timeout     int `yaml:"timeout-minutes"`
		Steps       []struct{ Uses string }
	}
}

// TestWorkflowsArePinnedAndMayLittle goes beyond what actionlint says.
func TestWorkflowsArePinnedAndMayLittle(t *testing.T) {
	version := regexp.MustCompile(`@v\d+\.\d+\.\d+$`)
	names, err := filepath.Glob(filepath.Join(root(t), ".github/workflows/*.yml"))
	if err != nil || len(names) < 2 {
		t.Fatalf("workflows: %v %v", names, err)
	}
	dockerfile := read(t, "Dockerfile")
	for _, name := range names {
		var w workflow
		if err := yaml.Unmarshal([]byte(read(t, filepath.Join(".github/workflows", filepath.Base(name)))), &w); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(w.Permissions) != "map[contents:read]" {
			t.Errorf("%s may %v by default", name, w.Permissions)
		}
		if !strings.Contains(dockerfile, "golang:"+w.Env["GO_VERSION"]+"-") || !strings.Contains(dockerfile, "node:"+w.Env["NODE_VERSION"]+"-") {
			t.Errorf("%s has other tools than the image: %v", name, w.Env)
		}
		for id, job := range w.Jobs {
			if job.Timeout == 0 {
				t.Errorf("%s: the job %s may run for ever", name, id)
			}
			for _, step := range job.Steps {
				if step.Uses != "" && !version.MatchString(step.Uses) {
					t.Errorf("%s: %s names no full version", name, step.Uses)
				}
			}
			if image := job.Container.Image; image != "" && !strings.Contains(dockerfile, " "+image+" ") {
				t.Errorf("%s runs in %s, which builds no image", id, image)
			}
			compose := read(t, production)
			for _, service := range job.Services {
				if !strings.Contains(compose, "image: "+service.Image+"\n") {
					t.Errorf("%s is tried, others are shipped", service.Image)
				}
			}
		}
	}
}
