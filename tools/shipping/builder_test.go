package shipping

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// bases are the images that the Dockerfile stands on, with what stands in for them here. Each begins as an
// empty folder; the tools of the first two are those of this machine.
var bases = map[string]string{
	"node":                              "npm of this machine",
	"golang":                            "go of this machine",
	"gcr.io/distroless/static-debian12": "nothing: the program is static",
}

// built is a stage as a folder, with what an image would say of it.
type built struct {
	folder  string
	workdir string
	user    string
	env     map[string]string
	args    map[string]string
	labels  map[string]string

	entrypoint, cmd, health []string
	volumes, ports          []string
	stopSignal              string
}

// builder runs the steps of a Dockerfile in plain folders.
type builder struct {
	context string
	given   map[string]string // build arguments
	stages  map[string]*built
	run     func(s *built, script string) error
}

// build returns the last stage. What it does not know is an error, not passed over.
func (b *builder) build(t *testing.T, dockerfile []byte) (*built, error) {
	t.Helper()
	parsed, err := parser.Parse(bytes.NewReader(dockerfile))
	if err != nil {
		return nil, err
	}
	stages, meta, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		return nil, err
	}
	if len(meta) > 0 || len(parsed.Warnings) > 0 {
		return nil, fmt.Errorf("ARG before FROM, or warnings: %v %v", meta, parsed.Warnings)
	}
	b.stages = map[string]*built{}
	var last *built
	for _, stage := range stages {
		if err := pinned(stage.BaseName); err != nil {
			return nil, err
		}
		if name, _, _ := strings.Cut(stage.BaseName, ":"); bases[name] == "" {
			return nil, fmt.Errorf("FROM %s: nothing here stands in for it", stage.BaseName)
		}
		last = &built{folder: t.TempDir(), workdir: "/", env: map[string]string{}, args: map[string]string{}, labels: map[string]string{}}
		b.stages[stage.Name] = last
		for _, command := range stage.Commands {
			if err := b.step(last, command); err != nil {
				return nil, fmt.Errorf("%v: %w", command, err)
			}
		}
	}
	return last, nil
}

// pinned wants an image's version: a tag that is not "latest".
func pinned(image string) error {
	at := image[strings.LastIndex(image, "/")+1:]
	if _, tag, ok := strings.Cut(at, ":"); !ok || tag == "" || strings.HasPrefix(tag, "latest") {
		return fmt.Errorf("the image %q has no version", image)
	}
	return nil
}

func (b *builder) step(s *built, command instructions.Command) error {
	if expanding, ok := command.(instructions.SupportsSingleWordExpansion); ok {
		if err := expanding.Expand(s.word); err != nil {
			return err
		}
	}
	switch c := command.(type) {
	case *instructions.ArgCommand:
		b.declare(s, c)
	case *instructions.EnvCommand:
		for _, pair := range c.Env {
			s.env[pair.Key] = pair.Value
		}
	case *instructions.WorkdirCommand:
		s.workdir = absolute(s, c.Path)
		return os.MkdirAll(filepath.Join(s.folder, s.workdir), 0o755)
	case *instructions.CopyCommand:
		return b.copy(s, c)
	case *instructions.RunCommand:
		if !c.PrependShell {
			return fmt.Errorf("only the shell form is known")
		}
		script := strings.Join(c.CmdLine, " ")
		if outside.MatchString(script) {
			return fmt.Errorf("an absolute path in %q: it would leave the stage's folder here", script)
		}
		return b.run(s, script)
	default:
		return s.describe(command)
	}
	return nil
}

var outside = regexp.MustCompile(`(^|[\s"'=])/`)

