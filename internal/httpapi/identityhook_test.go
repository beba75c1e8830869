package httpapi

import (
	"context"

	"hathor/internal/account"
)

// WithIdentity lets tests of routes be signed in without accounts.
func WithIdentity(ctx context.Context, who account.Identity) context.Context {
	return withIdentity(ctx, who)
}
