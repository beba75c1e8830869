package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/household"
)

// homes answers the routes by which people take their things along and leave.
type homes struct {
	household *household.Service
	accounts  *account.Service
}

func registerHousehold(a *api, s Services) {
	h := homes{s.Household, s.Accounts}
	a.raw(operation{id: "exportAccount", method: http.MethodGet, path: "/auth/export", access: FreshSignedIn, tag: "Accounts",
		summary: "Everything that is one's own, as a ZIP archive with a manifest"}, describeExport(), h.export)
	register(a, operation{id: "previewExport", method: http.MethodGet, path: "/auth/export/preview", access: FreshSignedIn, tag: "Accounts",
		summary: "How much an export would hold; asked before the download, which a browser begins without the page"}, h.preview)
	register(a, operation{id: "deleteAccount", method: http.MethodDelete, path: "/auth/account", access: FreshSignedIn,
		status: http.StatusNoContent, tag: "Accounts", summary: "Delete one's own account and all that is one's own",
		errors: []int{http.StatusForbidden, http.StatusConflict}}, h.leave)
	register(a, operation{id: "deleteUser", method: http.MethodDelete, path: "/users/{id}", access: FreshAdmin,
		status: http.StatusNoContent, tag: "Members", summary: "Delete an account and all that is the user's own",
		errors: []int{http.StatusNotFound, http.StatusConflict}}, h.remove)
}

type exportPreviewView struct {
	Songs int   `json:"songs" doc:"Original files"`
	Bytes int64 `json:"bytes" doc:"Of them"`
}

func (h homes) preview(ctx context.Context, _ *struct{}) (*answer[exportPreviewView], error) {
	songs, size, err := h.household.Preview(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	return &answer[exportPreviewView]{exportPreviewView{songs, size}}, nil
}

// UploadsInput is exported for huma, which reads embedded fields only then.
type UploadsInput struct {
	Uploads string `query:"uploads" default:"keep" doc:"keep or delete what the user uploaded to shared libraries"`
}

// Resolve names a wrong value.
func (in *UploadsInput) Resolve(huma.Context) []error {
	return wrong(household.CheckUploads(household.Uploads(in.Uploads)))
}

// leave also takes the browser's cookie away: its session is gone.
func (h homes) leave(ctx context.Context, in *struct{ UploadsInput }) (*goneOutput, error) {
	who := identity(ctx)
	if err := h.household.Remove(ctx, who, who.User, household.Uploads(in.Uploads)); err != nil {
		return nil, err
	}
	return &goneOutput{SetCookie: []http.Cookie{goneCookie(ctx)}}, nil
}

func (h homes) remove(ctx context.Context, in *struct {
	IDInput
	UploadsInput
}) (*struct{}, error) {
	return nil, h.household.Remove(ctx, identity(ctx), account.UserID(in.ID), household.Uploads(in.Uploads))
}

// export sends the archive while it is made. When that fails half-way the connection is cut, so that nobody
// takes the half for the whole.
func (h homes) export(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	var c fault.Checks
	for name := range r.URL.Query() {
		c.Require(false, name, "Unknown query parameter")
	}
	if err := c.Err(); err != nil {
		writeError(ctx, w, err)
		return
	}
	made, err := h.household.Export(ctx, identity(ctx))
	if err != nil {
		writeError(ctx, w, err)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+made.Name()+`"`)
	if r.Method == http.MethodHead {
		made.Close()
		return
	}
	defer cutWhenEnded(w, r, h.accounts, identity(ctx))()
	if err := made.Write(ctx, w); err != nil {
		if ctx.Err() == nil {
			slog.ErrorContext(ctx, "export broke off", slog.String("requestId", requestID(ctx)), slog.Any("error", err))
		}
		panic(http.ErrAbortHandler)
	}
}

func describeExport() *huma.Operation {
	return &huma.Operation{Responses: map[string]*huma.Response{
		"200": {Description: "Archive", Content: map[string]*huma.MediaType{"application/zip": {}}},
		"400": {Description: "Bad Request"}, "401": {Description: "Unauthorized"}, "403": {Description: "Forbidden"},
		"409": {Description: "Conflict"}, "429": {Description: "Too Many Requests"},
	}}
}
