package shipping

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

const production, development = "docker-compose.yml", "docker-compose.dev.yml"

// load reads a compose file as compose does: variables filled in, held against the schema of the specification.
func load(t *testing.T, name string, environment ...string) (*types.Project, error) {
	t.Helper()
	options, err := cli.NewProjectOptions([]string{filepath.Join(root(t), name)},
		cli.WithWorkingDirectory(root(t)), cli.WithEnv(environment), cli.WithProfiles([]string{"*"}))
	if err != nil {
		return nil, err
	}
	return options.LoadProject(context.Background())
}

func mustLoad(t *testing.T, name string, environment ...string) *types.Project {
	t.Helper()
	project, err := load(t, name, environment...)
	if err != nil {
		t.Fatal(err)
	}
	return project
}

var filledIn = []string{"POSTGRES_PASSWORD=a/long@pass:word", "JWT_SECRET=0123456789abcdef0123456789abcdef"}

func TestComposeNeedsItsSecrets(t *testing.T) {
	for _, missing := range []string{"POSTGRES_PASSWORD", "JWT_SECRET"} {
		environment := slices.DeleteFunc(slices.Clone(filledIn), func(pair string) bool { return strings.HasPrefix(pair, missing) })
		if _, err := load(t, production, environment...); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("without %s: %v", missing, err)
		}
	}
	example, err := os.ReadFile(filepath.Join(root(t), ".env.example"))
	if err != nil {
		t.Fatal(err)
	}
	var empty []string
	for line := range strings.Lines(string(example)) {
		name, value, pair := strings.Cut(strings.TrimSpace(line), "=")
		if !pair || strings.HasPrefix(name, "# ") {
			continue
		}
		if value == "" {
			empty = append(empty, name)
		}
		text, _ := os.ReadFile(filepath.Join(root(t), production))
		if !strings.Contains(string(text), "${"+strings.TrimPrefix(name, "#")) {
			t.Errorf(".env.example names %s, which the compose file does not use", name)
		}
	}
	if !slices.Equal(empty, []string{"POSTGRES_PASSWORD", "JWT_SECRET"}) {
		t.Errorf("the example leaves empty: %v", empty)
	}
}

// TestComposeVariablesAreExplained holds every variable of the compose file against the example that people copy.
func TestComposeVariablesAreExplained(t *testing.T) {
	var texts [2]string
	for i, name := range []string{production, ".env.example"} {
		text, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = "\n" + string(text)
	}
	for _, found := range regexp.MustCompile(`\$\{(\w+)`).FindAllStringSubmatch(texts[0], -1) {
		if !strings.Contains(texts[1], "\n"+found[1]+"=") && !strings.Contains(texts[1], "\n#"+found[1]+"=") {
			t.Errorf("%s is not in .env.example", found[1])
		}
	}
}

func TestComposeHardensEveryService(t *testing.T) {
	project := mustLoad(t, production, filledIn...)
	if got := project.ServiceNames(); !slices.Equal(got, []string{"app", "nginx", "postgres", "redis"}) {
		t.Fatalf("services: %v", got)
	}
	for name, service := range project.Services {
		if service.Build == nil {
			if err := pinned(service.Image); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !service.ReadOnly || !slices.Equal(service.CapDrop, []string{"ALL"}) || len(service.CapAdd) > 0 || service.Privileged ||
			!slices.Contains(service.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s is not hardened", name)
		}
		if service.Build == nil && (service.User == "" || strings.HasPrefix(service.User, "0")) {
			t.Errorf("%s runs as %q", name, service.User)
		}
		if service.Restart != "unless-stopped" {
			t.Errorf("%s restarts %q", name, service.Restart)
		}
		if service.Build == nil && (service.HealthCheck == nil || service.HealthCheck.Test[0] != "CMD") {
			t.Errorf("%s has no health check", name) // the app's is that of its image
		}
		for other, needs := range service.DependsOn {
			if needs.Condition != types.ServiceConditionHealthy {
				t.Errorf("%s does not wait until %s is healthy", name, other)
			}
		}
		if len(service.Ports) > 0 && name != "nginx" {
			t.Errorf("%s is published: %v", name, service.Ports)
		}
		_, front := service.Networks["front"]
		if data := name == "postgres" || name == "redis"; data == front {
			t.Errorf("%s: reached from the network of nginx: %t", name, front)
		}
	}
	if !project.Networks["back"].Internal {
		t.Error("the databases can reach the world")
	}
}

func TestComposeMountsWhatIsThere(t *testing.T) {
	for _, name := range []string{production, development} {
		project := mustLoad(t, name, filledIn...)
		files := tracked(t, root(t))
		for _, service := range project.Services {
			for _, mount := range service.Volumes {
				if mount.Type == types.VolumeTypeVolume {
					if _, ok := project.Volumes[mount.Source]; !ok {
						t.Errorf("%s: no volume %s", name, mount.Source)
					}
					continue
				}
				within, err := filepath.Rel(root(t), mount.Source)
				if err != nil || strings.HasPrefix(within, "..") {
					t.Errorf("%s mounts %s: %v", name, mount.Source, err)
				}
				known := within == "." || slices.ContainsFunc(files, func(file string) bool { return strings.HasPrefix(file, within+"/") })
				if !known && mount.Target != "/music" {
					t.Errorf("%s mounts %s, which git does not know", name, within)
				}
				if name == production && !mount.ReadOnly {
					t.Errorf("%s can write to %s", service.Name, mount.Source)
				}
			}
		}
	}
}

// TestComposeIsUnderstood asks the program itself about the environment that the app gets.
func TestComposeIsUnderstood(t *testing.T) {
	program := os.Getenv("HATHOR_BIN")
	if program == "" {
		program = filepath.Join(root(t), "bin", "hathor")
	}
	command := exec.Command(program, "config")
	command.Dir = t.TempDir()
	command.Env = []string{}
	app := mustLoad(t, production, filledIn...).Services["app"]
	for name, value := range app.Environment {
		command.Env = append(command.Env, name+"="+*value)
	}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"172.31.250.0/24", "/music", "db-host: postgres"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("lacks %q: %s", want, out)
		}
	}
	if strings.Contains(string(out), "pass:word") || strings.Contains(string(out), "0123456789abcdef") {
		t.Errorf("shows a secret: %s", out)
	}
}

func TestComposeForDevelopersStaysOnThisMachine(t *testing.T) {
	project := mustLoad(t, development)
	for name, service := range project.Services {
		if err := pinned(service.Image); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, port := range service.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s listens on %q", name, port.HostIP)
			}
		}
	}
	same := mustLoad(t, production, filledIn...)
	for _, name := range []string{"postgres", "redis"} {
		if got, want := project.Services[name].Image, same.Services[name].Image; got != want {
			t.Errorf("%s: developers have %s, others %s", name, got, want)
		}
	}
	dockerfile, err := os.ReadFile(filepath.Join(root(t), "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"server", "client"} {
		if image := project.Services[name].Image; !strings.Contains(string(dockerfile), " "+image+" AS ") {
			t.Errorf("the Dockerfile builds with another image than %s", image)
		}
	}
}

func TestComposeSchemaRefuses(t *testing.T) {
	name := filepath.Join(t.TempDir(), "wrong.yml")
	if err := os.WriteFile(name, []byte("services:\n  app:\n    image: a:1\n    read_onyl: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	options, err := cli.NewProjectOptions([]string{name}, cli.WithName("wrong"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := options.LoadProject(t.Context()); err == nil || !strings.Contains(err.Error(), "read_onyl") {
		t.Errorf("a misspelt key passed: %v", err)
	}
}
