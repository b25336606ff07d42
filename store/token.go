package store

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
)

// tokenBytes is the randomness of an invitation's token: 128 bits.
const tokenBytes = 16

// NewToken draws the token of an invitation from a source of randomness: 22
// characters of A–Z a–z 0–9 _ and -, so that it fits a start link. Only its
// HashToken is ever kept.
func NewToken(random io.Reader) (string, error) {
	var raw [tokenBytes]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", fmt.Errorf("store: drawing a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

// HashToken is what the journal keeps of a token: its SHA-256 in lower-case hex.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
