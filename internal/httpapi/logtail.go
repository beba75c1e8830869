package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"hathor/internal/logtail"
)

type logView struct {
	Lines  []lineView `json:"lines" doc:"Oldest first"`
	Newest int64      `json:"newest" doc:"For after; smaller than before when the server was started anew"`
}

type lineView struct {
	Number  int64       `json:"number"`
	Time    time.Time   `json:"time"`
	Level   string      `json:"level" enum:"debug,info,warn,error"`
	Message string      `json:"message"`
	Fields  []fieldView `json:"fields"`
}

type fieldView struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type logInput struct {
	After int64  `query:"after" minimum:"0" default:"0" doc:"newest of the answer before: only later lines"`
	Level string `query:"level" enum:"debug,info,warn,error" default:"debug" doc:"The least severity"`
	Text  string `query:"text" maxLength:"200" doc:"Somewhere in the line, whatever its case"`
	Limit int    `query:"limit" minimum:"1" maximum:"2000" default:"500" doc:"The newest so many"`
}

const logPath = "/admin/log"

// OwnLogLine tells whether a line only says that somebody read the log: such lines would fill it.
func OwnLogLine(r slog.Record) bool {
	own := false
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "url" {
			path, _, _ := strings.Cut(a.Value.String(), "?")
			own = path == "/api"+logPath
		}
		return a.Key != "url"
	})
	return own && r.Message == requestMessage
}

func registerLog(a *api, s Services) {
	register(a, operation{
		id: "getLog", method: http.MethodGet, path: logPath, access: FreshAdmin, tag: "Admin",
		summary: "The last lines of this process's log",
	}, func(_ context.Context, in *logInput) (*answer[logView], error) {
		var least slog.Level
		if err := least.UnmarshalText([]byte(in.Level)); err != nil {
			return nil, err
		}
		lines, newest := s.Tail.Read(logtail.Query{After: in.After, Least: least, Text: in.Text, Limit: in.Limit})
		return &answer[logView]{logView{each(lines, viewLine), newest}}, nil
	})
}

func viewLine(l logtail.Line) lineView {
	return lineView{
		Number: l.Number, Time: l.Time, Level: levelName(l.Level), Message: l.Message,
		Fields: each(l.Fields, func(f logtail.Field) fieldView { return fieldView(f) }),
	}
}

func levelName(l slog.Level) string {
	switch {
	case l < slog.LevelInfo:
		return "debug"
	case l < slog.LevelWarn:
		return "info"
	case l < slog.LevelError:
		return "warn"
	}
	return "error"
}
