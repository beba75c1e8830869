package httpapi_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"hathor/internal/account"
	"hathor/internal/httpapi"
)

// phone is an authenticator app, written anew so that it does not agree with the server by being the same code.
type phone struct {
	t      *testing.T
	n      *node
	secret []byte
}

// code is what the phone shows when its clock is off by so much.
func (p phone) code(off time.Duration) string {
	var step [8]byte
	binary.BigEndian.PutUint64(step[:], uint64(p.n.clock.Now().Add(off).Unix()/30))
	mac := hmac.New(sha1.New, p.secret)
	mac.Write(step[:])
	sum := mac.Sum(nil)
	at := sum[19] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:at+4])<<1>>1%1000000)
}

type setupAnswer struct {
	Secret, URI string
	QR          struct {
		Size int
		Path string
	}
}

type recoveryAnswer struct{ RecoveryCodes []string }

type factorAnswer struct {
	Enabled, Required bool
	RecoveryCodesLeft int
}

// startFactor begins with a second factor.
func (n *node) startFactor(t *testing.T, token string) phone {
	t.Helper()
	setup := decode[setupAnswer](n.send(t, ask{method: http.MethodPost, path: "/auth/factor", token: token}).want(http.StatusCreated))
	secret, err := base32.StdEncoding.DecodeString(setup.Secret)
	if err != nil || len(secret) != 20 || !strings.Contains(setup.URI, "secret="+setup.Secret) || setup.QR.Size < 21 || setup.QR.Path == "" {
		t.Fatalf("got %+v %v", setup, err)
	}
	return phone{t, n, secret}
}

func (n *node) enable(t *testing.T, token, code string) answer {
	t.Helper()
	return n.send(t, ask{method: http.MethodPost, path: "/auth/factor/enable", token: token, body: `{"code":"` + code + `"}`})
}

// withFactor gives a new user a second factor; the step of now is used.
func (n *node) withFactor(t *testing.T, name string) (signed, phone, []string) {
	t.Helper()
	tokens := n.register(t, name)
	app := n.startFactor(t, tokens.Token)
	codes := decode[recoveryAnswer](n.enable(t, tokens.Token, app.code(0)).want(http.StatusOK)).RecoveryCodes
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	return tokens, app, codes
}

func (n *node) loginWith(t *testing.T, name, code string) answer {
	t.Helper()
	return n.post(t, "/auth/login", `{"username":"`+name+`","password":"`+goodPassword+`","totp":"`+code+`"}`)
}

func (n *node) factor(t *testing.T, token string) factorAnswer {
	t.Helper()
	return decode[factorAnswer](n.send(t, ask{path: "/auth/factor", token: token}).want(http.StatusOK))
}

// wantCode is want with the machine word.
func (a answer) wantCode(status int, code string) problem {
	a.t.Helper()
	p := decode[problem](a.want(status))
	if p.Code != code {
		a.t.Errorf("got code %q, want %q", p.Code, code)
	}
	return p
}

// wantField is a validation fault of this one field.
func (a answer) wantField(field string) {
	a.t.Helper()
	if p := decode[problem](a.want(http.StatusBadRequest)); len(p.Details) != 1 || p.Details[0].Field != field {
		a.t.Errorf("got %+v, want a fault of %s", p, field)
	}
}

func TestSignInWithASecondFactor(t *testing.T) {
	n := newNode(t, setup{})
	_, app, _ := n.withFactor(t, "anna")
	n.post(t, "/auth/login", loginBody("anna", "Wrong1horse")).wantCode(http.StatusUnauthorized, "invalid_credentials")
	n.post(t, "/auth/login", loginBody("anna", goodPassword)).wantCode(http.StatusUnauthorized, "totp_required")
	n.loginWith(t, "anna", app.code(0)).wantCode(http.StatusUnauthorized, "totp_invalid") // used by the enabling
	n.loginWith(t, "anna", app.code(-30*time.Second)).wantCode(http.StatusUnauthorized, "totp_invalid")
	n.loginWith(t, "anna", app.code(60*time.Second)).wantCode(http.StatusUnauthorized, "totp_invalid")
	for _, odd := range []string{"000", "12345678901234567890", "abcdef", "recovery", "' OR 1=1 --"} {
		n.loginWith(t, "anna", odd).wantCode(http.StatusUnauthorized, "totp_invalid")
	}
	// A wrong password with a right code says nothing of the code, and does not use it up.
	next := app.code(30 * time.Second)
	n.post(t, "/auth/login", `{"username":"anna","password":"Wrong1horse","totp":"`+next+`"}`).wantCode(http.StatusUnauthorized, "invalid_credentials")
	n.loginWith(t, "anna", next[:3]+" "+next[3:]).want(http.StatusOK) // a phone whose clock is ahead
	n.loginWith(t, "anna", next).wantCode(http.StatusUnauthorized, "totp_invalid")
	n.clock.Advance(30 * time.Second)
	n.loginWith(t, "anna", app.code(0)).wantCode(http.StatusUnauthorized, "totp_invalid") // the same step
	n.clock.Advance(60 * time.Second)
	n.loginWith(t, "anna", app.code(-30*time.Second)).want(http.StatusOK) // a phone whose clock is behind
	n.loginWith(t, "anna", app.code(0)).want(http.StatusOK)
	n.register(t, "ben")
	n.loginWith(t, "ben", "123456").want(http.StatusOK) // without a second factor a code says nothing
}

