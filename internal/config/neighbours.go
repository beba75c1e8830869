package config

import (
	"errors"
	"net/url"
	"strconv"
)

// Fraction is a share of a whole.
type Fraction float64

// MarshalText writes what UnmarshalText reads.
func (f Fraction) MarshalText() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(f), 'f', -1, 64), nil
}

// UnmarshalText reads a number from 0 to 1.
func (f *Fraction) UnmarshalText(text []byte) error {
	number, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(number >= 0 && number <= 1) {
		return errors.New("want a number from 0 to 1")
	}
	*f = Fraction(number)
	return nil
}

// requirement notes what is wrong unless ok.
type requirement func(ok bool, name, message string)

func (c *Config) redisContradictions(require requirement) {
	require(c.RedisPort >= 1 && c.RedisPort <= 65535, "REDIS_PORT", "want 1 to 65535")
	require(c.RedisURL == "" || c.RedisHost == "", "REDIS_URL, REDIS_HOST", "give one of them, not both")
	require(c.RedisHost != "" || c.RedisPassword == "", "REDIS_PASSWORD", "needs REDIS_HOST")
	require(c.RedisURL == "" || addressOf(c.RedisURL, "redis", "rediss", "unix"), "REDIS_URL", "want redis://host, rediss://host or unix:///path")
	require(c.Redis() == "" || c.JWTSecret != "", "JWT_SECRET", "needed with Redis: nodes that work together must sign alike")
}

func (c *Config) watchContradictions(require requirement) {
	require(c.SentryDSN == "" || addressOf(c.SentryDSN, "https", "http"), "SENTRY_DSN", "want https://key@host/project")
	require(c.OTLPEndpoint == "" || addressOf(c.OTLPEndpoint, "https", "http"), "OTEL_EXPORTER_OTLP_ENDPOINT", "want http://host:4318 or https://…")
}

// addressOf tells whether the text is an address with one of the schemes.
func addressOf(text string, schemes ...string) bool {
	read, err := url.Parse(text)
	if err != nil {
		return false
	}
	for _, scheme := range schemes {
		if read.Scheme == scheme {
			return read.Host != "" || scheme == "unix" && read.Path != ""
		}
	}
	return false
}
