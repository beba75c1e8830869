package account

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// RFC 6238, appendix B, for SHA-1, cut to six digits, and RFC 4226, appendix D, for the first steps.
func TestCodesOfTheStandards(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if got := codeAt(secret, stepAt(time.Unix(at, 0))); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
	for step, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got := codeAt(secret, int64(step)); got != want {
			t.Errorf("step %d: %s, want %s", step, got, want)
		}
	}
}

func TestACodeIsGoodForOneStepToEitherSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "secret")
		now := time.Unix(rapid.Int64Range(1_000_000_000, 4_000_000_000).Draw(t, "now"), 0)
		off := rapid.Int64Range(-4, 4).Draw(t, "off")
		step := stepAt(now) + off
		code := codeAt(secret, step)
		found := stepsOf(secret, code, now)
		for _, s := range found {
			if codeAt(secret, s) != code || s < stepAt(now)-1 || s > stepAt(now)+1 {
				t.Fatalf("step %d found at %d", s, stepAt(now))
			}
		}
		if near := off >= -1 && off <= 1; slices.Contains(found, step) != near {
			t.Fatalf("a code %d steps away: found %v", off, found)
		}
		if !slices.IsSorted(found) {
			t.Fatalf("not oldest first: %v", found)
		}
		if got := stepsOf(secret, code[:5], now); got != nil {
			t.Fatalf("half a code is found at %v", got)
		}
	})
}

func TestTheAddressForApps(t *testing.T) {
	secret := []byte("12345678901234567890")
	u, err := url.Parse(totpURI("anna", secret))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Hathor:anna" || q.Get("issuer") != "Hathor" ||
		q.Get("secret") != "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" || q.Get("digits") != "6" || q.Get("period") != "30" || q.Get("algorithm") != "SHA1" {
		t.Errorf("got %s", u)
	}
}

func TestRecoveryCodes(t *testing.T) {
	shown, hashes := newRecoveryCodes()
	if len(shown) != 10 || len(hashes) != 10 {
		t.Fatalf("%d codes, %d hashes", len(shown), len(hashes))
	}
	seen := map[string]bool{}
	for i, code := range shown {
		for _, typed := range []string{code, strings.ToUpper(code), " " + strings.ReplaceAll(code, "-", " ") + "\n", strings.NewReplacer("0", "O", "1", "l").Replace(code)} {
			plain := plainCode(typed)
			if !isRecovery(plain) || isTOTP(plain) || string(tokenHash(plain)) != string(hashes[i]) {
				t.Errorf("%q, typed as %q, is another code", code, typed)
			}
		}
		if groups := strings.Split(code, "-"); len(groups) != 4 || len(code) != 19 || seen[code] {
			t.Errorf("code %q", code)
		}
		seen[code] = true
	}
	for typed, totp := range map[string]bool{"123456": true, "123 456": true, " 123-456 ": true, "12345": false, "1234567": false, "12345a": false, "١٢٣٤٥٦": false, "": false} {
		if isTOTP(plainCode(typed)) != totp {
			t.Errorf("%q: a code of an app: %t", typed, !totp)
		}
	}
}

func TestASealedSecretIsBoundToUserAndKey(t *testing.T) {
	seals := func(secret string) *sealer {
		derived, err := deriveKeys([]byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		s, err := newSealer(derived.factor)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ours, others := seals(strings.Repeat("a", 32)), seals(strings.Repeat("b", 32))
	secret := []byte("12345678901234567890")
	sealed := ours.seal(7, secret)
	if strings.Contains(string(sealed), string(secret)) || string(sealed) == string(ours.seal(7, secret)) {
		t.Error("the secret shows, or the same is sealed the same way")
	}
	if got, err := ours.open(7, sealed); err != nil || string(got) != string(secret) {
		t.Errorf("got %q %v", got, err)
	}
	changed := slices.Clone(sealed)
	changed[len(changed)/2] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another user": func() ([]byte, error) { return ours.open(8, sealed) },
		"another key":  func() ([]byte, error) { return others.open(7, sealed) },
		"changed":      func() ([]byte, error) { return ours.open(7, changed) },
		"cut":          func() ([]byte, error) { return ours.open(7, sealed[:5]) },
		"nothing":      func() ([]byte, error) { return ours.open(7, nil) },
	} {
		if got, err := open(); !errors.Is(err, errSealed) || got != nil {
			t.Errorf("%s: got %q %v", name, got, err)
		}
	}
}
