// Package config is every setting of the server: one struct, filled from defaults, a YAML file, the
// environment and flags, each beating the one before, and checked before anything starts.
//
// The struct's tags say it all once: the flag and file key follow from the field's name, `environment` is
// the variable's name, `secret` keeps a value out of what is printed.
package config

import (
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Config is the whole configuration. Fill it with kong and a Sources, then call Sources.Check.
type Config struct {
	Port int    `default:"5000" environment:"PORT" help:"Port to listen on; 0 takes a free one."`
	Host string `environment:"HOST" help:"Address to listen on; all of them when empty."`

	DatabaseURL string `environment:"DATABASE_URL" secret:"url" help:"sqlite://path or postgres://…; a SQLite file in the data folder when empty."`
	DBHost      string `environment:"DB_HOST" help:"PostgreSQL host, instead of a database URL."`
	DBPort      int    `default:"5432" environment:"DB_PORT" help:"PostgreSQL port."`
	DBName      string `default:"hathor" environment:"DB_NAME" help:"PostgreSQL database."`
	DBUser      string `default:"hathor" environment:"DB_USER" help:"PostgreSQL user."`
	DBPassword  string `environment:"DB_PASSWORD" secret:"value" help:"PostgreSQL password."`

	RedisURL      string `environment:"REDIS_URL" secret:"url" help:"redis://… or rediss://…, which several nodes share; none when empty."`
	RedisHost     string `environment:"REDIS_HOST" help:"Redis host, instead of a Redis URL."`
	RedisPort     int    `default:"6379" environment:"REDIS_PORT" help:"Redis port."`
	RedisPassword string `environment:"REDIS_PASSWORD" secret:"value" help:"Redis password."`

	DataDir   string   `default:"./data" environment:"DATA_DIR" help:"Folder of everything the server writes."`
	MusicDirs []string `environment:"MUSIC_DIRS" help:"Library folders, read only, comma-separated."`

	Watch        bool          `default:"true" environment:"WATCH" help:"Whether library folders are watched for changes as they happen."`
	ScanInterval time.Duration `default:"15m" environment:"SCAN_INTERVAL" help:"How often library folders are scanned that cannot be watched; 0 never."`

	JWTSecret string        `environment:"JWT_SECRET" secret:"value" help:"Key that signs access tokens and seals second factors, 32 characters or more; made and kept in the data folder when empty."`
	JWTExpire time.Duration `default:"15m" environment:"JWT_EXPIRE" help:"Life of an access token."`

	TLS             TLS        `default:"off" environment:"TLS" help:"Serve https as well: off, own (a certificate authority of this server's own), files, or acme. Without a value: own."`
	TLSPort         int        `default:"5443" environment:"TLS_PORT" help:"Port of https; 0 takes a free one."`
	TLSHosts        []string   `environment:"TLS_HOSTS" help:"Names and addresses that certificates are for, comma-separated."`
	TLSCert         string     `environment:"TLS_CERT" help:"Certificate file (PEM, the whole chain), for files."`
	TLSKey          string     `environment:"TLS_KEY" help:"Key file (PEM), for files."`
	ACMEEmail       string     `environment:"ACME_EMAIL" help:"Where the authority writes when something is wrong with a certificate, for acme."`
	ACMEDirectory   string     `default:"https://acme-v02.api.letsencrypt.org/directory" environment:"ACME_DIRECTORY" help:"Address of the authority's directory, for acme."`
	ACMEAcceptTerms Acceptance `default:"no" environment:"ACME_ACCEPT_TERMS" help:"yes accepts the authority's terms of service, which acme needs."`

	ClientURL      []Origin `environment:"CLIENT_URL" help:"Browser origins allowed beside the server's own, comma-separated."`
	TrustedProxies Networks `environment:"TRUSTED_PROXIES" help:"Addresses or networks whose X-Forwarded headers count, comma-separated."`

	MaxFileSize int64 `default:"524288000" environment:"MAX_FILE_SIZE" help:"Bytes of one upload."`
	UploadQuota Size  `default:"none" environment:"UPLOAD_QUOTA" help:"What each member may have uploaded in all, such as 20GB, or none."`
	MaxBodySize int64 `default:"10485760" environment:"MAX_BODY_SIZE" help:"Bytes of one JSON body."`

	FFmpeg            string `environment:"FFMPEG" help:"The ffmpeg that converts songs; the one of PATH when empty, off for none."`
	TranscodeCache    Size   `default:"2GB" environment:"TRANSCODE_CACHE" help:"What converted songs may take in the data folder, such as 2GB; none keeps none."`
	TranscodeEncoders int    `default:"0" environment:"TRANSCODE_ENCODERS" help:"Songs converted at the same time; 0 is one for each core."`

	RateLimitAnonymous Rate `default:"100/15m" environment:"RATE_LIMIT_ANONYMOUS" help:"Requests of an address that is not signed in, or off."`
	RateLimitAuth      Rate `default:"10/1h" environment:"RATE_LIMIT_AUTH" help:"Failed sign-ins and registrations of an address, or off."`
	RateLimitUser      Rate `default:"6000/1m" environment:"RATE_LIMIT_USER" help:"Requests of a user, or off."`

	Registration Registration `default:"open" environment:"REGISTRATION" help:"Who may make an account: open, invite or closed. The first can always be made."`
	AuditDays    int          `default:"365" environment:"AUDIT_DAYS" help:"Days that the audit log keeps an event."`

	RequireAdminFactor bool `default:"false" environment:"REQUIRE_ADMIN_FACTOR" help:"Whether an admin needs a second factor for all that is the admin's."`

	Analysis Switch `default:"on" environment:"ANALYSIS" help:"on measures each song's whole file in the background: loudness, waveform, exact length; off does not."`

	SentryDSN    string   `environment:"SENTRY_DSN" secret:"value" help:"Where failures of the server are reported."`
	OTLPEndpoint string   `environment:"OTEL_EXPORTER_OTLP_ENDPOINT" secret:"url" help:"Where traces are sent, by OTLP over HTTP; /v1/traces is added."`
	TraceShare   Fraction `default:"1" environment:"OTEL_TRACES_SAMPLER_ARG" help:"Share of requests that are traced, 0 to 1."`

	LogLevel  LogLevel  `default:"info" environment:"LOG_LEVEL" help:"debug, info, warn or error."`
	LogFormat LogFormat `default:"auto" environment:"LOG_FORMAT" help:"text, json, or auto: text on a terminal."`
	LogFile   string    `environment:"LOG_FILE" help:"File that log lines are added to, instead of standard error."`
}

// Database is the address of the database, made of whichever settings name it.
func (c *Config) Database() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	if c.DBHost == "" {
		return "sqlite://" + filepath.Join(c.DataDir, "hathor.db")
	}
	address := url.URL{Scheme: "postgres", Path: "/" + c.DBName, User: url.User(c.DBUser)}
	if strings.HasPrefix(c.DBHost, "/") { // the folder of its socket
		address.RawQuery = url.Values{"host": {c.DBHost}, "port": {strconv.Itoa(c.DBPort)}}.Encode()
	} else {
		address.Host = net.JoinHostPort(c.DBHost, strconv.Itoa(c.DBPort))
	}
	if c.DBPassword != "" {
		address.User = url.UserPassword(c.DBUser, c.DBPassword)
	}
	return address.String()
}

// Redis is the address of the Redis that nodes share, made of whichever settings name it; empty without.
func (c *Config) Redis() string {
	if c.RedisURL != "" || c.RedisHost == "" {
		return c.RedisURL
	}
	address := url.URL{Scheme: "redis", Host: net.JoinHostPort(c.RedisHost, strconv.Itoa(c.RedisPort))}
	if c.RedisPassword != "" {
		address.User = url.UserPassword("", c.RedisPassword)
	}
	return address.String()
}
