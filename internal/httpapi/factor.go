package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/account"
)

// factor answers the routes about the asker's second factor.
type factor struct {
	accounts *account.Service
	limits   *limits
}

func registerFactor(a *api, s Services) {
	h := factor{s.Accounts, s.limits}
	register(a, operation{id: "getFactor", method: http.MethodGet, path: "/auth/factor", access: InPerson, tag: "Accounts",
		summary: "How one's second factor stands"}, h.state)
	register(a, operation{id: "startFactor", method: http.MethodPost, path: "/auth/factor", access: FreshSignedIn, tag: "Accounts",
		summary: "Begin with a second factor: a secret for an authenticator app, good for an hour",
		status:  http.StatusCreated, errors: []int{http.StatusConflict}}, h.start)
	register(a, operation{id: "enableFactor", method: http.MethodPost, path: "/auth/factor/enable", access: InPerson, tag: "Accounts",
		summary: "Switch the second factor on by the first code of it; the recovery codes are shown this once",
		maxBody: authBody, errors: []int{http.StatusConflict}}, h.enable)
	register(a, operation{id: "replaceRecoveryCodes", method: http.MethodPost, path: "/auth/factor/recovery-codes", access: FreshSignedIn,
		tag: "Accounts", summary: "New recovery codes in place of all others, shown this once",
		errors: []int{http.StatusNotFound}}, h.recovery)
	register(a, operation{id: "disableFactor", method: http.MethodDelete, path: "/auth/factor", access: FreshSignedIn,
		status: http.StatusNoContent, tag: "Accounts", summary: "Switch the second factor off, by a code of it or a recovery code",
		maxBody: authBody, errors: []int{http.StatusNotFound, http.StatusConflict}}, h.disable)
}

type factorView struct {
	Enabled           bool `json:"enabled"`
	RecoveryCodesLeft int  `json:"recoveryCodesLeft" minimum:"0"`
	Required          bool `json:"required" doc:"The server wants this user to have one"`
}

func (h factor) state(ctx context.Context, _ *struct{}) (*answer[factorView], error) {
	state, err := h.accounts.FactorState(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	return &answer[factorView]{factorView{state.Enabled, state.RecoveryLeft, state.Required}}, nil
}

type factorSetupView struct {
	Secret string `json:"secret" doc:"In base32, to be typed into an app"`
	URI    string `json:"uri" doc:"otpauth://…, which the QR code says as well"`
	QR     qrView `json:"qr"`
}

func (h factor) start(ctx context.Context, _ *struct{}) (*answer[factorSetupView], error) {
	setup, err := h.accounts.StartFactor(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	code, err := drawQR(setup.URI)
	if err != nil {
		return nil, err
	}
	return &answer[factorSetupView]{factorSetupView{setup.Secret, setup.URI, code}}, nil
}

type recoveryView struct {
	RecoveryCodes []string `json:"recoveryCodes" doc:"Each signs in once in place of a code"`
}

type enableBody struct {
	Code      string `json:"code" doc:"What the app shows now"`
	EndOthers bool   `json:"endOthers,omitempty" doc:"Also end every other session"`
}

func (h factor) enable(ctx context.Context, in *struct{ Body enableBody }) (*answer[recoveryView], error) {
	var codes []string
	err := h.limits.proof(ctx, func() (err error) {
		codes, err = h.accounts.EnableFactor(ctx, identity(ctx), in.Body.Code, in.Body.EndOthers)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &answer[recoveryView]{recoveryView{codes}}, nil
}

func (h factor) recovery(ctx context.Context, _ *struct{}) (*answer[recoveryView], error) {
	codes, err := h.accounts.NewRecoveryCodes(ctx, identity(ctx))
	if err != nil {
		return nil, err
	}
	return &answer[recoveryView]{recoveryView{codes}}, nil
}

type codeBody struct {
	Code string `json:"code" doc:"A code of the second factor, or a recovery code"`
}

func (h factor) disable(ctx context.Context, in *struct{ Body codeBody }) (*struct{}, error) {
	return nil, h.limits.proof(ctx, func() error {
		return h.accounts.DisableFactor(ctx, identity(ctx), in.Body.Code)
	})
}
