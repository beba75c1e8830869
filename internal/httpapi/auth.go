package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
	"hathor/internal/fault"
)

// authBody is the most bytes a body about accounts may have.
const authBody = 64 << 10

// auth answers the routes that sign in and out.
type auth struct {
	accounts *account.Service
	limits   *limits
}

func registerAuth(a *api, s Services) {
	h := auth{s.Accounts, s.limits}
	register(a, operation{id: "register", method: http.MethodPost, path: "/auth/register", access: Public, status: http.StatusCreated,
		tag: "Accounts", summary: "Make an account and sign in", maxBody: authBody,
		errors: []int{http.StatusForbidden, http.StatusConflict}}, h.register)
	register(a, operation{id: "login", method: http.MethodPost, path: "/auth/login", access: Public, tag: "Accounts",
		summary: "Sign in", maxBody: authBody, errors: []int{http.StatusUnauthorized, http.StatusForbidden}}, h.login)
	register(a, operation{id: "refresh", method: http.MethodPost, path: "/auth/refresh", access: Public, tag: "Accounts",
		summary: "Get new tokens for a refresh token, which is used up, or an access token for the session cookie", maxBody: authBody,
		errors: []int{http.StatusUnauthorized, http.StatusForbidden}}, h.refresh)
	register(a, operation{id: "logout", method: http.MethodPost, path: "/auth/logout", access: Public, status: http.StatusNoContent,
		tag: "Accounts", summary: "Sign out", maxBody: authBody, errors: []int{http.StatusForbidden}}, h.logout)
	register(a, operation{id: "confirmSession", method: http.MethodPost, path: "/auth/confirm", access: InPerson,
		status: http.StatusNoContent, tag: "Accounts", maxBody: authBody,
		summary: "Prove to be the one who signed in: for 15 minutes the session may do what wants a fresh sign-in"}, h.confirm)
	register(a, operation{id: "changePassword", method: http.MethodPost, path: "/auth/password", access: InPerson,
		status: http.StatusNoContent, tag: "Accounts", summary: "Change the password; other sessions end", maxBody: authBody,
		errors: []int{http.StatusForbidden}}, h.changePassword)
}

type registerBody struct {
	Username    string  `json:"username" doc:"3 to 50 letters, numbers and underscores; unique without case"`
	Email       string  `json:"email" doc:"Unique"`
	Password    string  `json:"password" doc:"8 to 128 characters, with an upper-case letter, a lower-case letter and a number"`
	DisplayName *string `json:"displayName,omitempty" nullable:"true" doc:"At most 100 characters; the user name when left out"`
	Invite      string  `json:"invite,omitempty" maxLength:"200" doc:"The token of an invitation; decides the role and what may be heard"`
	Client      string  `json:"client,omitempty" doc:"\"web\" signs in by a cookie, anything else by tokens"`
}

func (b *registerBody) registration() account.Registration {
	r := account.Registration{Username: b.Username, Email: b.Email, Password: b.Password, Invite: b.Invite}
	if b.DisplayName != nil {
		r.DisplayName = *b.DisplayName
	}
	return r
}

// Resolve adds what the feature finds wrong to what the schema does.
func (b *registerBody) Resolve(huma.Context) []error { return wrong(b.registration().Validate()) }

type loginBody struct {
	Username string `json:"username" doc:"The user name or the e-mail address"`
	Password string `json:"password"`
	TOTP     string `json:"totp,omitempty" doc:"A code of the second factor, or a recovery code; asked for by totp_required"`
	Client   string `json:"client,omitempty" doc:"\"web\" signs in by a cookie, anything else by tokens"`
}

// Resolve adds what the feature finds wrong to what the schema does.
func (b *loginBody) Resolve(huma.Context) []error {
	return wrong(account.Login{Username: b.Username, Password: b.Password}.Validate())
}

// wrong is a validation's outcome as huma wants it.
func wrong(err error) []error {
	if err == nil {
		return nil
	}
	return []error{err}
}

type grantOutput struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Message      string   `json:"message"`
		Token        string   `json:"token,omitempty" doc:"Access token, sent as Bearer; not for the web client"`
		RefreshToken string   `json:"refreshToken,omitempty" doc:"Not for the web client"`
		User         userView `json:"user"`
	}
}

func newGrantOutput(ctx context.Context, message string, g account.Grant) *grantOutput {
	out := &grantOutput{}
	out.Body.Message, out.Body.User = message, viewUser(g.User)
	out.Body.Token, out.Body.RefreshToken = g.Access, g.Refresh
	if g.Cookie != "" {
		out.SetCookie = []http.Cookie{newCookie(ctx, g.Cookie)}
	}
	return out
}

func clientNamed(ctx context.Context, name string) account.Client {
	return account.Client{Web: name == "web", Device: clientOf(ctx).device()}
}

