package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/account"
	"hathor/internal/ingest"
	"hathor/internal/library"
)

type libraryListView struct {
	Libraries []libraryView `json:"libraries"`
}

type oneLibraryView struct {
	Library libraryView `json:"library"`
}

type libraryView struct {
	ID        int64            `json:"id" minimum:"1"`
	Name      string           `json:"name"`
	Kind      string           `json:"kind" enum:"folder,uploads,private"`
	SongCount *int             `json:"songCount" doc:"null for another's private library"`
	Size      int64            `json:"size" doc:"Bytes of all its songs"`
	IsOpen    bool             `json:"isOpen" doc:"Everybody here hears it"`
	IsOwn     bool             `json:"isOwn" doc:"One's own private library"`
	IsHeard   bool             `json:"isHeard" doc:"The asker hears it; an admin sees the others too, to look after them"`
	MayUpload bool             `json:"mayUpload"`
	Admin     *libraryCareView `json:"admin,omitempty" doc:"For admins alone"`
}

// libraryCareView is what only an admin gets to see of a library.
type libraryCareView struct {
	Path       *string      `json:"path" doc:"Of a folder"`
	Configured bool         `json:"configured" doc:"Of a folder: whether MUSIC_DIRS names it still"`
	Problem    *string      `json:"problem" doc:"Why the last scan could not read the folder"`
	Owner      *personView  `json:"owner,omitempty" doc:"Of a private library"`
	Granted    []personView `json:"granted" doc:"Who hears it beside those it is open to"`
}

type personView struct {
	ID       int64  `json:"id" minimum:"1"`
	Username string `json:"username"`
}

// libraryRoutes translate for the keeper of libraries.
type libraryRoutes struct {
	keeper *ingest.Keeper
	catalogue
}

func registerLibraries(a *api, s Services) {
	r := libraryRoutes{s.Keeper, catalogue{s.Library}}
	route := func(id, method, path, summary string, errors ...int) operation {
		return operation{id: id, method: method, path: path, access: AdminOnly, tag: "Library", summary: summary, errors: errors}
	}
	list := route("listLibraries", http.MethodGet, "/libraries", "The libraries one hears; for an admin all of them")
	list.access = SignedIn
	create := route("createLibrary", http.MethodPost, "/libraries", "Make a further library for uploads")
	create.status = http.StatusCreated
	remove := route("deleteLibrary", http.MethodDelete, "/libraries/{id}",
		"Remove a library for uploads, or a folder that is not configured any more", http.StatusNotFound, http.StatusConflict)
	remove.access, remove.status = FreshAdmin, http.StatusNoContent
	register(a, list, r.list)
	register(a, create, r.create)
	register(a, route("updateLibrary", http.MethodPatch, "/libraries/{id}", "Rename a library, open or close it", http.StatusNotFound), r.update)
	register(a, route("grantLibrary", http.MethodPut, "/libraries/{id}/grants", "Let exactly these members hear a library", http.StatusNotFound), r.grant)
	register(a, remove, r.remove)
}

func (r libraryRoutes) list(ctx context.Context, _ *struct{}) (*answer[libraryListView], error) {
	scope, err := r.scope(ctx)
	if err != nil {
		return nil, err
	}
	list, err := r.keeper.List(ctx, scope)
	if err != nil {
		return nil, err
	}
	return &answer[libraryListView]{libraryListView{each(list, viewLibrary(scope))}}, nil
}

type createLibraryInput struct {
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"100"`
		IsOpen bool   `json:"isOpen,omitempty" doc:"Everybody here hears it; default false: those it is granted to"`
	}
}

func (r libraryRoutes) create(ctx context.Context, in *createLibraryInput) (*answer[oneLibraryView], error) {
	id, err := r.keeper.Add(ctx, identity(ctx), in.Body.Name, in.Body.IsOpen)
	if err != nil {
		return nil, err
	}
	return r.one(ctx, id)
}

type updateLibraryInput struct {
	IDInput
	Body struct {
		Name   *string `json:"name,omitempty" minLength:"1" maxLength:"100"`
		IsOpen *bool   `json:"isOpen,omitempty"`
	} `doc:"What is left out stays as it is"`
}

func (r libraryRoutes) update(ctx context.Context, in *updateLibraryInput) (*answer[oneLibraryView], error) {
	change := ingest.LibraryChange{Name: in.Body.Name, Open: in.Body.IsOpen}
	if err := r.keeper.Change(ctx, identity(ctx), library.ID(in.ID), change); err != nil {
		return nil, err
	}
	return r.one(ctx, library.ID(in.ID))
}

type grantLibraryInput struct {
	IDInput
	Body struct {
		UserIDs []int64 `json:"userIds" maxItems:"10000"`
	}
}

func (r libraryRoutes) grant(ctx context.Context, in *grantLibraryInput) (*answer[oneLibraryView], error) {
	users := each(in.Body.UserIDs, func(id int64) account.UserID { return account.UserID(id) })
	if err := r.keeper.Grant(ctx, identity(ctx), library.ID(in.ID), users); err != nil {
		return nil, err
	}
	return r.one(ctx, library.ID(in.ID))
}

type deleteLibraryInput struct {
	IDInput
	Songs string `query:"songs" enum:"keep,delete" default:"keep" doc:"Whether the songs go with the library; files in folders are never touched"`
}

func (r libraryRoutes) remove(ctx context.Context, in *deleteLibraryInput) (*struct{}, error) {
	return nil, r.keeper.Remove(ctx, identity(ctx), library.ID(in.ID), in.Songs == "delete")
}

func (r libraryRoutes) one(ctx context.Context, id library.ID) (*answer[oneLibraryView], error) {
	scope, err := r.scope(ctx)
	if err != nil {
		return nil, err
	}
	found, err := r.keeper.Get(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	return &answer[oneLibraryView]{oneLibraryView{viewLibrary(scope)(found)}}, nil
}

// viewLibrary shows a library to whoever the scope is of. Of what an admin does not hear because it is
// private, only the owner and the size are shown.
func viewLibrary(scope library.Scope) func(ingest.Holding) libraryView {
	return func(h ingest.Holding) libraryView {
		heard := scope.Sees(h.ID)
		v := libraryView{
			ID: int64(h.ID), Name: h.Name, Kind: string(h.Kind), Size: h.Size, IsOpen: h.Open,
			IsOwn: h.Kind == library.Private && h.Owner == scope.User, IsHeard: heard, MayUpload: heard && h.MayUpload(scope.User),
		}
		if heard || h.Kind != library.Private {
			v.SongCount = &h.SongCount
		}
		if scope.Admin {
			v.Admin = viewLibraryCare(h)
		}
		return v
	}
}

func viewLibraryCare(h ingest.Holding) *libraryCareView {
	v := &libraryCareView{Configured: h.Configured, Path: textOrNull(h.Path), Problem: textOrNull(h.Problem)}
	if h.Owner != 0 {
		v.Owner = &personView{int64(h.Owner), h.OwnerName}
	}
	v.Granted = each(h.Granted, func(g ingest.Granted) personView { return personView{int64(g.User), g.Username} })
	return v
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
