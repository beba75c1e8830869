package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// guard makes and runs the server ($1: folder with the programs, $2: folder for everything it writes),
// stops and starts it when its standard input says so, and takes everything away when that input ends. The
// signal is repeated because a server that has only just been forked may miss the first one.
const guard = `
start() {
	"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=100 \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off </dev/null &
	server=$!
}
stop() {
	while kill -"$1" "$server" 2>/dev/null; do sleep 0.1; done
}
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions </dev/null || exit 1
start "$1" "$2"
while read -r order; do
	case $order in
	stop) stop INT ;;
	start) start "$1" "$2" ;;
	esac
done
stop QUIT
rm -rf "$2"
`

// programs returns the folder of the newest PostgreSQL server installed.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", fmt.Errorf("look for PostgreSQL: %w", err)
	}
	if len(found) == 0 {
		initdb, err := exec.LookPath("initdb")
		if err != nil {
			return "", errors.New("no PostgreSQL server on this machine (Debian package: postgresql)")
		}
		return filepath.Dir(initdb), nil
	}
	newest := found[0]
	for _, candidate := range found[1:] {
		if version(candidate) > version(newest) {
			newest = candidate
		}
	}
	return filepath.Dir(newest), nil
}

// version reads 15 from /usr/lib/postgresql/15/bin/initdb; what is no number counts as oldest.
func version(initdb string) int {
	number, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return number
}

func start() (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	account, err := serverAccount()
	if err != nil {
		return nil, err
	}
	folder, err := makeFolder(account)
	if err != nil {
		return nil, err
	}
	s, err := launch(bin, folder, account)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return s, nil
}

// serverAccount is the user the server runs as: PostgreSQL refuses root, so root steps down to the account
// of the Debian package. nil means the user who runs the tests.
func serverAccount() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("find an account other than root for the server: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("read the user id of postgres: %w", err)
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("read the group id of postgres: %w", err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func makeFolder(account *syscall.Credential) (string, error) {
	folder, err := os.MkdirTemp("", "hathor-pg-")
	if err != nil {
		return "", fmt.Errorf("make a folder for the server: %w", err)
	}
	if account == nil {
		return folder, nil
	}
	if err := os.Chown(folder, int(account.Uid), int(account.Gid)); err != nil {
		return "", errors.Join(fmt.Errorf("hand the folder to the server: %w", err), os.RemoveAll(folder))
	}
	return folder, nil
}

// launch starts guard in a session of its own, so that Ctrl-C reaches only the tests, and waits until the
// server answers.
func launch(bin, folder string, account *syscall.Credential) (*server, error) {
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		return nil, fmt.Errorf("make the server's log: %w", err)
	}
	defer func() { _ = log.Close() }()
	reading, writing, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make the server's lifeline: %w", err)
	}
	defer func() { _ = reading.Close() }()
	command := exec.Command("/bin/sh", "-c", guard, "hathor-pg", bin, folder)
	command.Dir = folder
	command.Stdin, command.Stdout, command.Stderr = reading, log, log
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: account}
	if err := command.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start the server: %w", err), writing.Close())
	}
	s := &server{folder: folder, lifeline: writing}
	if err := s.await(command.Process.Pid); err != nil {
		return nil, errors.Join(fmt.Errorf("%w\n%s", err, tail(log)), writing.Close())
	}
	return s, nil
}

// await tries until the server answers, its guard ends, or patience does.
func (s *server) await(guardian int) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		failure := s.execute("SELECT 1")
		if failure == nil {
			return nil
		}
		if ended, _ := syscall.Wait4(guardian, nil, syscall.WNOHANG, nil); ended == guardian {
			return errors.New("the server ended at once")
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			return fmt.Errorf("wait for the server: %w", failure)
		}
	}
}

// tail returns the last lines of the server's log.
func tail(log *os.File) string {
	text, err := io.ReadAll(io.NewSectionReader(log, 0, 1<<20))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}