func TestOneCodeSignsInOnceAcrossNodes(t *testing.T) {
	n := newNode(t, setup{})
	other := joinNode(t, setup{}, n.db, n.clock)
	_, app, recovery := n.withFactor(t, "anna")
	n.clock.Advance(time.Minute)
	for _, code := range []string{app.code(0), recovery[3]} {
		statuses := make(chan int)
		for i := range 8 {
			go func() { statuses <- []*node{n, other}[i%2].loginWith(t, "anna", code).status }()
		}
		in := 0
		for range 8 {
			switch status := <-statuses; status {
			case http.StatusOK:
				in++
			case http.StatusUnauthorized:
			default:
				t.Errorf("got %d", status)
			}
		}
		if in != 1 {
			t.Errorf("%s signed in %d times", code, in)
		}
	}
}

func TestRecoveryCodesSignInOnce(t *testing.T) {
	n := newNode(t, setup{})
	tokens, app, codes := n.withFactor(t, "anna")
	n.loginWith(t, "anna", strings.ToUpper(strings.ReplaceAll(codes[0], "-", " "))).want(http.StatusOK)
	n.loginWith(t, "anna", codes[0]).wantCode(http.StatusUnauthorized, "totp_invalid")
	if got := n.factor(t, tokens.Token); !got.Enabled || got.RecoveryCodesLeft != 9 || got.Required {
		t.Errorf("got %+v", got)
	}
	_, _, bens := n.withFactor(t, "ben")
	n.loginWith(t, "anna", bens[0]).wantCode(http.StatusUnauthorized, "totp_invalid")

	more := decode[recoveryAnswer](n.send(t, ask{method: http.MethodPost, path: "/auth/factor/recovery-codes", token: tokens.Token}).want(http.StatusOK))
	n.loginWith(t, "anna", codes[1]).wantCode(http.StatusUnauthorized, "totp_invalid")
	n.loginWith(t, "anna", more.RecoveryCodes[9]).want(http.StatusOK)
	n.clock.Advance(time.Minute)
	n.loginWith(t, "anna", app.code(0)).want(http.StatusOK)
}

func TestSetUpOfASecondFactor(t *testing.T) {
	n := newNode(t, setup{})
	token := n.register(t, "anna").Token
	if got := n.factor(t, token); got != (factorAnswer{}) {
		t.Errorf("at first: %+v", got)
	}
	n.enable(t, token, "123456").wantCode(http.StatusConflict, "factor_not_started")
	n.send(t, ask{method: http.MethodPost, path: "/auth/factor/recovery-codes", token: token}).want(http.StatusNotFound)
	off := ask{method: http.MethodDelete, path: "/auth/factor", token: token, body: `{"code":"123456"}`}
	n.send(t, off).want(http.StatusNotFound)

	old := n.startFactor(t, token)
	n.login(t, "anna") // what was only started asks nobody for a code
	app := n.startFactor(t, token)
	n.enable(t, token, "").wantField("code")
	n.enable(t, token, old.code(0)).wantField("code")
	n.clock.Advance(61 * time.Minute)
	token = n.login(t, "anna").Token
	n.enable(t, token, app.code(0)).wantCode(http.StatusConflict, "factor_not_started")
	app = n.startFactor(t, token)
	n.enable(t, token, app.code(0)).want(http.StatusOK)
	n.enable(t, token, app.code(30*time.Second)).wantCode(http.StatusConflict, "factor_enabled")
	n.send(t, ask{method: http.MethodPost, path: "/auth/factor", token: token}).wantCode(http.StatusConflict, "factor_enabled")

	off.token = token
	n.send(t, off).wantField("code")
	off.body = `{"code":"` + app.code(0) + `"}`
	n.send(t, off).wantField("code") // used by the enabling
	off.body = `{"code":"` + app.code(30*time.Second) + `"}`
	n.send(t, off).want(http.StatusNoContent)
	if got := n.factor(t, token); got != (factorAnswer{}) {
		t.Errorf("switched off: %+v", got)
	}
	n.login(t, "anna")
}

