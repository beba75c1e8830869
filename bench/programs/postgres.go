package programs

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/jackc/pgx/v5"
)

// Postgres is a PostgreSQL with its own settings (it writes durably), which listens on a socket in its folder.
type Postgres struct {
	*process
	folder string
}

// StartPostgres makes a cluster below scratch and runs it. Whoever starts it ends it.
func StartPostgres(ctx context.Context, scratch string) (*Postgres, error) {
	initdb, err := find("initdb", "/usr/lib/postgresql/*/bin")
	if err != nil {
		return nil, err
	}
	account, err := notRoot()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp(scratch, "postgres-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for PostgreSQL: %w", err)
	}
	if account != nil {
		if err := errors.Join(os.Chmod(scratch, 0o755), os.Chown(folder, int(account.Uid), int(account.Gid))); err != nil {
			return nil, fmt.Errorf("hand a folder to PostgreSQL: %w", err)
		}
	}
	data := filepath.Join(folder, "data")
	cluster := exec.CommandContext(ctx, initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions")
	cluster.Dir = folder
	as(cluster, account)
	if said, err := cluster.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("make a PostgreSQL: %w\n%s", err, said)
	}
	command := exec.Command(filepath.Join(filepath.Dir(initdb), "postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=")
	command.Dir = folder
	as(command, account)
	p, err := begin("PostgreSQL", filepath.Join(scratch, "postgres.log"), nil, command)
	if err != nil {
		return nil, err
	}
	s := &Postgres{p, folder}
	if err := p.await(func() error { return s.execute(ctx, "SELECT 1") }); err != nil {
		return nil, errors.Join(err, s.End())
	}
	return s, nil
}

// notRoot is the account of Debian's package where this process is root, which PostgreSQL refuses; else nil.
func notRoot() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	found, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root: %w", err)
	}
	uid, err := strconv.ParseUint(found.Uid, 10, 32)
	gid, also := strconv.ParseUint(found.Gid, 10, 32)
	if err := errors.Join(err, also); err != nil {
		return nil, fmt.Errorf("read the account of PostgreSQL: %w", err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// URL is the address of a database.
func (p *Postgres) URL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/" + database, RawQuery: url.Values{"host": {p.folder}}.Encode()}
	return u.String()
}

// Create makes an empty database.
func (p *Postgres) Create(ctx context.Context, database string) error {
	return p.execute(ctx, "CREATE DATABASE "+database)
}

// Settle does what PostgreSQL does by itself after a while: sizes and plans are then those of a server that has
// run for a day.
func (p *Postgres) Settle(ctx context.Context, database string) error {
	return p.in(ctx, database, func(c *pgx.Conn) error { _, err := c.Exec(ctx, "VACUUM ANALYZE"); return err })
}

// Size is how many bytes a database takes beyond an empty one.
func (p *Postgres) Size(ctx context.Context, database string) (size int64, err error) {
	err = p.in(ctx, database, func(c *pgx.Conn) error {
		return c.QueryRow(ctx, "SELECT pg_database_size($1) - pg_database_size('template1')", database).Scan(&size)
	})
	return size, err
}

func (p *Postgres) execute(ctx context.Context, statement string) error {
	return p.in(ctx, "postgres", func(c *pgx.Conn) error { _, err := c.Exec(ctx, statement); return err })
}

func (p *Postgres) in(ctx context.Context, database string, do func(*pgx.Conn) error) error {
	c, err := pgx.Connect(ctx, p.URL(database))
	if err != nil {
		return fmt.Errorf("reach PostgreSQL: %w", err)
	}
	defer func() { _ = c.Close(ctx) }()
	if err := do(c); err != nil {
		return fmt.Errorf("ask PostgreSQL: %w", err)
	}
	return nil
}

// End stops the server and all its processes.
func (p *Postgres) End() error { return p.end(syscall.SIGINT) }

// PID is the parent of all processes of the server.
func (p *Postgres) PID() int { return p.pid() }
