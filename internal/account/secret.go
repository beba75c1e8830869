package account

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// shortestSecret is how many bytes the secret must have, as HMAC-SHA-256 wants.
const shortestSecret = 32

// LoadSecret reads the server's secret from the file at path, and makes it at the first start: 256 random
// bits, readable by the owner only. Nodes that start together on one folder end up with the same secret.
func LoadSecret(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeSecret(path); err != nil {
			return nil, fmt.Errorf("make secret: %w", err)
		}
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read secret: %w", err)
	}
	secret := []byte(strings.TrimSpace(string(text)))
	if len(secret) < shortestSecret {
		return nil, fmt.Errorf("the secret in %s is shorter than %d bytes: remove the file to get a new one", path, shortestSecret)
	}
	return secret, nil
}

// makeSecret writes beside path and links the whole file into place; whoever comes second keeps the first.
func makeSecret(path string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, ".secret-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	raw := make([]byte, shortestSecret)
	_, _ = rand.Read(raw) // never fails: the program ends instead
	_, err = file.WriteString(hex.EncodeToString(raw) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(folder)
}

// syncFolder makes a new name in the folder survive a power cut. Windows syncs no folders: its file systems
// keep a log of names.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}

// keys are made of the one secret, each for its own purpose.
type keys struct{ access, signature, factor []byte }

func deriveKeys(secret []byte) (k keys, err error) {
	if len(secret) < shortestSecret {
		return k, fmt.Errorf("the secret must have at least %d bytes, it has %d", shortestSecret, len(secret))
	}
	for purpose, key := range map[string]*[]byte{
		"hathor access token": &k.access, "hathor signed address": &k.signature, "hathor second factor": &k.factor,
	} {
		if *key, err = hkdf.Key(sha256.New, secret, nil, purpose, sha256.Size); err != nil {
			return k, fmt.Errorf("derive key: %w", err)
		}
	}
	return k, nil
}
