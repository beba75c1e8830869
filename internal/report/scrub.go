package report

import (
	"regexp"
	"strconv"
)

// secrets are what may stand in an error's text and let somebody in, or name somebody: each is replaced by
// what stands beside it.
var secrets = []struct {
	shape *regexp.Regexp
	by    string
}{
	{regexp.MustCompile(`(?i)\b((?:set-)?cookie|authorization|proxy-authorization)("?\s*[:=]\s*)[^\r\n]*`), "$1$2-"},
	{regexp.MustCompile(`(?i)\bbearer\s+\S+`), "Bearer -"},
	{regexp.MustCompile(`(?i)\b([\w.-]*(?:pass|token|secret|sig|api[_-]?key|auth|session|credential|totp|invite|dsn)[\w.-]*)("?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s&,;})\]]+)`), "$1$2-"},
	{regexp.MustCompile(`([?&](?:p|t|s|code|state|key|invite)=)[^&\s"']+`), "$1-"},
	{regexp.MustCompile(`://[^/\s@]+@`), "://-@"},
	{regexp.MustCompile(`\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?`), "-"},
	{regexp.MustCompile(`\bhk_[\w-]+`), "-"},
	{regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`), "-"},
	{regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b`), "-"},
	{regexp.MustCompile(`\b[A-Za-z0-9_-]{40,}`), "-"},
}

// scrub takes out of an error's text what is nobody else's business, and cuts it.
func scrub(text string) string {
	for _, one := range secrets {
		text = one.shape.ReplaceAllString(text, one.by)
	}
	if len(text) > longestMessage {
		text = text[:longestMessage] + "…"
	}
	return text
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
