package httpapi

import (
	"context"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hathor/internal/fault"
)

// Authority is what devices install to trust a server that is its own certificate authority.
type Authority interface {
	DER() []byte
	Fingerprint() string
	Until() time.Time
	// Hosts are the names and addresses other devices can use, best first.
	Hosts() []string
	// Ports are where http and https are served.
	Ports() (plain, encrypted int)
}

var errNoAuthority = fault.Missing("Certificate authority")

type certificateView struct {
	Fingerprint string    `json:"fingerprint" doc:"SHA-256 of the certificate, as devices show it"`
	ValidUntil  time.Time `json:"validUntil"`
	Hosts       []string  `json:"hosts" doc:"Names and addresses of this server, best first"`
	InstallURL  string    `json:"installUrl" doc:"The page to open on a device that is to trust this server"`
	SecureURLs  []string  `json:"secureUrls" doc:"Where the server is found once a device trusts it, best first"`
}

// certificates are the routes of the page that makes a device trust this server. They work without being
// signed in and without https: that is what they are for.
type certificates struct{ authority Authority }

func registerCertificate(a *api, s Services) {
	c := certificates{s.Authority}
	register(a, operation{id: "getCertificate", method: http.MethodGet, path: "/certificate", access: Public, tag: "Server",
		summary: "What a device needs to trust this server, where it is its own certificate authority", errors: []int{http.StatusNotFound}}, c.show)
	c.file(a, "getCertificateDER", "/certificate/authority.crt", "application/x-x509-ca-cert", func(der []byte) []byte { return der })
	c.file(a, "getCertificatePEM", "/certificate/authority.pem", "application/x-pem-file", func(der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	})
	op := operation{id: "getCertificateCode", method: http.MethodGet, path: "/certificate/code.svg", access: Public, tag: "Server",
		summary: "The address of the install page as a QR code"}
	described := describeFile(a, "image/svg+xml", http.StatusBadRequest)
	described.Parameters = []*huma.Param{{Name: "host", In: "query", Description: "One of the server's hosts, the best when left out", Schema: &huma.Schema{Type: "string"}}}
	a.raw(op, described, c.code)
}

// describeFile is the entry in the document of a public route that answers a file.
func describeFile(a *api, mediaType string, others ...int) *huma.Operation {
	described := &huma.Operation{Responses: map[string]*huma.Response{"200": {
		Description: "The file", Content: map[string]*huma.MediaType{mediaType: {}},
	}}}
	for _, status := range append(others, http.StatusNotFound, http.StatusTooManyRequests) {
		describeError(a, described, status)
	}
	return described
}

// file adds a route for the certificate. It is shown inline: that is how a phone offers to install it.
func (c certificates) file(a *api, id, path, mediaType string, encode func(der []byte) []byte) {
	name := path[strings.LastIndex(path, "/")+1:]
	op := operation{id: id, method: http.MethodGet, path: path, access: Public, tag: "Server", summary: "The certificate to install: " + name}
	a.raw(op, describeFile(a, mediaType), func(w http.ResponseWriter, r *http.Request) {
		if c.authority == nil {
			writeError(r.Context(), w, errNoAuthority)
			return
		}
		w.Header().Set("Content-Type", mediaType)
		w.Header().Set("Content-Disposition", `inline; filename="hathor-`+name+`"`)
		_, _ = w.Write(encode(c.authority.DER()))
	})
}

func (c certificates) show(context.Context, *struct{}) (*answer[certificateView], error) {
	if c.authority == nil {
		return nil, errNoAuthority
	}
	hosts := c.authority.Hosts()
	view := certificateView{
		Fingerprint: c.authority.Fingerprint(), ValidUntil: c.authority.Until(), Hosts: hosts, InstallURL: c.installURL(best(hosts)),
		SecureURLs: make([]string, len(hosts)),
	}
	_, port := c.authority.Ports()
	for i, host := range hosts {
		view.SecureURLs[i] = address("https", host, port, 443)
	}
	return &answer[certificateView]{view}, nil
}

// code draws the install page's address, for one of the server's own hosts only.
func (c certificates) code(w http.ResponseWriter, r *http.Request) {
	if c.authority == nil {
		writeError(r.Context(), w, errNoAuthority)
		return
	}
	hosts := c.authority.Hosts()
	host, err := chosenHost(r.URL.RawQuery, hosts)
	if err != nil {
		writeError(r.Context(), w, err)
		return
	}
	picture, err := drawCode(c.installURL(host))
	if err != nil {
		writeError(r.Context(), w, fmt.Errorf("draw QR code: %w", err))
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write(picture)
}

func chosenHost(rawQuery string, hosts []string) (string, error) {
	query, err := url.ParseQuery(rawQuery)
	var wrong fault.Checks
	wrong.Require(err == nil, "query", "The query cannot be read")
	for name := range query {
		wrong.Require(name == "host", name, "Unknown query parameter")
	}
	host := best(hosts)
	if query.Has("host") {
		host = query.Get("host")
		wrong.Require(slices.Contains(hosts, host), "host", "This server has no such host")
	}
	return host, wrong.Err()
}

func best(hosts []string) string {
	if len(hosts) == 0 {
		return "localhost"
	}
	return hosts[0]
}

func (c certificates) installURL(host string) string {
	port, _ := c.authority.Ports()
	return address("http", host, port, 80) + "/certificate"
}

// address leaves out the port that the scheme implies.
func address(scheme, host string, port, implied int) string {
	if port != implied {
		return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(port))
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return scheme + "://" + host
}
