package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/account"
)

// apiKeys answers the routes about the asker's API keys.
type apiKeys struct{ accounts *account.Service }

func registerAPIKeys(a *api, s Services) {
	h := apiKeys{s.Accounts}
	register(a, operation{id: "listApiKeys", method: http.MethodGet, path: "/auth/api-keys", access: InPerson, tag: "Accounts",
		summary: "One's API keys, newest first"}, h.list)
	register(a, operation{id: "createApiKey", method: http.MethodPost, path: "/auth/api-keys", access: FreshSignedIn, tag: "Accounts",
		summary: "Make an API key, sent as Bearer; it is shown this once", status: http.StatusCreated, maxBody: authBody,
		errors: []int{http.StatusConflict}}, h.create)
	register(a, operation{id: "deleteApiKey", method: http.MethodDelete, path: "/auth/api-keys/{id}", access: InPerson, tag: "Accounts",
		summary: "End an API key", status: http.StatusNoContent, errors: []int{http.StatusNotFound}}, h.remove)
}

type apiKeyView struct {
	ID         int64      `json:"id" minimum:"1"`
	Name       string     `json:"name"`
	Scope      string     `json:"scope" enum:"read,write"`
	Prefix     string     `json:"prefix" doc:"How the key begins"`
	CreatedAt  time.Time  `json:"createdAt"`
	LastUsedAt *time.Time `json:"lastUsedAt" doc:"To the minute; null when never"`
	ExpiresAt  *time.Time `json:"expiresAt" doc:"null when never"`
}

func viewKey(k account.Key) apiKeyView {
	return apiKeyView{ID: int64(k.ID), Name: k.Name, Scope: string(k.Scope), Prefix: k.Prefix, CreatedAt: k.CreatedAt,
		LastUsedAt: timeOrNull(k.LastUsedAt), ExpiresAt: timeOrNull(k.ExpiresAt)}
}

func timeOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type apiKeyListView struct {
	APIKeys []apiKeyView `json:"apiKeys"`
}

func (h apiKeys) list(ctx context.Context, _ *struct{}) (*answer[apiKeyListView], error) {
	found, err := h.accounts.Keys(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	return &answer[apiKeyListView]{apiKeyListView{each(found, viewKey)}}, nil
}

type apiKeyBody struct {
	Name      string     `json:"name" doc:"1 to 100 characters"`
	Scope     string     `json:"scope" doc:"\"read\" may look and listen, \"write\" may also change things; neither may touch the account"`
	ExpiresAt *time.Time `json:"expiresAt,omitempty" nullable:"true" doc:"In the future; never when left out"`
}

func (b *apiKeyBody) draft() account.KeyDraft {
	d := account.KeyDraft{Name: b.Name, Scope: account.Scope(b.Scope)}
	if b.ExpiresAt != nil {
		d.ExpiresAt = *b.ExpiresAt
	}
	return d
}

type madeKeyView struct {
	Key    string     `json:"key" doc:"The key itself, which cannot be read again"`
	APIKey apiKeyView `json:"apiKey"`
}

func (h apiKeys) create(ctx context.Context, in *struct{ Body apiKeyBody }) (*answer[madeKeyView], error) {
	made, text, err := h.accounts.CreateKey(ctx, identity(ctx), in.Body.draft())
	if err != nil {
		return nil, err
	}
	return &answer[madeKeyView]{madeKeyView{text, viewKey(made)}}, nil
}

func (h apiKeys) remove(ctx context.Context, in *IDInput) (*struct{}, error) {
	return nil, h.accounts.DeleteKey(ctx, identity(ctx), account.KeyID(in.ID))
}
