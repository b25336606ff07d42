package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// file is what the server knows of a file; its bytes are in the store by
// SHA-256.
type file struct {
	ID     string `json:"id"`
	N      int64  `json:"n"` // counts files
	Unique string `json:"unique"`
	Kind   string `json:"kind"` // photo, document, sticker, voice
	Path   string `json:"path"` // for the download
	Name   string `json:"name,omitempty"`
	Mime   string `json:"mime,omitempty"`
	Sum    string `json:"sum"`
	Size   int64  `json:"size"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Small  string `json:"small,omitempty"` // a photo's smaller rendering, a file id
}

// store keeps the bytes of files, each once.
type store interface {
	put(data []byte) (sum string, err error)
	get(sum string) ([]byte, error)
}

func newStore(dir string) store {
	if dir == "" {
		return &memoryStore{files: map[string][]byte{}}
	}
	return diskStore(filepath.Join(dir, "files"))
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

type memoryStore struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (m *memoryStore) put(data []byte) (string, error) {
	sum := sumOf(data)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[sum] = data
	return sum, nil
}

func (m *memoryStore) get(sum string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[sum]
	if !ok {
		return nil, fmt.Errorf("sandbox: no file %s: %w", sum, os.ErrNotExist)
	}
	return data, nil
}

// diskStore is a folder with a file for each SHA-256.
type diskStore string

// put writes beside and renames, so that a kill leaves no half a file.
func (d diskStore) put(data []byte) (string, error) {
	sum := sumOf(data)
	path := filepath.Join(string(d), sum)
	if _, err := os.Stat(path); err == nil {
		return sum, nil
	}
	tmp, err := os.CreateTemp(string(d), "new-*")
	if err != nil {
		return "", fmt.Errorf("sandbox: keep a file: %w", err)
	}
	_, err = tmp.Write(data)
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return "", fmt.Errorf("sandbox: keep a file: %w", err)
	}
	return sum, nil
}

func (d diskStore) get(sum string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(string(d), filepath.Base(sum)))
	if err != nil {
		return nil, fmt.Errorf("sandbox: read a file: %w", err)
	}
	return data, nil
}
