package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"hathor/internal/account"
	"hathor/internal/fault"
)

// Access is who may call a route. Each route declares one; a route without does not start.
type Access string

// The rules. Listening is SignedIn where a POST changes nothing either, so that a key that reads may do it. Signed is for routes that a player element calls: a session, a key or a signed address.
// InPerson is for what concerns the account itself: a session, never an API key. The fresh rules want the
// password, and the second factor where there is one, to have been given to this session lately; they are
// for what a thief of an open browser must not do.
const (
	Public        Access = "public"
	SignedIn      Access = "signedIn"
	Listening     Access = "listening"
	Signed        Access = "signed"
	InPerson      Access = "inPerson"
	FreshSignedIn Access = "freshSignedIn"
	AdminOnly     Access = "admin"
	FreshAdmin    Access = "freshAdmin"
)

var (
	errNotSignedIn = fault.New(fault.Unauthenticated, "not_signed_in", "Please sign in")
	errAdminOnly   = fault.New(fault.Forbidden, "admin_only", "Only an admin may do this")
	errConfirm     = fault.New(fault.Forbidden, "confirm_required", "Please confirm that it is you")
	errKeyNever    = fault.New(fault.Forbidden, "key_not_allowed", "An API key may not do this, please sign in")
	errKeyScope    = fault.New(fault.Forbidden, "key_scope", "This API key may only read")
	errNoFactor    = fault.New(fault.Forbidden, "factor_required", "This server wants admins to have a second factor")
)

func (a Access) admin() bool { return a == AdminOnly || a == FreshAdmin }
func (a Access) fresh() bool { return a == FreshSignedIn || a == FreshAdmin }

// identity tells who asks; the zero value is nobody.
func identity(ctx context.Context) account.Identity { return factsOf(ctx).who }

// allow answers nil when the request may pass a route with this rule. Signed addresses are checked by
// their own routes, which know what the address is for.
func (a Access) allow(ctx context.Context, method string) error {
	who := identity(ctx)
	switch a {
	case Public:
		return nil
	case Signed:
		return keyMay(who, method)
	case Listening:
		if !who.SignedIn() {
			return notSignedIn(ctx)
		}
		return nil
	case SignedIn, InPerson, FreshSignedIn, AdminOnly, FreshAdmin:
		if !who.SignedIn() {
			return notSignedIn(ctx)
		}
		return a.allowUser(who, method)
	}
	return fault.New(fault.Internal, "undeclared_route", "Internal server error")
}

// allowUser is the part of the rule about somebody who is signed in. What the asker can never do comes
// before what a confirmation would allow.
func (a Access) allowUser(who account.Identity, method string) error {
	switch {
	case who.Key != 0 && (a == InPerson || a.fresh()):
		return errKeyNever
	case a.admin() && who.Role != account.Admin:
		return errAdminOnly
	case a.admin() && who.LacksFactor:
		return errNoFactor
	case a.fresh() && !who.Fresh:
		return errConfirm
	}
	return keyMay(who, method)
}

// keyMay holds a key that may only read to reading.
func keyMay(who account.Identity, method string) error {
	reads := method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
	if who.Key != 0 && who.Scope != account.Write && !reads {
		return errKeyScope
	}
	return nil
}

// notSignedIn says why the request is not signed in, which is not always the asker's doing.
func notSignedIn(ctx context.Context) error {
	if err := factsOf(ctx).refusal; err != nil {
		return err
	}
	return errNotSignedIn
}

// guard is the rule as a middleware of huma's, before the body is read.
func (a Access) guard(ctx huma.Context, next func(huma.Context)) {
	if err := a.allow(ctx.Context(), ctx.Method()); err != nil {
		_, w := humachi.Unwrap(ctx)
		writeError(ctx.Context(), w, err)
		return
	}
	next(ctx)
}

// security is what the rule looks like in the OpenAPI document.
func (a Access) security() []map[string][]string {
	if a == Public {
		return []map[string][]string{}
	}
	return []map[string][]string{{"bearer": {}}, {"session": {}}}
}

// guardRaw is the rule around a plain handler.
func (a Access) guardRaw(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := a.allow(r.Context(), r.Method); err != nil {
			writeError(r.Context(), w, err)
			return
		}
		next(w, r)
	}
}