func TestTheEnablingReachesOtherSessions(t *testing.T) {
	n := newNode(t, setup{})
	here := n.register(t, "anna")
	there := n.login(t, "anna")
	fresh := ask{method: http.MethodPost, path: "/auth/factor", token: there.Token}
	app := n.startFactor(t, here.Token)
	n.enable(t, here.Token, app.code(0)).want(http.StatusOK)
	// It stays signed in, but what is dangerous wants a code from it first.
	n.profile(t, ask{token: there.Token}).want(http.StatusOK)
	n.send(t, fresh).wantCode(http.StatusForbidden, "confirm_required")
	n.send(t, ask{method: http.MethodPost, path: "/auth/factor", token: here.Token}).wantCode(http.StatusConflict, "factor_enabled")

	carla := n.register(t, "carla")
	elsewhere := n.login(t, "carla")
	app = n.startFactor(t, carla.Token)
	n.send(t, ask{method: http.MethodPost, path: "/auth/factor/enable", token: carla.Token,
		body: `{"code":"` + app.code(0) + `","endOthers":true}`}).want(http.StatusOK)
	n.profile(t, ask{token: elsewhere.Token}).want(http.StatusUnauthorized)
	n.profile(t, ask{token: carla.Token}).want(http.StatusOK)
}

func TestConfirmationMakesASessionFresh(t *testing.T) {
	n := newNode(t, setup{})
	other := joinNode(t, setup{}, n.db, n.clock)
	tokens, app, _ := n.withFactor(t, "anna")
	token := tokens.Token
	more := ask{method: http.MethodPost, path: "/auth/factor/recovery-codes"}
	try := func(n *node) answer { more.token = token; return n.send(t, more) }
	confirm := func(body string) answer {
		return n.send(t, ask{method: http.MethodPost, path: "/auth/confirm", token: token, body: body})
	}
	n.clock.Advance(account.FreshFor - time.Second)
	try(n).want(http.StatusOK)
	n.clock.Advance(time.Second)
	token = decode[signed](n.refresh(t, tokens.RefreshToken).want(http.StatusOK)).Token // going on is no confirmation
	try(n).wantCode(http.StatusForbidden, "confirm_required")
	try(other).wantCode(http.StatusForbidden, "confirm_required")

	confirm(`{"password":"Wrong1horse","totp":"` + app.code(0) + `"}`).wantField("password")
	if p := confirm(`{"password":"`+goodPassword+`"}`).wantCode(http.StatusBadRequest, "totp_required"); len(p.Details) != 1 || p.Details[0].Field != "totp" {
		t.Errorf("got %+v", p)
	}
	confirm(`{"password":"` + goodPassword + `","totp":"000000"}`).wantField("totp")
	try(n).wantCode(http.StatusForbidden, "confirm_required")
	confirm(`{"password":"` + goodPassword + `","totp":"` + app.code(0) + `"}`).want(http.StatusNoContent)
	try(n).want(http.StatusOK) // at once
	confirm(`{"password":"` + goodPassword + `","totp":"` + app.code(0) + `"}`).wantField("totp")
	n.clock.Advance(time.Second)
	codes := decode[recoveryAnswer](try(other).want(http.StatusOK)).RecoveryCodes

	n.clock.Advance(-account.FreshFor) // a clock that was set back makes nothing fresh
	try(n).wantCode(http.StatusForbidden, "confirm_required")
	n.clock.Advance(3 * account.FreshFor)
	token = n.loginWith(t, "anna", codes[0]).want(http.StatusOK).token()
	try(n).want(http.StatusOK)
}

func (a answer) token() string { return decode[signed](a).Token }

