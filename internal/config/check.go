package config

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// later names settings of the contract that this version cannot honour, with what is so instead. They are
// refused, because an operator who sets one relies on it.
var later = map[string]string{
	"STORAGE_URL": "files are kept in DATA_DIR",
	"AI_BASE_URL": "there are no AI features yet",
	"AI_API_KEY":  "there are no AI features yet",
	"AI_MODEL":    "there are no AI features yet",
}

func (s *Sources) unsupported() []string {
	var wrong []string
	for variable, instead := range later {
		if text, set := s.environment(variable); set && text != "" {
			wrong = append(wrong, fmt.Sprintf("environment %s: not supported by this version: %s", variable, instead))
		}
		if key := keyOf(variable); s.file[key] != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %s: not supported by this version: %s", s.fileName, key, instead))
		}
	}
	return wrong
}

func keyOf(variable string) string { return strings.ToLower(strings.ReplaceAll(variable, "_", "-")) }

func variableOf(key string) string { return strings.ToUpper(strings.ReplaceAll(key, "-", "_")) }

// contradictions are values that can be read but make no sense, alone or together.
func (c *Config) contradictions() []string {
	var wrong []string
	require := func(ok bool, name, message string) {
		if !ok {
			wrong = append(wrong, name+": "+message)
		}
	}
	require(c.Port >= 0 && c.Port <= 65535, "PORT", "want 0 to 65535")
	require(c.DBPort >= 1 && c.DBPort <= 65535, "DB_PORT", "want 1 to 65535")
	require(c.DatabaseURL == "" || c.DBHost == "", "DATABASE_URL, DB_HOST", "give one of them, not both")
	require(c.DBHost != "" || c.DBPassword == "", "DB_PASSWORD", "needs DB_HOST")
	require(databaseURL(c.DatabaseURL), "DATABASE_URL", "want sqlite://path or postgres://user:password@host/name")
	c.redisContradictions(require)
	c.tlsContradictions(require)
	c.watchContradictions(require)
	require(c.DataDir != "", "DATA_DIR", "must not be empty")
	require(c.JWTSecret == "" || len(c.JWTSecret) >= 32, "JWT_SECRET", "want 32 characters or more")
	require(c.JWTExpire >= time.Minute && c.JWTExpire <= 24*time.Hour, "JWT_EXPIRE", "want 1m to 24h")
	require(c.MaxFileSize > 0, "MAX_FILE_SIZE", "want 1 or more bytes")
	require(c.MaxBodySize >= 1024, "MAX_BODY_SIZE", "want 1024 or more bytes")
	require(c.TranscodeEncoders >= 0 && c.TranscodeEncoders <= 1024, "TRANSCODE_ENCODERS", "want 0 to 1024")
	require(c.AuditDays >= 1 && c.AuditDays <= 3650, "AUDIT_DAYS", "want 1 to 3650")
	require(c.ScanInterval == 0 || c.ScanInterval >= time.Minute && c.ScanInterval <= 30*24*time.Hour, "SCAN_INTERVAL", "want 1m to 720h, or 0 for never")
	for i, folder := range c.MusicDirs {
		require(strings.TrimSpace(folder) != "", "MUSIC_DIRS", "one of the folders has no name")
		require(!within(folder, c.MusicDirs, i), "MUSIC_DIRS", folder+" lies within another of the folders: its songs would show twice")
	}
	return wrong
}

// within tells whether the folder is, or lies in, one of the others; at is its own place among them.
func within(folder string, others []string, at int) bool {
	for i, other := range others {
		path, err := filepath.Rel(other, folder)
		if i != at && err == nil && filepath.IsLocal(path) && (path != "." || i < at) {
			return true
		}
	}
	return false
}

func databaseURL(text string) bool {
	if text == "" {
		return true
	}
	if path, ok := strings.CutPrefix(text, "sqlite://"); ok {
		return path != ""
	}
	address, err := url.Parse(text)
	return err == nil && (address.Scheme == "postgres" || address.Scheme == "postgresql")
}