func (h auth) register(ctx context.Context, in *struct{ Body registerBody }) (*grantOutput, error) {
	g, err := h.accounts.Register(ctx, in.Body.registration(), clientNamed(ctx, in.Body.Client))
	if err != nil {
		return nil, err
	}
	return newGrantOutput(ctx, "Welcome to Hathor", g), nil
}

// login counts the attempt against the account before it is made, and gives it back unless it failed.
func (h auth) login(ctx context.Context, in *struct{ Body loginBody }) (*grantOutput, error) {
	name := in.Body.Username
	key := accountKey(name)
	stands := h.limits.account.take(ctx, key)
	if stands.blind {
		return nil, errBlind
	}
	if stands.refused {
		if err := h.lockedOut(ctx, name, stands); err != nil {
			return nil, err
		}
	}
	g, err := h.accounts.Login(ctx, account.Login{Username: name, Password: in.Body.Password, Code: in.Body.TOTP},
		clientNamed(ctx, in.Body.Client))
	failed := account.IsFailedSignIn(err)
	factsOf(ctx).failedSignIn = failed
	if !stands.refused && !failed {
		h.limits.account.giveBack(ctx, key)
	}
	if err != nil {
		return nil, err
	}
	if who := identity(ctx); who.Cookie && in.Body.Client == "web" {
		// The browser is about to forget the cookie of this session, so nobody could end it.
		if err := h.accounts.EndSession(ctx, who, who.Session); err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
	}
	return newGrantOutput(ctx, "Signed in", g), nil
}

// lockedOut refuses strangers at an account where too many sign-ins failed. Who has a living session from
// the same address is no stranger, so that nobody can keep a user out for ever by failing on purpose.
func (h auth) lockedOut(ctx context.Context, name string, stands standing) error {
	known, err := h.accounts.KnowsAddress(ctx, name, clientOf(ctx).ip)
	if err != nil || known {
		return err
	}
	return refusedBy(ctx, stands)
}

// refusedBy is the answer of a limit that a handler found reached.
func refusedBy(ctx context.Context, stands standing) error {
	p := problem(ctx, stands.err(errTooManyAttempts))
	p.headers = http.Header{}
	stands.describe(p.headers)
	return p
}

// accountKey is the limiter's key of what somebody signs in with, bounded in length.
func accountKey(login string) string {
	key := strings.ToLower(strings.TrimSpace(login))
	return "login:" + key[:min(len(key), 254)]
}

type tokenInput struct {
	Body *struct {
		RefreshToken string `json:"refreshToken,omitempty" doc:"The session cookie counts without one"`
	}
}

func (in *tokenInput) token() string {
	if in.Body == nil {
		return ""
	}
	return in.Body.RefreshToken
}

type tokensView struct {
	Token        string `json:"token"`
	RefreshToken string `json:"refreshToken,omitempty" doc:"Absent with a session cookie, which stays the same"`
}

func (h auth) refresh(ctx context.Context, in *tokenInput) (*answer[tokensView], error) {
	tokens, err := h.refreshed(ctx, in.token())
	if err != nil {
		return nil, err
	}
	return &answer[tokensView]{tokensView{Token: tokens.Access, RefreshToken: tokens.Refresh}}, nil
}

func (h auth) refreshed(ctx context.Context, token string) (account.Tokens, error) {
	if token != "" {
		return h.accounts.Refresh(ctx, token)
	}
	if who := identity(ctx); who.Cookie {
		return h.accounts.RefreshCookie(ctx, who)
	}
	return account.Tokens{}, notSignedIn(ctx)
}

type goneOutput struct {
	SetCookie []http.Cookie `header:"Set-Cookie"`
}

// logout ends the session of the refresh token, and the one the request is signed in by.
func (h auth) logout(ctx context.Context, in *tokenInput) (*goneOutput, error) {
	if err := factsOf(ctx).refusal; err != nil && fault.KindOf(err) != fault.Unauthenticated {
		return nil, err // the session may live and could not be ended
	}
	if token := in.token(); token != "" {
		if err := h.accounts.Logout(ctx, identity(ctx), token); err != nil {
			return nil, err
		}
	}
	if who := identity(ctx); who.SignedIn() {
		if err := h.accounts.EndSession(ctx, who, who.Session); err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
	}
	return &goneOutput{SetCookie: []http.Cookie{goneCookie(ctx)}}, nil
}

type passwordBody struct {
	CurrentPassword string `json:"currentPassword"`
	NewPassword     string `json:"newPassword" doc:"8 to 128 characters, with an upper-case letter, a lower-case letter and a number"`
}

func (b *passwordBody) change() account.PasswordChange {
	return account.PasswordChange{Current: b.CurrentPassword, New: b.NewPassword}
}

// Resolve adds what the feature finds wrong to what the schema does.
func (b *passwordBody) Resolve(huma.Context) []error { return wrong(b.change().Validate()) }

func (h auth) changePassword(ctx context.Context, in *struct{ Body passwordBody }) (*struct{}, error) {
	return nil, h.limits.proof(ctx, func() error {
		return h.accounts.ChangePassword(ctx, identity(ctx), in.Body.change())
	})
}
