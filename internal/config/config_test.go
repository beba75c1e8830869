package config_test

import (
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"hathor/internal/config"
)

// load reads a file's text, an environment and arguments as the program does.
func load(t *testing.T, file string, environment map[string]string, arguments ...string) (*config.Config, *config.Sources, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(name, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	sources := config.NewSources(name, func(variable string) (string, bool) {
		text, set := environment[variable]
		return text, set
	})
	c := &config.Config{}
	parser, err := kong.New(c, kong.FlagNamer(config.FlagName), kong.Resolvers(sources))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(arguments); err != nil {
		t.Fatal(err)
	}
	return c, sources, sources.Check(c)
}

func TestDefaults(t *testing.T) {
	c, _, err := load(t, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := &config.Config{
		Port: 5000, DBPort: 5432, RedisPort: 6379, TLS: config.TLSOff, TLSPort: 5443, TraceShare: 1,
		ACMEDirectory: "https://acme-v02.api.letsencrypt.org/directory", DBName: "hathor", DBUser: "hathor", DataDir: "./data", Watch: true, ScanInterval: 15 * time.Minute, Analysis: true, TranscodeCache: 2_000_000_000, JWTExpire: 15 * time.Minute,
		MaxFileSize: 524288000, MaxBodySize: 10485760, Registration: config.RegistrationOpen, AuditDays: 365, LogFormat: config.LogAuto,
		RateLimitAnonymous: config.Rate{Count: 100, Per: 15 * time.Minute},
		RateLimitAuth:      config.Rate{Count: 10, Per: time.Hour},
		RateLimitUser:      config.Rate{Count: 6000, Per: time.Minute},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
	if got := c.Database(); got != "sqlite://data/hathor.db" {
		t.Errorf("database: %s", got)
	}
}

func TestLaterSourcesBeatEarlierOnes(t *testing.T) {
	file := "port: 1\nhost: file\ndata-dir: /file\n"
	environment := map[string]string{"HOST": "environment", "DATA_DIR": "/environment"}
	c, _, err := load(t, file, environment, "--data-dir=/flag")
	if err != nil {
		t.Fatal(err)
	}
	if c.Port != 1 || c.Host != "environment" || c.DataDir != "/flag" {
		t.Errorf("got port %d, host %s, data folder %s", c.Port, c.Host, c.DataDir)
	}
}

func TestEveryKindOfValueFromEverySource(t *testing.T) {
	want := &config.Config{
		MusicDirs:      []string{"/music", "/more, with a comma"},
		ClientURL:      []config.Origin{"https://music.example", "http://localhost:3000"},
		TrustedProxies: config.Networks{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")},
		RateLimitAuth:  config.Rate{}, RateLimitUser: config.Rate{Count: 5, Per: time.Second},
		JWTExpire: time.Hour, Registration: config.RegistrationClosed, RequireAdminFactor: true,
	}
	file := "music-dirs: [/music, '/more, with a comma']\nclient-url:\n- https://Music.example/\n- http://localhost:3000\n" +
		"trusted-proxies: [10.1.2.3/8, '::1']\nrate-limit-auth: off\nrate-limit-user: 5/1s\njwt-expire: 1h\nregistration: closed\nrequire-admin-factor: true\n"
	environment := map[string]string{
		"MUSIC_DIRS": `/music,/more\, with a comma`, "CLIENT_URL": "https://Music.example/,http://localhost:3000",
		"TRUSTED_PROXIES": "10.1.2.3/8, ::1", "RATE_LIMIT_AUTH": "off", "RATE_LIMIT_USER": "5/1s",
		"JWT_EXPIRE": "1h", "REGISTRATION": "closed", "REQUIRE_ADMIN_FACTOR": "true",
	}
	flags := []string{
		`--music-dirs=/music,/more\, with a comma`, "--client-url=https://Music.example/,http://localhost:3000",
		"--trusted-proxies=10.1.2.3/8, ::1", "--rate-limit-auth=off", "--rate-limit-user=5/1s", "--jwt-expire=1h", "--registration=closed",
		"--require-admin-factor",
	}
	for name, c := range map[string]func() (*config.Config, *config.Sources, error){
		"file":        func() (*config.Config, *config.Sources, error) { return load(t, file, nil) },
		"environment": func() (*config.Config, *config.Sources, error) { return load(t, "", environment) },
		"flags":       func() (*config.Config, *config.Sources, error) { return load(t, "", nil, flags...) },
	} {
		got, _, err := c()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		picked := &config.Config{
			MusicDirs: got.MusicDirs, ClientURL: got.ClientURL, TrustedProxies: got.TrustedProxies, RateLimitAuth: got.RateLimitAuth,
			RateLimitUser: got.RateLimitUser, JWTExpire: got.JWTExpire, Registration: got.Registration,
			RequireAdminFactor: got.RequireAdminFactor,
		}
		prefixes := cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })
		if diff := cmp.Diff(want, picked, prefixes); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestEveryWrongValueIsNamedAtOnce(t *testing.T) {
	file := "colour: red\nport: [1, 2]\nmax-body-size: 12\nstorage-url: s3://bucket\n"
	environment := map[string]string{
		"JWT_EXPIRE": "soon", "JWT_SECRET": "geheim", "CLIENT_URL": "https://a.example/path", "TRUSTED_PROXIES": "my-proxy",
		"RATE_LIMIT_USER": "100", "REGISTRATION": "friends", "LOG_LEVEL": "loud", "DATABASE_URL": "mysql://u:geheim@h/d",
		"DB_HOST": "db", "AI_MODEL": "large", "REDIS_URL": "http://u:geheim@cache", "TLS": "perhaps", "TLS_HOSTS": "https://music.example",
		"TLS_CERT": "cert.pem", "OTEL_TRACES_SAMPLER_ARG": "2", "OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318", "SENTRY_DSN": "geheim",
	}
	_, _, err := load(t, file, environment)
	if err == nil {
		t.Fatal("nothing was found wrong")
	}
	for _, want := range []string{
		`unknown key "colour"`, "settings.yaml: port", "MAX_BODY_SIZE: want 1024", "storage-url: not supported by this version",
		`environment JWT_EXPIRE: "soon"`, "JWT_SECRET: want 32 characters", "environment CLIENT_URL", "environment TRUSTED_PROXIES",
		"environment RATE_LIMIT_USER", "want open, invite or closed", "environment LOG_LEVEL",
		"DATABASE_URL: want sqlite://", "DATABASE_URL, DB_HOST: give one of them", "environment AI_MODEL: not supported by this version",
		"REDIS_URL: want redis://", `environment TLS: "perhaps": want off, own, files or acme`, `TLS_HOSTS: "https://music.example" is no host`,
		"TLS_CERT, TLS_KEY: need TLS=files", `environment OTEL_TRACES_SAMPLER_ARG: "2": want a number`, "OTEL_EXPORTER_OTLP_ENDPOINT: want http://",
		"SENTRY_DSN: want https://",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(err.Error(), "geheim") {
		t.Error("the message holds a secret")
	}
	if t.Failed() {
		t.Log(err)
	}
}

func TestRedisInParts(t *testing.T) {
	secret := "a secret of more than thirty-two bytes for tests"
	c, _, err := load(t, "", map[string]string{"REDIS_HOST": "cache", "REDIS_PORT": "7000", "REDIS_PASSWORD": "p@ss:word", "JWT_SECRET": secret})
	if err != nil || c.Redis() != "redis://:p%40ss%3Aword@cache:7000" {
		t.Errorf("got %s, %v", c.Redis(), err)
	}
	if c.RedisHost = "::1"; c.Redis() != "redis://:p%40ss%3Aword@[::1]:7000" {
		t.Errorf("got %s", c.Redis())
	}
	if _, _, err := load(t, "", map[string]string{"REDIS_URL": "redis://cache"}); err == nil || !strings.Contains(err.Error(), "JWT_SECRET: needed with Redis") {
		t.Errorf("nodes without a common secret: %v", err)
	}
}

func TestTLSAskedForByABareFlag(t *testing.T) {
	for _, arguments := range [][]string{{"--tls"}, {"--tls=own"}, {"--tls", "--port=1"}} {
		c, _, err := load(t, "tls: off\n", nil, arguments...)
		if err != nil || c.TLS != config.TLSOwn {
			t.Errorf("%v: %q, %v", arguments, c.TLS, err)
		}
	}
	if c, _, err := load(t, "tls: own\n", map[string]string{"TLS": "off"}); err != nil || c.TLS != config.TLSOff {
		t.Errorf("environment over file: %q, %v", c.TLS, err)
	}
}

func TestTLSSettingsThatDoNotFitTogether(t *testing.T) {
	acme := map[string]string{"TLS": "acme", "TLS_HOSTS": "music.example.org", "ACME_ACCEPT_TERMS": "yes", "ACME_EMAIL": "a@example.org"}
	if _, _, err := load(t, "", acme); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string][2]string{
		"ACME_ACCEPT_TERMS: yes is needed":           {"ACME_ACCEPT_TERMS", "no"},
		"TLS_HOSTS: needed with TLS=acme":            {"TLS_HOSTS", ""},
		`TLS_HOSTS: "192.168.1.5" is no name`:        {"TLS_HOSTS", "192.168.1.5"},
		`TLS_HOSTS: "nas" is no name`:                {"TLS_HOSTS", "nas"},
		"ACME_EMAIL: want an e-mail":                 {"ACME_EMAIL", "me"},
		"ACME_DIRECTORY: want https":                 {"ACME_DIRECTORY", "http://ca.example"},
		"TLS_CERT, TLS_KEY: both are needed":         {"TLS", "files"},
		"TLS_PORT: must not be PORT":                 {"PORT", "5443"},
		`environment ACME_ACCEPT_TERMS: "perhaps": `: {"ACME_ACCEPT_TERMS", "perhaps"},
	} {
		environment := maps.Clone(acme)
		environment[change[0]] = change[1]
		if _, _, err := load(t, "", environment); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func TestMusicFoldersLieSideBySide(t *testing.T) {
	for folders, ok := range map[string]bool{
		"/a,/b": true, "/a,/ab": true, "/a,/a/../b": true, "/a,/a": false, "/a,/a/": false, "/a/b/c,/a": false, "/a,/b,/a/..c": false, "/a,../a": true,
	} {
		_, _, err := load(t, "", map[string]string{"MUSIC_DIRS": folders})
		if (err == nil) != ok {
			t.Errorf("%s: %v", folders, err)
		}
	}
}

func TestFileThatIsNoYAML(t *testing.T) {
	if _, _, err := load(t, "port: [", nil); err == nil || !strings.Contains(err.Error(), "settings.yaml") {
		t.Errorf("got %v", err)
	}
	sources := config.NewSources(filepath.Join(t.TempDir(), "gone.yaml"), func(string) (string, bool) { return "", false })
	if err := sources.Check(&config.Config{}); err == nil || !strings.Contains(err.Error(), "gone.yaml") {
		t.Errorf("a named file that is not there: got %v", err)
	}
}

func TestPrintMasksSecretsAndCanBeReadAgain(t *testing.T) {
	environment := map[string]string{
		"JWT_SECRET": "geheim-geheim-geheim-geheim-geheim", "MUSIC_DIRS": "/a,/b", "TRUSTED_PROXIES": "10.0.0.0/8",
		"DATABASE_URL": "postgres://me:geheim@db:5432/music?sslmode=disable&password=geheim2",
	}
	c, sources, err := load(t, "port: 7000\n", environment)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := sources.Print(&out, c); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{
		"database-url: postgres://me:********@db:5432/music?", "sslmode=disable", "# environment DATABASE_URL", "# environment MUSIC_DIRS",
		"settings.yaml: port", "rate-limit-auth: 10/1h # default", "jwt-expire: 15m # default",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(text, "geheim") {
		t.Error("a secret was printed")
	}
	again, _, err := load(t, text, map[string]string{"JWT_SECRET": environment["JWT_SECRET"], "DATABASE_URL": environment["DATABASE_URL"]})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, again, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestDatabaseAddressFromItsParts(t *testing.T) {
	for host, want := range map[string]string{
		"db.example":      "postgres://hathor:p%40ss%2Fword@db.example:5432/music",
		"fd00::7":         "postgres://hathor:p%40ss%2Fword@[fd00::7]:5432/music",
		"/run/postgresql": "postgres://hathor:p%40ss%2Fword@/music?host=%2Frun%2Fpostgresql&port=5432",
	} {
		c, _, err := load(t, "", map[string]string{"DB_HOST": host, "DB_PASSWORD": "p@ss/word", "DB_NAME": "music"})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Database(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func FuzzRate(f *testing.F) {
	f.Add("100/15m")
	f.Add("off")
	f.Fuzz(func(t *testing.T, text string) {
		var rate config.Rate
		if rate.UnmarshalText([]byte(text)) != nil {
			return
		}
		var again config.Rate
		if err := again.UnmarshalText([]byte(rate.String())); err != nil || again != rate {
			t.Errorf("%q became %v, then %v: %v", text, rate, again, err)
		}
	})
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]config.Size{
		"none": 0, "20GB": 20_000_000_000, "20 gb": 20_000_000_000, "1.5TB": 1_500_000_000_000, "512MiB": 512 << 20, "1024": 1024, "3kB": 3000,
	} {
		c, sources, err := load(t, "", map[string]string{"UPLOAD_QUOTA": text})
		if err != nil || c.UploadQuota != want {
			t.Errorf("%q is %d, %v", text, c.UploadQuota, err)
		}
		values, err := sources.Values(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			if v.Variable != "UPLOAD_QUOTA" {
				continue
			}
			again, _, err := load(t, "", map[string]string{"UPLOAD_QUOTA": v.Value})
			if err != nil || again.UploadQuota != want || v.Origin != "environment UPLOAD_QUOTA" {
				t.Errorf("%q is shown as %+v, which is %d, %v", text, v, again.UploadQuota, err)
			}
		}
	}
	for _, text := range []string{"0", "-1GB", "much", "GB", "1PB", "1e30", "NaN", "Inf"} {
		if c, _, err := load(t, "", map[string]string{"UPLOAD_QUOTA": text}); err == nil {
			t.Errorf("%q is taken for %d", text, c.UploadQuota)
		}
	}
}

func TestValuesMaskSecretsAndSayWhereTheyCameFrom(t *testing.T) {
	c, sources, err := load(t, "music-dirs: [/a, /b]\n", map[string]string{
		"JWT_SECRET": strings.Repeat("s", 32), "DATABASE_URL": "postgres://u:hidden@db/h?sslpassword=hidden",
	})
	if err != nil {
		t.Fatal(err)
	}
	values, err := sources.Values(c)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]config.Value{}
	for _, v := range values {
		found[v.Key] = v
		if strings.Contains(v.Value, "hidden") || strings.Contains(v.Value, "sss") {
			t.Errorf("%s shows %q", v.Key, v.Value)
		}
	}
	if v := found["music-dirs"]; v.Value != "/a, /b" || !strings.HasSuffix(v.Origin, ": music-dirs") {
		t.Errorf("music-dirs is %+v", v)
	}
	if v := found["jwt-secret"]; !v.Secret || v.Value != "********" {
		t.Errorf("jwt-secret is %+v", v)
	}
	if v := found["port"]; v.Value != "5000" || v.Origin != "default" {
		t.Errorf("port is %+v", v)
	}
}
