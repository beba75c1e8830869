package account

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // what authenticator apps speak; an HMAC does not need collisions to be hard
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// What RFC 6238 leaves open, as every authenticator app has it: HMAC-SHA-1, six digits, steps of 30 seconds
// from 1970.
const (
	totpStep   = 30 * time.Second
	totpDigits = 6
	// totpSkew is how many steps a phone's clock may be off to either side: a code is good for up to 90
	// seconds. RFC 6238, section 5.2, advises one step for the way of the code, and no more.
	totpSkew = 1
	// totpSecretBytes are the 160 bits that RFC 4226, section 4, recommends.
	totpSecretBytes = 20
	// totpIssuer is the name that an app shows beside the user's.
	totpIssuer = "Hathor"
)

// stepAt is the number of the time step at now.
func stepAt(now time.Time) int64 { return now.Unix() / int64(totpStep/time.Second) }

// codeAt is the code of one step (RFC 4226, section 5.3).
func codeAt(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	value := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, value%1_000_000)
}

// stepsOf are the steps near now whose code this is, oldest first. All are compared, so that the time taken
// says nothing.
func stepsOf(secret []byte, code string, now time.Time) []int64 {
	var found []int64
	for step := stepAt(now) - totpSkew; step <= stepAt(now)+totpSkew; step++ {
		if subtle.ConstantTimeCompare([]byte(codeAt(secret, step)), []byte(code)) == 1 {
			found = append(found, step)
		}
	}
	return found
}

var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// totpURI is what an authenticator app reads from the QR code.
func totpURI(username string, secret []byte) string {
	query := "secret=" + secretText.EncodeToString(secret) + "&issuer=" + totpIssuer + "&algorithm=SHA1&digits=6&period=30"
	return (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + totpIssuer + ":" + username, RawQuery: query}).String()
}
