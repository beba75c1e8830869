package shipping

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

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

// release is what .goreleaser.yaml says, with the fields that it has and no others: a misspelt one is found here.
type release struct {
	Version     int
	ProjectName string `yaml:"project_name"`
	Before      struct{ Hooks []string }
	Builds      []struct {
		ID, Main, Binary    string
		Env, Flags, Ldflags []string
		Timestamp           string `yaml:"mod_timestamp"`
		Targets             []string
	}
	Archives []struct {
		ID           string
		IDs          []string
		NameTemplate string `yaml:"name_template"`
		Formats      []string
		Overrides    []struct {
			Goos    string
			Formats []string
		} `yaml:"format_overrides"`
		Wrap  bool `yaml:"wrap_in_directory"`
		Files []string
	}
	Nfpms []struct {
		ID                                       string
		IDs                                      []string
		PackageName                              string `yaml:"package_name"`
		Formats                                  []string
		Maintainer, Description, Section, Bindir string
		License                                  string
		Contents                                 []struct {
			Src, Dst, Type string
			Info           struct{ Mode int } `yaml:"file_info"`
		}
	}
	Checksum struct {
		NameTemplate string `yaml:"name_template"`
		Algorithm    string
	}
	Sboms []struct {
		ID, Artifacts string
		Documents     []string
	}
	Changelog struct{ Use, Sort string }
	Release   struct {
		Draft      bool
		Prerelease string
	}
}

func readRelease(text string) (r release, err error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	return r, decoder.Decode(&r)
}

func TestReleaseIsUnderstood(t *testing.T) {
	text := read(t, ".goreleaser.yaml")
	r, err := readRelease(text)
	if err != nil {
		t.Fatal(err)
	}
	if r.Version != 2 || r.Checksum.Algorithm != "sha256" || len(r.Sboms) != 1 || !r.Release.Draft {
		t.Errorf("the release is %+v", r)
	}
	for _, misspelt := range []string{"checksum:", "nfpms:", "wrap_in_directory:", "targets:"} {
		if _, err := readRelease(strings.Replace(text, misspelt, "x"+misspelt, 1)); err == nil {
			t.Errorf("x%s passed", misspelt)
		}
	}
}

// TestReleaseIsWhatIsTried: releases are for the machines that the check compiles for, with files that git has.
func TestReleaseIsWhatIsTried(t *testing.T) {
	r, err := readRelease(read(t, ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	tried := regexp.MustCompile(`(?m)^targets=\((.*)\)$`).FindStringSubmatch(read(t, "scripts/cross"))
	if want := strings.Fields(strings.ReplaceAll(tried[1], "/", "_")); !slices.Equal(r.Builds[0].Targets, want) {
		t.Errorf("released for %v, tried for %v", r.Builds[0].Targets, want)
	}
	files := r.Archives[0].Files
	for _, content := range r.Nfpms[0].Contents {
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