// describe takes what changes no file.
func (s *built) describe(command instructions.Command) error {
	switch c := command.(type) {
	case *instructions.LabelCommand:
		for _, pair := range c.Labels {
			s.labels[pair.Key] = pair.Value
		}
	case *instructions.UserCommand:
		s.user = c.User
	case *instructions.VolumeCommand:
		s.volumes = append(s.volumes, c.Volumes...)
	case *instructions.ExposeCommand:
		s.ports = append(s.ports, c.Ports...)
	case *instructions.StopSignalCommand:
		s.stopSignal = c.Signal
	case *instructions.EntrypointCommand:
		s.entrypoint = c.CmdLine
	case *instructions.CmdCommand:
		s.cmd = c.CmdLine
	case *instructions.HealthCheckCommand:
		if c.Health.Test[0] != "CMD" {
			return fmt.Errorf("the image has no shell for %q", c.Health.Test)
		}
		s.health = c.Health.Test[1:]
	default:
		return fmt.Errorf("a step that is not known here")
	}
	return nil
}

// declare gives an argument the value of the command line, of the engine, or its own default.
func (b *builder) declare(s *built, c *instructions.ArgCommand) {
	engine := map[string]string{"TARGETOS": "linux", "TARGETARCH": runtime.GOARCH}
	for _, arg := range c.Args {
		value := arg.ValueString()
		for _, source := range []map[string]string{engine, b.given} {
			if given, ok := source[arg.Key]; ok {
				value = given
			}
		}
		s.args[arg.Key] = value
	}
}

func absolute(s *built, name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(s.workdir, name)
}

// copy is COPY: a folder gives what is in it, several sources or a slash make the target a folder.
func (b *builder) copy(s *built, c *instructions.CopyCommand) error {
	from := b.context
	if c.From != "" {
		stage, ok := b.stages[c.From]
		if !ok {
			return fmt.Errorf("no stage %q", c.From)
		}
		from = stage.folder
	}
	target := filepath.Join(s.folder, absolute(s, c.DestPath))
	intoFolder := strings.HasSuffix(c.DestPath, "/") || strings.HasSuffix(c.DestPath, ".") || len(c.SourcePaths) > 1
	for _, source := range c.SourcePaths {
		name := filepath.Join(from, source)
		info, err := os.Stat(name)
		if err != nil {
			return fmt.Errorf("%s is not in the build context: is it in git, and not hidden by .dockerignore? %w", source, err)
		}
		to := target
		if intoFolder && !info.IsDir() {
			to = filepath.Join(target, filepath.Base(source))
		}
		if err := copyTree(name, to); err != nil {
			return err
		}
	}
	return own(target, c)
}

// own gives the target the owner and mode that COPY names, where this process may.
func own(target string, c *instructions.CopyCommand) error {
	if c.Chmod != "" {
		mode, err := strconv.ParseUint(c.Chmod, 8, 32)
		if err != nil {
			return err
		}
		if err := os.Chmod(target, os.FileMode(mode)); err != nil {
			return err
		}
	}
	if c.Chown == "" || os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := ids(c.Chown)
	if err != nil {
		return err
	}
	return os.Chown(target, uid, gid)
}

// ids reads "uid:gid"; names would need the base image's own list.
func ids(text string) (uid, gid int, err error) {
	user, group, _ := strings.Cut(text, ":")
	if uid, err = strconv.Atoi(user); err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(group)
	return uid, gid, err
}

// word fills in $NAME, of ENV first and then of ARG. Unknown names are errors: an engine would say nothing.
func (s *built) word(text string) (string, error) {
	filled, unknown, err := shell.NewLex('\\').ProcessWord(text, shell.EnvsFromSlice(s.environment()))
	if len(unknown) > 0 {
		return "", fmt.Errorf("unknown in %q: %v", text, slices.Collect(maps.Keys(unknown)))
	}
	return filled, err
}

func (s *built) environment() []string {
	all := maps.Clone(s.args)
	maps.Copy(all, s.env)
	var list []string
	for name, value := range all {
		list = append(list, name+"="+value)
	}
	return list
}

// shellRun runs a RUN step with the machine's own tools, caches and names for them.
func shellRun(s *built, script string) error {
	command := exec.Command("sh", "-ec", script)
	command.Dir = filepath.Join(s.folder, s.workdir)
	command.Env = append(os.Environ(), s.environment()...)
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}
