package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/account"
	"hathor/internal/fault"
	"hathor/internal/ingest"
)

// UsageView is exported for huma, which reads embedded fields only then.
type UsageView struct {
	Used  int64  `json:"used" doc:"Bytes of the songs one has uploaded; those whose files are missing count"`
	Quota *int64 `json:"quota" doc:"Bytes one may have uploaded, null without a limit"`
}

type storageView struct {
	Members      []memberUsageView `json:"members" doc:"Most bytes first"`
	DefaultQuota *int64            `json:"defaultQuota" doc:"Bytes of members without an own quota (UPLOAD_QUOTA), null without a limit"`
	DatabaseSize int64             `json:"databaseSize" doc:"Bytes"`
	Free         *int64            `json:"free" doc:"Bytes free where uploads are kept, null where that is not known"`
	Total        *int64            `json:"total"`
}

type memberUsageView struct {
	ID       int64  `json:"id" minimum:"1"`
	Username string `json:"username"`
	Role     string `json:"role" enum:"admin,member"`
	Songs    int    `json:"songs" doc:"Uploaded, private ones too"`
	UsageView
	OwnQuota bool `json:"ownQuota" doc:"The quota was set for this member"`
}

type pileView struct {
	Count int   `json:"count"`
	Bytes int64 `json:"bytes"`
}

type objectsView struct {
	Audio  pileView `json:"audio" doc:"Uploads"`
	Covers pileView `json:"covers" doc:"Covers as they came"`
	Copies pileView `json:"copies" doc:"Smaller copies of covers, made when they are first asked for"`
	Unused pileView `json:"unused" doc:"What nothing refers to: the sweep at the next start takes it"`
}

// storageRoutes tell what takes room, and how much one may take.
type storageRoutes struct {
	ingest *ingest.Service
	keeper *ingest.Keeper
}

func registerStorage(a *api, s Services) {
	r := storageRoutes{s.Ingest, s.Keeper}
	register(a, operation{
		id: "getOwnStorage", method: http.MethodGet, path: "/auth/storage", access: SignedIn, tag: "Account",
		summary: "What one has uploaded, and may upload",
	}, r.own)
	register(a, operation{
		id: "getStorage", method: http.MethodGet, path: "/admin/storage", access: AdminOnly, tag: "Admin",
		summary: "What takes room: members' uploads, the database, the disk",
	}, r.storage)
	register(a, operation{
		id: "countObjects", method: http.MethodGet, path: "/admin/storage/objects", access: AdminOnly, tag: "Admin",
		summary: "Walk through the stored objects and count them",
	}, r.objects)
	register(a, operation{
		id: "setQuota", method: http.MethodPut, path: "/users/{id}/quota", access: AdminOnly, tag: "Admin",
		summary: "Set what one member may have uploaded", errors: []int{http.StatusNotFound}, status: http.StatusNoContent,
	}, r.setQuota)
}

func (r storageRoutes) own(ctx context.Context, _ *struct{}) (*answer[UsageView], error) {
	u, err := r.ingest.Usage(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	return &answer[UsageView]{viewUsage(u)}, nil
}

func viewUsage(u ingest.Usage) UsageView { return UsageView{Used: u.Used, Quota: viewQuota(u.Quota)} }

func viewQuota(q ingest.Quota) *int64 {
	if !q.Limited {
		return nil
	}
	return &q.Bytes
}

func (r storageRoutes) storage(ctx context.Context, _ *struct{}) (*answer[storageView], error) {
	s, err := r.keeper.Storage(ctx)
	if err != nil {
		return nil, err
	}
	return &answer[storageView]{storageView{
		Members: each(s.Members, viewMemberUsage), DefaultQuota: viewQuota(s.Default), DatabaseSize: s.Database,
		Free: bytesOrUnknown(s.Free), Total: bytesOrUnknown(s.Total),
	}}, nil
}

func viewMemberUsage(u ingest.Usage) memberUsageView {
	return memberUsageView{
		ID: int64(u.User), Username: u.Username, Role: string(u.Role), Songs: u.Songs, UsageView: viewUsage(u), OwnQuota: u.Own.Set,
	}
}

func bytesOrUnknown(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

func (r storageRoutes) objects(ctx context.Context, _ *struct{}) (*answer[objectsView], error) {
	found, err := r.keeper.Objects(ctx)
	if err != nil {
		return nil, err
	}
	return &answer[objectsView]{objectsView{
		Audio: pileView(found.Audio), Covers: pileView(found.Covers), Copies: pileView(found.Copies), Unused: pileView(found.Unused),
	}}, nil
}

type setQuotaInput struct {
	IDInput
	Body struct {
		Bytes     settable[int64] `json:"bytes,omitempty" doc:"What the member may have uploaded in all; 0 is nothing, null the server's default"`
		Unlimited bool            `json:"unlimited,omitempty" doc:"Instead of bytes: as much as there is room for"`
	}
}

func (r storageRoutes) setQuota(ctx context.Context, in *setQuotaInput) (*struct{}, error) {
	b := in.Body
	var c fault.Checks
	c.Require(b.Bytes.Sent != b.Unlimited, "bytes", "Give either bytes or unlimited")
	c.Require(b.Bytes.Value == nil || *b.Bytes.Value >= 0 && *b.Bytes.Value <= mostQuota, "bytes", "Bytes must be 0 to 1,000,000,000,000,000")
	if err := c.Err(); err != nil {
		return nil, err
	}
	own := ingest.Own{Set: b.Unlimited}
	if b.Bytes.Value != nil {
		own = ingest.Own{Set: true, Quota: ingest.Bytes(*b.Bytes.Value)}
	}
	return nil, r.keeper.SetQuota(ctx, identity(ctx), account.UserID(in.ID), own)
}

const mostQuota = 1e15
