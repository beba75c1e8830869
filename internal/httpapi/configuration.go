package httpapi

import (
	"context"
	"net/http"

	"hathor/internal/config"
)

type configView struct {
	Settings []settingView `json:"settings"`
}

type settingView struct {
	Key      string `json:"key" doc:"In the file; the flag is the same after --"`
	Variable string `json:"variable" doc:"Of the environment"`
	Value    string `json:"value" doc:"Secrets are masked"`
	Origin   string `json:"origin" doc:"default, or the flag, variable or file that set it"`
	IsSecret bool   `json:"isSecret"`
}

func registerConfiguration(a *api, s Services) {
	register(a, operation{
		id: "getConfiguration", method: http.MethodGet, path: "/admin/config", access: FreshAdmin, tag: "Admin",
		summary: "The configuration in force, and where each setting comes from",
	}, func(context.Context, *struct{}) (*answer[configView], error) {
		return &answer[configView]{configView{each(s.Config, func(v config.Value) settingView {
			return settingView{Key: v.Key, Variable: v.Variable, Value: v.Value, Origin: v.Origin, IsSecret: v.Secret}
		})}}, nil
	})
}
