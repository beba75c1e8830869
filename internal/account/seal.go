package account

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"strconv"
)

// sealer keeps secrets that the server has to read again from whoever has only the database: AES-256-GCM,
// bound to the user, so that a sealed secret is worth nothing in another user's row.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (*sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return &sealer{aead}, nil
}

func (s *sealer) seal(user UserID, secret []byte) []byte {
	return s.aead.Seal(nil, nil, secret, ownerOf(user))
}

var errSealed = errors.New("a second factor's secret was sealed with another server secret: was JWT_SECRET changed?")

// open returns the secret, or errSealed.
func (s *sealer) open(user UserID, sealed []byte) ([]byte, error) {
	secret, err := s.aead.Open(nil, nil, sealed, ownerOf(user))
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", errSealed, err)
	}
	return secret, nil
}

func ownerOf(user UserID) []byte {
	return []byte("factor of user " + strconv.FormatInt(int64(user), 10))
}
