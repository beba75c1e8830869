package account

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hathor/internal/fault"
)

const (
	longestEmail       = 254
	longestPassword    = 128
	longestDisplayName = 100
	longestAvatarURL   = 2048
)

var usernamePattern = regexp.MustCompile(`^[a-zA-Z0-9_]+$`)

// Registration is what a new account is made of.
type Registration struct {
	Username    string
	Email       string
	Password    string
	DisplayName string // the user name when empty
	Invite      string // token of an invitation, empty without one
}

// Validate names every wrong field, nil when there is none.
func (r Registration) Validate() error {
	var c fault.Checks
	name := strings.TrimSpace(r.Username)
	length := utf8.RuneCountInString(name)
	c.Require(length >= 3 && length <= 50, "username", "Username must be 3-50 characters")
	c.Require(length < 3 || length > 50 || usernamePattern.MatchString(name), "username",
		"Username can only contain letters, numbers, and underscores")
	_, ok := normalEmail(r.Email)
	c.Require(ok, "email", "Invalid email address")
	checkPassword(&c, "password", r.Password)
	checkDisplayName(&c, r.DisplayName)
	return c.Err()
}

// Login is what a user signs in with. Username may be the address; Code is of the second factor, or a
// recovery code, and empty at first.
type Login struct{ Username, Password, Code string }

// Validate names what is missing. It says nothing about whether such a user can exist.
func (l Login) Validate() error {
	var c fault.Checks
	c.Require(strings.TrimSpace(l.Username) != "", "username", "Username is required")
	c.Require(l.Password != "", "password", "Password is required")
	return c.Err()
}

// PasswordChange is a new password, and the old one as proof.
type PasswordChange struct{ Current, New string }

// Validate names every wrong field, nil when there is none.
func (p PasswordChange) Validate() error {
	var c fault.Checks
	c.Require(p.Current != "", "currentPassword", "Current password is required")
	checkPassword(&c, "newPassword", p.New)
	return c.Err()
}

// Profile is a change of what others see of a user. What is nil stays as it is.
type Profile struct{ DisplayName, AvatarURL *string }

// Validate names every wrong field, nil when there is none.
func (p Profile) Validate() error {
	var c fault.Checks
	if p.DisplayName != nil {
		checkDisplayName(&c, *p.DisplayName)
	}
	if p.AvatarURL != nil {
		c.Require(goodAvatar(*p.AvatarURL), "avatarUrl", "Avatar must be a web address of at most 2048 characters")
	}
	return c.Err()
}

func checkPassword(c *fault.Checks, field, password string) {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		c.Require(false, field, "Password must be valid text")
	case length < 8:
		c.Require(false, field, "Password must be at least 8 characters")
	case length > longestPassword:
		c.Require(false, field, "Password must be at most 128 characters")
	}
	mixed := strings.ContainsFunc(password, unicode.IsUpper) && strings.ContainsFunc(password, unicode.IsLower) &&
		strings.ContainsFunc(password, unicode.IsNumber)
	c.Require(length < 8 || mixed, field, "Password must contain at least one uppercase letter, one lowercase letter, and one number")
}

func checkDisplayName(c *fault.Checks, name string) {
	name = strings.TrimSpace(name)
	c.Require(utf8.RuneCountInString(name) <= longestDisplayName, "displayName", "Display name must be at most 100 characters")
	printable := utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) && !joiner(r) })
	c.Require(printable, "displayName", "Display name must not contain control characters")
}

// joiner tells the two invisible marks that emoji and some scripts need.
func joiner(r rune) bool { return r == '\u200d' || r == '\u200c' }

func goodAvatar(address string) bool {
	if address == "" {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && len(address) <= longestAvatarURL && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// normalEmail returns the one form an address is kept and compared in: trimmed, in lower case.
func normalEmail(address string) (string, bool) {
	address = strings.ToLower(strings.TrimSpace(address))
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > longestEmail || strings.ContainsFunc(address, unicode.IsControl) {
		return "", false
	}
	_, domain, _ := strings.Cut(address, "@")
	dot := strings.LastIndexByte(domain, '.')
	return address, dot > 0 && dot < len(domain)-1 && !strings.ContainsAny(domain, "@[]\" ")
}

// loginKey is the form of what a user signs in with that users are found by.
func loginKey(login string) string { return strings.ToLower(strings.TrimSpace(login)) }
