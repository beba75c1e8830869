// Package live is the front door for what has to be known at once: each device of a listener is told when the
// playback or the devices change. Only the server speaks; clients say that they connect, and answer pings.
// What is true stands in the database: a connection begins with all there is, and one that missed something
// is made to begin anew. docs/realtime.md describes it for who writes a client.
package live

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/centrifugal/centrifuge"

	"hathor/internal/account"
	"hathor/internal/clock"
	"hathor/internal/playback"
)

// mostMessage is how many bytes a message of a client has at most.
const mostMessage = 64 << 10

// Accounts tell whether who is connected is still signed in.
type Accounts interface {
	Lives(context.Context, account.Identity) bool
}

// Player is what there is to be told of.
type Player interface {
	State(context.Context, account.Identity) (playback.State, error)
	Devices(context.Context, account.UserID) ([]playback.Device, error)
	Seen(context.Context, account.UserID, playback.DeviceID) error
}

// Parts are what a server is made of.
type Parts struct {
	Channel  *Channel
	Accounts Accounts
	Player   Player
	Views    Views
	Clock    clock.Clock
}

// Server takes connections. It is safe for concurrent use; Run must run beside it.
type Server struct {
	channel  *Channel
	accounts Accounts
	player   Player
	views    Views
	clock    clock.Clock
	// methods are what clients may call, by name. There are none yet, and what is not here is refused.
	methods map[string]method
	away    bool // nothing gets through to other nodes; Run's alone

	socket, events, stream, commands http.Handler
}

// method answers a call of a client that is signed in.
type method func(ctx context.Context, who account.Identity, arguments []byte) ([]byte, error)

// New begins to take part in the channel.
func New(p Parts) (*Server, error) {
	s := &Server{channel: p.Channel, accounts: p.Accounts, player: p.Player, views: p.Views, clock: p.Clock, methods: map[string]method{}}
	node := p.Channel.node
	node.OnConnecting(s.connecting)
	node.OnConnect(s.connected)
	node.OnCommandRead(s.paced)
	if err := node.Run(); err != nil {
		return nil, fmt.Errorf("start live channel: %w", err)
	}
	pings := centrifuge.PingPongConfig{PingInterval: 25 * time.Second, PongTimeout: 10 * time.Second}
	s.socket = centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		// The REST door has checked the origin, as it does for what changes something.
		CheckOrigin: func(*http.Request) bool { return true }, MessageSizeLimit: mostMessage, WriteTimeout: 10 * time.Second,
		ProcessCommandsOffReadLoop: true, PingPongConfig: pings, // most connections are idle
	})
	s.events = centrifuge.NewSSEHandler(node, centrifuge.SSEConfig{PingPongConfig: pings, MaxRequestBodySize: mostMessage})
	s.stream = centrifuge.NewHTTPStreamHandler(node, centrifuge.HTTPStreamConfig{PingPongConfig: pings, MaxRequestBodySize: mostMessage})
	s.commands = centrifuge.NewEmulationHandler(node, centrifuge.EmulationConfig{MaxRequestBodySize: mostMessage})
	return s, nil
}

// Socket takes a WebSocket of who, who is signed in.
func (s *Server) Socket(w http.ResponseWriter, r *http.Request, who account.Identity) {
	s.take(s.socket, w, r, who)
}

// Events answers with server-sent events.
func (s *Server) Events(w http.ResponseWriter, r *http.Request, who account.Identity) {
	s.take(s.events, w, r, who)
}

// Stream answers with lines for as long as it takes.
func (s *Server) Stream(w http.ResponseWriter, r *http.Request, who account.Identity) {
	s.take(s.stream, w, r, who)
}

// Commands takes what a client of Events or Stream has to say.
func (s *Server) Commands(w http.ResponseWriter, r *http.Request, who account.Identity) {
	s.take(s.commands, w, r, who)
}

// visitor is who a connection belongs to, and how much it has asked lately.
type visitor struct {
	who  account.Identity
	pace *pace
}

type visitorKey struct{}

func visitorOf(ctx context.Context) *visitor {
	v, _ := ctx.Value(visitorKey{}).(*visitor)
	return v
}

func (s *Server) take(handler http.Handler, w http.ResponseWriter, r *http.Request, who account.Identity) {
	ctx := context.WithValue(r.Context(), visitorKey{}, &visitor{who: who, pace: newPace(s.clock.Now())})
	handler.ServeHTTP(w, r.WithContext(ctx))
}