func TestWrongCodesCountAsFailedSignIns(t *testing.T) {
	n := newNode(t, setup{limits: httpapi.Limits{Auth: httpapi.Rate{Count: 5, Per: time.Hour}}})
	tokens, app, _ := n.withFactor(t, "anna")
	n.clock.Advance(2 * time.Hour)
	from := func(address, code string) answer {
		return n.send(t, ask{method: http.MethodPost, path: "/auth/login", from: address,
			body: `{"username":"anna","password":"` + goodPassword + `","totp":"` + code + `"}`})
	}
	for range 10 { // the first half of a sign-in is no failure
		from("198.51.100.7:1", "").wantCode(http.StatusUnauthorized, "totp_required")
	}
	for range 5 {
		from("198.51.100.7:1", "000000").wantCode(http.StatusUnauthorized, "totp_invalid")
	}
	from("198.51.100.7:1", app.code(0)).wantError(http.StatusTooManyRequests, tooManyAttempts)
	from("198.51.100.8:1", app.code(0)).wantError(http.StatusTooManyRequests, tooManyAttempts) // the account's
	n.send(t, ask{method: http.MethodPost, path: "/auth/login", from: "198.51.100.7:1", body: loginBody("ben", "Wrong1horse")}).
		wantError(http.StatusTooManyRequests, tooManyAttempts) // the address's

	token := decode[signed](n.refresh(t, tokens.RefreshToken).want(http.StatusOK)).Token
	confirm := ask{method: http.MethodPost, path: "/auth/confirm", token: token, body: `{"password":"` + goodPassword + `","totp":"000000"}`}
	for range 5 {
		n.send(t, confirm).wantField("totp")
	}
	n.send(t, confirm).wantError(http.StatusTooManyRequests, tooManyAttempts)
}

func TestAnAdminMayNeedASecondFactor(t *testing.T) {
	n := newNode(t, setup{strict: true})
	admin := n.register(t, "ada")
	metrics := ask{path: "/metrics"}
	asAdmin := func(token string) answer { metrics.token = token; return n.send(t, metrics) }
	asAdmin(admin.Token).wantCode(http.StatusForbidden, "factor_required")
	if got := n.factor(t, admin.Token); !got.Required || got.Enabled {
		t.Errorf("got %+v", got)
	}
	made := decode[madeKey](n.send(t, ask{method: http.MethodPost, path: "/auth/api-keys", token: admin.Token, body: `{"name":"k","scope":"read"}`}).want(http.StatusCreated))
	asAdmin(made.Key).wantCode(http.StatusForbidden, "factor_required")

	app := n.startFactor(t, admin.Token)
	n.enable(t, admin.Token, app.code(0)).want(http.StatusOK)
	if a := asAdmin(admin.Token); a.status != http.StatusOK {
		t.Errorf("with a second factor: %d", a.status)
	}
	if a := asAdmin(made.Key); a.status != http.StatusOK {
		t.Errorf("a key, with a second factor: %d", a.status)
	}
	off := ask{method: http.MethodDelete, path: "/auth/factor", token: admin.Token, body: `{"code":"` + app.code(30*time.Second) + `"}`}
	n.send(t, off).wantCode(http.StatusConflict, "factor_required")

	member := n.register(t, "ben")
	asAdmin(member.Token).wantCode(http.StatusForbidden, "admin_only")
	if got := n.factor(t, member.Token); got.Required {
		t.Error("a member is told to need one")
	}
	app = n.startFactor(t, member.Token)
	n.enable(t, member.Token, app.code(0)).want(http.StatusOK)
	off.token, off.body = member.Token, `{"code":"`+app.code(30*time.Second)+`"}`
	n.send(t, off).want(http.StatusNoContent)

	if err := n.accounts.RemoveFactor(t.Context(), account.Identity{Role: account.Admin}, account.UserID(admin.User.ID)); err != nil {
		t.Fatal(err)
	}
	asAdmin(admin.Token).wantCode(http.StatusForbidden, "factor_required")
}

func TestAFactorSealedWithAnotherSecret(t *testing.T) {
	n := newNode(t, setup{})
	_, app, codes := n.withFactor(t, "anna")
	n.clock.Advance(time.Minute)
	moved := joinNode(t, setup{secret: "another secret of more than thirty-two bytes"}, n.db, n.clock)
	a := moved.loginWith(t, "anna", app.code(0))
	a.wantCode(http.StatusInternalServerError, "internal")
	moved.loginWith(t, "anna", codes[0]).want(http.StatusOK) // the way back in
}
