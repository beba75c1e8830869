package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/household"
	"hathor/internal/sqlstore"
)

type userCommand struct {
	List        userList        `cmd:"" help:"List everybody with an account."`
	Create      userCreate      `cmd:"" help:"Make an account, whatever the policy of registration."`
	SetRole     userSetRole     `cmd:"" name:"set-role" help:"Make a user an admin or a member."`
	SetPassword userSetPassword `cmd:"" name:"set-password" help:"Give a user another password; all sessions of the user end."`
	Disable     userDisable     `cmd:"" help:"Keep a user out; all sessions end, and API keys are taken away."`
	Enable      userEnable      `cmd:"" help:"Let a user in again."`
	Delete      userDelete      `cmd:"" help:"Delete an account with all that is the user's own."`
	EndSessions userEndSessions `cmd:"" name:"end-sessions" help:"Sign a user out everywhere."`
	NoFactor    userNoFactor    `cmd:"" name:"remove-factor" help:"Take the second factor away from who has lost the phone and the recovery codes."`
}

// console is who works on the command line.
func console() account.Identity {
	return account.Identity{Device: account.Device{UserAgent: "hathor user (command line)"}}
}

// desk is what the commands work with: the features over the database, while a server may run on it.
type desk struct {
	accounts *account.Service
	homes    *household.Service
}

