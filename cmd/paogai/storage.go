package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"paogai/store"
	"paogai/store/boltstore"
	"paogai/store/redisstore"
)

// defaultData is where a campaign lives unless it is told otherwise.
const defaultData = "paogai-data"

// storeOptions say where a campaign lives.
type storeOptions struct {
	Data     string `help:"The folder of the campaign: journal (unless --store), evidence." default:"${data}" env:"PAOGAI_DATA" placeholder:"DIR"`
	Store    string `help:"A Redis for the journal instead of the embedded file: redis://, rediss://, with master_name= or addr= for Sentinel or Cluster." env:"PAOGAI_STORE" placeholder:"URL"`
	Campaign string `help:"The campaign's name in that Redis." default:"main" env:"PAOGAI_CAMPAIGN"`
	Trust    bool   `name:"trust-durability" help:"Start although the Redis does not let its durability be checked (CONFIG forbidden)."`
}

// dataFile is the embedded store inside the folder.
func (o storeOptions) dataFile() string { return filepath.Join(o.Data, "paogai.db") }

// open opens the campaign's store, which must be there already.
func (o storeOptions) open(ctx context.Context) (store.Backend, error) {
	if o.Store == "" {
		if _, err := os.Stat(o.dataFile()); errors.Is(err, fs.ErrNotExist) {
			return nil, badInput("no campaign in %s; name its folder by --data, or open one with \"paogai open\"", o.Data)
		}
	}
	return o.create(ctx)
}

// create opens the store, making the embedded one where there is none.
func (o storeOptions) create(ctx context.Context) (store.Backend, error) {
	if o.Store != "" {
		if !strings.Contains(o.Store, "://") {
			return nil, badInput("--store takes a URL like redis://127.0.0.1:6379/0; a folder goes to --data")
		}
		backend, err := redisstore.Open(ctx, o.Store, o.Campaign, redisstore.Options{TrustDurability: o.Trust})
		if err != nil {
			return nil, inputError{err}
		}
		return backend, nil
	}
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return nil, inputError{err}
	}
	backend, err := boltstore.Open(o.dataFile(), boltstore.Options{})
	if err != nil {
		return nil, fmt.Errorf("%w", inputError{err})
	}
	return backend, nil
}
