// Package programs starts and ends what is measured: the server, a PostgreSQL and an nginx of its own, each in a
// folder of its own and on loopback. It also reads what the system says of a process.
package programs

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// patience bounds the start and the end of a program.
const patience = 30 * time.Second

// process is a running program.
type process struct {
	command *exec.Cmd
	ended   chan struct{}
	log     string // file of what it said
	name    string
}

// begin starts a program whose output goes to a file. stdout is where its standard output goes, the file as well
// when nil.
func begin(name, log string, stdout io.Writer, command *exec.Cmd) (*process, error) {
	file, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("make a log: %w", err)
	}
	defer func() { _ = file.Close() }()
	command.Stderr = file
	if command.Stdout = stdout; stdout == nil {
		command.Stdout = file
	}
	endWithUs(command)
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &process{command: command, ended: make(chan struct{}), log: log, name: name}
	go func() {
		defer close(p.ended)
		_ = command.Wait()
	}()
	return p, nil
}

// await asks until the program answers as it should.
func (p *process) await(ask func() error) error {
	deadline := time.Now().Add(patience)
	for {
		err := ask()
		if err == nil {
			return nil
		}
		select {
		case <-p.ended:
			return fmt.Errorf("%s ended at once:\n%s", p.name, p.tail())
		case <-time.After(2 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s does not answer: %w\n%s", p.name, err, p.tail())
		}
	}
}

// end stops the program, by force when it does not obey.
func (p *process) end(signal os.Signal) error {
	if err := p.command.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop %s: %w", p.name, err)
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
	}
	_ = p.command.Process.Kill()
	<-p.ended
	return fmt.Errorf("%s did not stop and was killed", p.name)
}

// tail is the end of what the program said.
func (p *process) tail() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}

func (p *process) pid() int { return p.command.Process.Pid }

// as makes the command run as another account, where this process is root.
func as(command *exec.Cmd, account *syscall.Credential) {
	if account != nil {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: account}
	}
}
