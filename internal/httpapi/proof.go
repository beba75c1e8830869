package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
)

// proof counts what a signed-in user tries to prove by a password or a code like a failed sign-in when it
// is wrong: a stolen session must not find the password. As with sign-ins, the attempt is counted before it
// is made. It also uses up the address's attempts at signing in; those of strangers there refuse nobody
// who is signed in.
func (l *limits) proof(ctx context.Context, try func() error) error {
	user := "user:" + strconvID(int64(identity(ctx).User))
	stands := l.account.take(ctx, user)
	if stands.refused {
		return refusedBy(ctx, stands)
	}
	err := try()
	if account.IsFailedProof(err) {
		l.address.take(ctx, clientOf(ctx).bucket())
		return err
	}
	l.account.giveBack(ctx, user)
	return err
}

type confirmBody struct {
	Password string `json:"password"`
	TOTP     string `json:"totp,omitempty" doc:"A code of the second factor, or a recovery code; needed where there is one"`
}

func (b *confirmBody) confirmation() account.Confirmation {
	return account.Confirmation{Password: b.Password, Code: b.TOTP}
}

// Resolve adds what the feature finds wrong to what the schema does.
func (b *confirmBody) Resolve(huma.Context) []error { return wrong(b.confirmation().Validate()) }

func (h auth) confirm(ctx context.Context, in *struct{ Body confirmBody }) (*struct{}, error) {
	return nil, h.limits.proof(ctx, func() error {
		return h.accounts.Confirm(ctx, identity(ctx), in.Body.confirmation())
	})
}
