package redisstore

import (
	"crypto/rand"
	_ "embed" // the scripts below

	"github.com/redis/go-redis/v9"
)

//go:embed append.lua
var appendLua string

//go:embed receive.lua
var receiveLua string

//go:embed acquire.lua
var acquireLua string

//go:embed release.lua
var releaseLua string

// scripts run on the server, each as one indivisible step.
type scripts struct{ append, receive, acquire, release *redis.Script }

func newScripts() scripts {
	return scripts{
		append:  redis.NewScript(appendLua),
		receive: redis.NewScript(receiveLua),
		acquire: redis.NewScript(acquireLua),
		release: redis.NewScript(releaseLua),
	}
}

// newNonce marks one call, however often it has to be made.
func newNonce() string { return rand.Text() }
