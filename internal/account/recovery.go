package account

import (
	"encoding/base32"
	"strings"
)

const (
	// recoveryCodes is how many a user gets at once.
	recoveryCodes = 10
	// recoveryBytes are 80 bits, so that a plain hash in the database tells nothing.
	recoveryBytes = 10
	recoveryGroup = 4
)

// recoveryAlphabet has no letter that looks like a digit or another letter.
const recoveryAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

var recoveryText = base32.NewEncoding(recoveryAlphabet).WithPadding(base32.NoPadding)

// newRecoveryCodes returns codes for a person, in groups of four, and their hashes for the store.
func newRecoveryCodes() (shown []string, hashes [][]byte) {
	for range recoveryCodes {
		code := recoveryText.EncodeToString(randomBytes(recoveryBytes))
		hashes = append(hashes, tokenHash(code))
		var groups []string
		for ; len(code) > 0; code = code[recoveryGroup:] {
			groups = append(groups, code[:recoveryGroup])
		}
		shown = append(shown, strings.Join(groups, "-"))
	}
	return shown, hashes
}

// plainCode is a code as somebody may have typed it, without what only helps reading. letters that look like
// digits are those in a recovery code.
func plainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '\t', '\u00a0', '\u2011', '\u2013':
			return -1
		case 'o':
			return '0'
		case 'i', 'l':
			return '1'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(typed)))
}

// isTOTP tells a code of an app from a recovery code; both are given in the same place.
func isTOTP(plain string) bool {
	return len(plain) == totpDigits && strings.Trim(plain, "0123456789") == ""
}

// isRecovery tells what can be a recovery code.
func isRecovery(plain string) bool {
	return len(plain) == recoveryText.EncodedLen(recoveryBytes) && strings.Trim(plain, recoveryAlphabet) == ""
}
