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

// The rules. Signed is for routes that a player element calls: a session or a signed address.
const (
	Public    Access = "public"
	SignedIn  Access = "signedIn"
	Signed    Access = "signed"
	AdminOnly Access = "admin"
)

var errNotSignedIn = fault.New(fault.Unauthenticated, "not_signed_in", "Please sign in")
var errAdminOnly = fault.New(fault.Forbidden, "admin_only", "Only an admin may do this")

type identityKey struct{}

// withIdentity notes who asks; the identity is a fact of the request, like its id.
func withIdentity(ctx context.Context, who account.Identity) context.Context {
	factsOf(ctx).user = who.User // for the log line
	return context.WithValue(ctx, identityKey{}, who)
}

// identity tells who asks; the zero value is nobody.
func identity(ctx context.Context) account.Identity {
	who, _ := ctx.Value(identityKey{}).(account.Identity)
	return who
}

// allow answers nil when the request may pass a route with this rule. Signed addresses are checked by
// their own routes, which know what the address is for.
func (a Access) allow(ctx context.Context) error {
	who := identity(ctx)
	switch a {
	case Public, Signed:
		return nil
	case SignedIn:
		if !who.SignedIn() {
			return notSignedIn(ctx)
		}
	case AdminOnly:
		if !who.SignedIn() {
			return notSignedIn(ctx)
		}
		if who.Role != account.Admin {
			return errAdminOnly
		}
	default:
		return fault.New(fault.Internal, "undeclared_route", "Internal server error")
	}
	return nil
}

// notSignedIn says why the request is not signed in, which is not always the asker's doing.
func notSignedIn(ctx context.Context) error {
	if err := refusal(ctx); err != nil {
		return err
	}
	return errNotSignedIn
}

// guard is the rule as a middleware of huma's, before the body is read.
func (a Access) guard(ctx huma.Context, next func(huma.Context)) {
	if err := a.allow(ctx.Context()); err != nil {
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
		if err := a.allow(r.Context()); err != nil {
			writeError(r.Context(), w, err)
			return
		}
		next(w, r)
	}
}
