// Package cli is the program: its commands, and the one place where everything is built.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"hathor/internal/config"
	"hathor/internal/fault"
)

// version is written by the linker: -X hathor/internal/cli.version=…
var version = "dev"

// program is every command and setting.
type program struct {
	File string `name:"config" env:"HATHOR_CONFIG" placeholder:"FILE" help:"YAML file of settings; hathor.yaml when it is there."`

	config.Config `embed:"" group:"Settings"`

	Serve   serveCommand   `cmd:"" default:"1" help:"Serve music (the default)."`
	Show    configCommand  `cmd:"" name:"config" help:"Check the configuration and print it without secrets."`
	Health  healthCommand  `cmd:"" help:"Ask a running server whether it is ready; fails when it is not."`
	OpenAPI openAPICommand `cmd:"" name:"openapi" help:"Print the OpenAPI document of the REST API."`
	User    userCommand    `cmd:"" help:"Look after accounts; also while the server runs."`
	Import  importCommand  `cmd:"" help:"Send files, folders and archives to a running server."`
	Scan    scanCommand    `cmd:"" help:"Scan the library folders, by the running server or without one."`
	Migrate migrateCommand `cmd:"" help:"Move the database schema, or show where it stands."`
	Backup  backupCommand  `cmd:"" help:"Write a backup while the server runs, or check one."`
	Restore restoreCommand `cmd:"" help:"Bring a backup back into an empty data folder and database."`
	Doctor  doctorCommand  `cmd:"" help:"Look for what is wrong with settings, folders, database and stored files."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// invocation is what a command gets: the settings and where to write.
type invocation struct {
	ctx     context.Context
	restore func() // makes the next signal end the process at once
	config  *config.Config
	sources *config.Sources
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

// checked returns the settings once they are known to be right.
func (i *invocation) checked() (*config.Config, error) {
	if err := i.sources.Check(i.config); err != nil {
		return nil, err
	}
	return i.config, nil
}

// Run does what the arguments say and returns the process's exit code. The first SIGINT or SIGTERM asks
// the command to finish; the second ends the process at once.
func Run(arguments []string, stdout, stderr io.Writer) int {
	ctx, restore := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer restore()
	context.AfterFunc(ctx, restore) // the next signal is the system's business again
	err := run(ctx, restore, arguments, stdout, stderr)
	var silent exitCode
	if err == nil {
		return 0
	}
	if errors.As(err, &silent) {
		return int(silent)
	}
	_, _ = fmt.Fprintf(stderr, "hathor: %v%s\n", err, details(err))
	var coded exitError
	if errors.As(err, &coded) {
		return coded.code
	}
	return 1
}

// exitError ends the program with a code of its own, once the error is said.
type exitError struct {
	error
	code int
}

// details are the wrong fields of a failed validation, one a line.
func details(err error) string {
	var lines string
	if found := (*fault.Error)(nil); errors.As(err, &found) {
		for _, d := range found.Details {
			lines += "\n  " + d.Field + ": " + d.Message
		}
	}
	return lines
}

func run(ctx context.Context, restore func(), arguments []string, stdout, stderr io.Writer) error {
	p := &program{}
	options := []kong.Option{
		kong.Name("hathor"), kong.Description("A self-hosted music platform."), kong.UsageOnError(),
		kong.Writers(stdout, stderr), kong.FlagNamer(config.FlagName), kong.ValueFormatter(config.Help),
	}
	fileName, err := configFile(p, arguments, options)
	if err != nil {
		return err
	}
	sources := config.NewSources(fileName, os.LookupEnv)
	parser, err := kong.New(p, append(options, kong.Resolvers(sources))...)
	if err != nil {
		return fmt.Errorf("build command line: %w", err)
	}
	parsed, err := parser.Parse(arguments)
	if err != nil {
		return err
	}
	for _, step := range parsed.Path {
		if step.Flag != nil && !step.Resolved {
			sources.FromFlag(step.Flag.Name)
		}
	}
	return parsed.Run(&invocation{ctx, restore, &p.Config, sources, os.Stdin, stdout, stderr})
}

// configFile finds the name of the settings file, which must be known before the settings are.
func configFile(p *program, arguments []string, options []kong.Option) (string, error) {
	parser, err := kong.New(p, options...)
	if err != nil {
		return "", fmt.Errorf("build command line: %w", err)
	}
	trace, err := kong.Trace(parser, arguments)
	if err != nil {
		return "", fmt.Errorf("read command line: %w", err)
	}
	for _, flag := range parser.Model.Flags {
		if name, ok := trace.FlagValue(flag).(string); ok && flag.Name == "config" && name != "" {
			return name, nil
		}
	}
	return os.Getenv("HATHOR_CONFIG"), nil
}
