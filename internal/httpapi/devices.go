package httpapi

import (
	"context"
	"net/http"
	"time"

	"hathor/internal/playback"
)

func registerDevices(a *api, r playbackRoutes) {
	register(a, operation{
		id: "listDevices", method: http.MethodGet, path: "/playback/devices", access: SignedIn, tag: "Playback",
		summary: "One's devices, last seen first",
	}, r.devices)
	register(a, operation{
		id: "putDevice", method: http.MethodPut, path: "/playback/devices/{id}", access: SignedIn, tag: "Playback",
		summary: "Make a device known, or rename it",
	}, r.putDevice)
	register(a, operation{
		id: "forgetDevice", method: http.MethodDelete, path: "/playback/devices/{id}", access: SignedIn, tag: "Playback", status: http.StatusNoContent,
		summary: "Forget a device; where it plays, nobody does from then on", errors: []int{http.StatusNotFound},
	}, r.forgetDevice)
}

type deviceView struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Kind       string    `json:"kind" enum:"desktop,phone,tablet,web,speaker,other"`
	CreatedAt  time.Time `json:"createdAt"`
	LastSeenAt time.Time `json:"lastSeenAt"`
	Online     bool      `json:"online" doc:"It listens to the live channel now"`
	Active     bool      `json:"active" doc:"It is the one that plays"`
}

type deviceListView struct {
	Devices []deviceView `json:"devices" nullable:"false"`
}

func viewDevice(d playback.Device) deviceView {
	return deviceView{
		ID: string(d.ID), Name: d.Name, Kind: string(d.Kind), CreatedAt: d.CreatedAt, LastSeenAt: d.LastSeenAt, Online: d.Online, Active: d.Active,
	}
}

func (r playbackRoutes) devices(ctx context.Context, _ *struct{}) (*answer[deviceListView], error) {
	devices, err := r.player.Devices(ctx, identity(ctx).User)
	if err != nil {
		return nil, err
	}
	return &answer[deviceListView]{deviceListView{each(devices, viewDevice)}}, nil
}

// DeviceInput names one of the devices of who asks.
type DeviceInput struct {
	ID string `path:"id" doc:"Made by the client, unguessable, such as a UUID"`
}

type putDeviceInput struct {
	DeviceInput
	Body struct {
		Name string `json:"name" doc:"1 to 100 characters"`
		Kind string `json:"kind" enum:"desktop,phone,tablet,web,speaker,other"`
	}
}

type oneDeviceView struct {
	Device deviceView `json:"device"`
}

func (r playbackRoutes) putDevice(ctx context.Context, in *putDeviceInput) (*answer[oneDeviceView], error) {
	device, err := r.player.PutDevice(ctx, identity(ctx).User, playback.Device{
		ID: playback.DeviceID(in.ID), Name: in.Body.Name, Kind: playback.Kind(in.Body.Kind),
	})
	if err != nil {
		return nil, err
	}
	return &answer[oneDeviceView]{oneDeviceView{viewDevice(device)}}, nil
}

func (r playbackRoutes) forgetDevice(ctx context.Context, in *DeviceInput) (*struct{}, error) {
	return nil, r.player.ForgetDevice(ctx, identity(ctx), playback.DeviceID(in.ID))
}
