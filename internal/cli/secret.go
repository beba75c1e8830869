package cli

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hathor/internal/config"
)

// shortestSecret is how many characters a signing key must have.
const shortestSecret = 32

// signingSecret is the key that signs tokens and addresses: the operator's own, or one that was made at
// the first start and is kept in the data folder, readable by its owner only.
func signingSecret(c *config.Config, data *folder) ([]byte, error) {
	if c.JWTSecret != "" {
		return []byte(c.JWTSecret), nil
	}
	name := filepath.Join(data.path, "jwt-secret")
	kept, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSecret(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	if len(kept) < shortestSecret {
		return nil, fmt.Errorf("read signing key: %s is cut short; remove it to make a new one, which signs everybody out", name)
	}
	return kept, nil
}

// makeSecret keeps a new key before it is used: a key lost in a crash would sign everybody out.
func makeSecret(name string) ([]byte, error) {
	secret := []byte(rand.Text() + rand.Text())
	file, err := os.OpenFile(name+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keep signing key: %w", err)
	}
	_, err = file.Write(secret)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, fmt.Errorf("keep signing key: %w", err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return nil, fmt.Errorf("keep signing key: %w", err)
	}
	return secret, syncFolder(filepath.Dir(name))
}

// syncFolder makes a rename in the folder outlive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}