// What connections are ended with beside the library's own codes. Clients must not connect again after codes from
// 4500 to 4999 by themselves.
var (
	signedOut     = centrifuge.Disconnect{Code: 4501, Reason: "signed out"}
	errNoDevice   = &centrifuge.Error{Code: 4404, Message: "device not found: make it known first"}
	errBadConnect = &centrifuge.Error{Code: 4400, Message: "connect data must be an object with deviceId or nothing"}
)

// hello is what a client may say when it connects.
type hello struct {
	DeviceID playback.DeviceID `json:"deviceId"`
}

func (s *Server) connecting(ctx context.Context, e centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
	v := visitorOf(ctx)
	if v == nil || !s.accounts.Lives(ctx, v.who) {
		return centrifuge.ConnectReply{}, signedOut
	}
	var said hello
	if len(e.Data) > 0 && json.Unmarshal(e.Data, &said) != nil {
		return centrifuge.ConnectReply{}, errBadConnect
	}
	if err := s.knows(ctx, v.who.User, said.DeviceID); err != nil {
		return centrifuge.ConnectReply{}, err
	}
	info, _ := json.Marshal(presence{said.DeviceID}) // a text always encodes
	return centrifuge.ConnectReply{
		Credentials:   &centrifuge.Credentials{UserID: strconv.FormatInt(int64(v.who.User), 10), Info: info},
		Subscriptions: map[string]centrifuge.SubscribeOptions{nameOf(v.who.User): {EmitPresence: true, EnablePositioning: true}},
	}, nil
}

// knows tells whether the device is the listener's; none is fine.
func (s *Server) knows(ctx context.Context, user account.UserID, id playback.DeviceID) error {
	if id == "" {
		return nil
	}
	devices, err := s.player.Devices(ctx, user)
	if err != nil {
		slog.WarnContext(ctx, "devices of who connects not found", slog.Any("error", err))
		return centrifuge.ErrorInternal
	}
	for _, d := range devices {
		if d.ID == id {
			return nil
		}
	}
	return errNoDevice
}

// connected is called when the client already hears what is published: what is read from now on is either in the
// snapshot or comes after it.
func (s *Server) connected(client *centrifuge.Client) {
	v := visitorOf(client.Context())
	var p presence
	_ = json.Unmarshal(client.Info(), &p) // our own
	begun := s.clock.Now()
	client.OnRPC(s.call(client))
	client.OnDisconnect(func(e centrifuge.DisconnectEvent) {
		s.seen(v.who, p.Device)
		slog.Info("live connection ended", slog.Int64("userId", int64(v.who.User)), slog.String("transport", client.Transport().Name()),
			slog.Uint64("code", uint64(e.Code)), slog.String("reason", e.Reason), slog.Float64("duration", s.clock.Now().Sub(begun).Seconds()))
	})
	ctx := context.WithoutCancel(client.Context())
	text, err := s.snapshot(ctx, v.who)
	if err == nil {
		err = client.Send(text)
	}
	if err != nil {
		slog.WarnContext(ctx, "live connection without a beginning", slog.Any("error", err))
		client.Disconnect(centrifuge.DisconnectServerError)
		return
	}
	s.seen(v.who, p.Device)
}

// seen tells the listener's other devices that one came or went.
func (s *Server) seen(who account.Identity, id playback.DeviceID) {
	if id == "" {
		return
	}
	if err := s.player.Seen(context.Background(), who.User, id); err != nil {
		slog.Debug("device not noted as seen", slog.Any("error", err)) // it may have been forgotten meanwhile
	}
}

func (s *Server) snapshot(ctx context.Context, who account.Identity) ([]byte, error) {
	state, err := s.player.State(ctx, who)
	if err != nil {
		return nil, err
	}
	devices, err := s.player.Devices(ctx, who.User)
	if err != nil {
		return nil, err
	}
	return firstOf(s.views, state, devices)
}

// call is where clients' calls arrive. Who may call what is up to each method; what is no method is refused.
func (s *Server) call(client *centrifuge.Client) centrifuge.RPCHandler {
	return func(e centrifuge.RPCEvent, reply centrifuge.RPCCallback) {
		answer, there := s.methods[e.Method]
		if !there {
			reply(centrifuge.RPCReply{}, centrifuge.ErrorMethodNotFound)
			return
		}
		data, err := answer(client.Context(), visitorOf(client.Context()).who, e.Data)
		reply(centrifuge.RPCReply{Data: data}, err)
	}
}