// withAccounts opens the accounts for one command. The data folder is not locked, so that a running server
// is not in the way; that notices within a second what was done.
// Only openOrMake makes a database; openExisting takes a missing one for a wrong setting.
func (i *invocation) withAccounts(open opener, do func(desk) error) (err error) {
	settings, err := i.checked()
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(i.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	db, err := i.liveDatabase(settings, open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	secret, err := signingSecret(settings, settings.DataDir)
	if err != nil {
		return err
	}
	now := clock.System{}
	accounts, err := account.NewService(sqlstore.NewAccounts(db), now, account.Settings{Secret: secret})
	if err != nil {
		return err
	}
	store := sqlstore.NewHousehold(db, now)
	return do(desk{accounts, household.NewService(household.Parts{Accounts: accounts, Departures: store, Belongings: store, Clock: now})})
}

// withUser is withAccounts for a command about one user.
func (i *invocation) withUser(login string, do func(desk, account.User) error) error {
	return i.withAccounts(openExisting, func(d desk) error {
		found, err := d.accounts.UserNamed(i.ctx, login)
		if err != nil {
			return err
		}
		return do(d, found)
	})
}

// report prints what a command did: as JSON, or as a sentence.
func (i *invocation) report(asJSON bool, value any, sentence string, args ...any) error {
	if asJSON {
		return json.NewEncoder(i.stdout).Encode(value)
	}
	_, err := fmt.Fprintf(i.stdout, sentence+"\n", args...)
	return err
}

// userLine is a user as the commands print one.
type userLine struct {
	ID          account.UserID `json:"id"`
	Username    string         `json:"username"`
	Email       string         `json:"email"`
	DisplayName string         `json:"displayName"`
	Role        account.Role   `json:"role"`
	Disabled    bool           `json:"disabled"`
}

func lineOf(u account.User) userLine {
	return userLine{u.ID, u.Username, u.Email, u.DisplayName, u.Role, u.Disabled()}
}

// show prints a user after a change.
func (i *invocation) show(d desk, u account.User, asJSON bool, sentence string, args ...any) error {
	now, err := d.accounts.User(i.ctx, u.ID)
	if err != nil {
		return err
	}
	return i.report(asJSON, map[string]any{"user": lineOf(now.User)}, sentence, args...)
}

type userList struct {
	Search string `arg:"" optional:"" help:"Part of a name or an address."`
	JSON   bool   `help:"As JSON."`
}

// listPage is how many users are read at once.
const listPage = 200

func (c *userList) Run(i *invocation) error {
	return i.withAccounts(openExisting, func(d desk) error {
		all, err := everybody(i.ctx, d, c.Search)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(i.stdout).Encode(map[string]any{"users": all})
		}
		table := tabwriter.NewWriter(i.stdout, 0, 0, 2, ' ', 0)
		rows := "ID\tNAME\tROLE\tSTATE\tSESSIONS\tLAST SEEN\n"
		for _, u := range all {
			state, seen := "enabled", "never"
			if u.Disabled {
				state = "disabled"
			}
			if u.LastSeenAt != nil {
				seen = u.LastSeenAt.Format(time.RFC3339)
			}
			rows += fmt.Sprintf("%d\t%s\t%s\t%s\t%d\t%s\n", u.ID, u.Username, u.Role, state, u.Sessions, seen)
		}
		_, err = io.WriteString(table, rows)
		return errors.Join(err, table.Flush())
	})
}

// listedUser is a user of the list.
type listedUser struct {
	userLine
	Factor     bool       `json:"hasFactor"`
	Sessions   int        `json:"sessions"`
	LastSeenAt *time.Time `json:"lastSeenAt"`
	Songs      int        `json:"songs"`
	Stored     int64      `json:"stored"`
}

func everybody(ctx context.Context, d desk, search string) ([]listedUser, error) {
	all := []listedUser{}
	q := account.HousemateQuery{Search: search, Limit: listPage}
	for {
		page, _, err := d.accounts.Users(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, u := range page {
			line := listedUser{userLine: lineOf(u.User), Factor: u.Factor, Sessions: u.Sessions, Songs: u.Songs, Stored: u.Stored}
			if !u.LastSeenAt.IsZero() {
				line.LastSeenAt = &u.LastSeenAt
			}
			all = append(all, line)
			q.After = u.Username
		}
		if len(page) < listPage {
			return all, nil
		}
	}
}

// passwordFlag is where a password comes from: never from the arguments, which everybody on the machine sees.
type passwordFlag struct {
	PasswordStdin bool `name:"password-stdin" help:"Read the password from standard input, one line; without this one is made and printed once."`
}

// password returns the password, and the same again where it was made and must be shown.
func (f passwordFlag) password(i *invocation) (password, made string, err error) {
	if !f.PasswordStdin {
		made := account.MakePassword()
		return made, made, nil
	}
	line, err := bufio.NewReader(i.stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", "", fmt.Errorf("read password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), "", nil
}

// reportPassword prints a user with the password that was made, if any.
func (i *invocation) reportPassword(asJSON bool, u account.User, made, sentence string) error {
	value := map[string]any{"user": lineOf(u)}
	if made != "" {
		value["password"] = made
		sentence += "\npassword: " + made
	}
	return i.report(asJSON, value, "%s", sentence)
}

type userCreate struct {
	Name        string `arg:"" help:"User name."`
	Email       string `required:"" help:"Address, unique."`
	DisplayName string `name:"display-name" help:"Name that others see; the user name when left out."`
	Role        string `enum:"admin,member," default:"" help:"admin or member; the first account is always the admin's."`
	passwordFlag
	JSON bool `help:"As JSON."`
}

func (c *userCreate) Run(i *invocation) error {
	password, made, err := c.password(i)
	if err != nil {
		return err
	}
	return i.withAccounts(openOrMake, func(d desk) error {
		u, err := d.accounts.CreateUser(i.ctx, console(), account.Registration{
			Username: c.Name, Email: c.Email, DisplayName: c.DisplayName, Password: password,
		}, account.Role(c.Role))
		if err != nil {
			return err
		}
		return i.reportPassword(c.JSON, u, made, "made the account "+u.Username+", role "+string(u.Role))
	})
}

type userSetPassword struct {
	Name string `arg:"" help:"User name or address."`
	passwordFlag
	JSON bool `help:"As JSON."`
}

func (c *userSetPassword) Run(i *invocation) error {
	password, made, err := c.password(i)
	if err != nil {
		return err
	}
	return i.withUser(c.Name, func(d desk, u account.User) error {
		if err := d.accounts.SetPassword(i.ctx, console(), u.ID, password); err != nil {
			return err
		}
		return i.reportPassword(c.JSON, u, made, "changed the password of "+u.Username+" and ended all sessions")
	})
}

type userSetRole struct {
	Name string `arg:"" help:"User name or address."`
	Role string `arg:"" enum:"admin,member" help:"admin or member."`
	JSON bool   `help:"As JSON."`
}

func (c *userSetRole) Run(i *invocation) error {
	role := account.Role(c.Role)
	return i.change(c.Name, c.JSON, account.MemberChange{Role: &role}, "is now "+c.Role)
}

type userDisable struct {
	Name string `arg:"" help:"User name or address."`
	JSON bool   `help:"As JSON."`
}

func (c *userDisable) Run(i *invocation) error {
	out := true
	return i.change(c.Name, c.JSON, account.MemberChange{Disabled: &out}, "is disabled")
}

type userEnable struct {
	Name string `arg:"" help:"User name or address."`
	JSON bool   `help:"As JSON."`
}

func (c *userEnable) Run(i *invocation) error {
	out := false
	return i.change(c.Name, c.JSON, account.MemberChange{Disabled: &out}, "is enabled")
}

func (i *invocation) change(name string, asJSON bool, change account.MemberChange, what string) error {
	return i.withUser(name, func(d desk, u account.User) error {
		if err := d.accounts.ChangeUser(i.ctx, console(), u.ID, change); err != nil {
			return err
		}
		return i.show(d, u, asJSON, "%s %s", u.Username, what)
	})
}

type userDelete struct {
	Name    string `arg:"" help:"User name or address."`
	Uploads string `enum:"keep,delete" default:"keep" help:"keep or delete what the user uploaded to shared libraries. The private library always goes."`
	JSON    bool   `help:"As JSON."`
}

func (c *userDelete) Run(i *invocation) error {
	return i.withUser(c.Name, func(d desk, u account.User) error {
		if err := d.homes.Remove(i.ctx, console(), u.ID, household.Uploads(c.Uploads)); err != nil {
			return err
		}
		return i.report(c.JSON, map[string]any{"deleted": lineOf(u)}, "deleted %s; a running server removes the files within a minute", u.Username)
	})
}

type userEndSessions struct {
	Name string `arg:"" help:"User name or address."`
	JSON bool   `help:"As JSON."`
}

func (c *userEndSessions) Run(i *invocation) error {
	return i.withUser(c.Name, func(d desk, u account.User) error {
		n, err := d.accounts.EndSessionsOf(i.ctx, console(), u.ID)
		if err != nil {
			return err
		}
		return i.report(c.JSON, map[string]int{"ended": n}, "ended %d sessions of %s", n, u.Username)
	})
}

type userNoFactor struct {
	Name string `arg:"" help:"User name or address."`
	JSON bool   `help:"As JSON."`
}

func (c *userNoFactor) Run(i *invocation) error {
	return i.withUser(c.Name, func(d desk, u account.User) error {
		if err := d.accounts.RemoveFactor(i.ctx, console(), u.ID); err != nil {
			return err
		}
		return i.show(d, u, c.JSON, "%s signs in by the password alone", u.Username)
	})
}
