package redisstore

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// target is a parsed URL: which kind of server, and how to reach it.
type target struct {
	single   *redis.Options
	sentinel *redis.FailoverOptions
	cluster  *redis.ClusterOptions
	replicas int
}

// The parameters of a URL that are ours or decide its kind.
const (
	paramMaster  = "master_name"
	paramCluster = "cluster"
	paramAddr    = "addr"
)

// parseURL tells the kinds of URL in the comment of Open apart. The driver's
// own error texts repeat parts of the URL, so they are left out.
func parseURL(raw string) (target, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return target{}, errors.New("redisstore: the URL of the store cannot be read; " +
			"it looks like redis://user:password@host:6379/0, with special characters in the password written as %XX")
	}
	switch u.Scheme {
	case "redis", "rediss", "unix":
	default:
		return target{}, errors.New("redisstore: the URL of the store has to begin with redis://, rediss:// or unix://")
	}
	t := target{}
	q := u.Query()
	isCluster := q.Get(paramCluster) == "true"
	q.Del(paramCluster)
	plain := *u
	plain.RawQuery = q.Encode()
	switch {
	case q.Has(paramMaster):
		t.replicas = 1
		t.sentinel, err = redis.ParseFailoverURL(plain.String())
	case isCluster || q.Has(paramAddr):
		t.replicas = 1
		t.cluster, err = redis.ParseClusterURL(plain.String())
	default:
		t.single, err = redis.ParseURL(plain.String())
	}
	if err != nil {
		return target{}, fmt.Errorf("redisstore: the URL of the store is not understood: check the database number "+
			"and the parameters (%s)", strings.Join(names(q), ", "))
	}
	return t, nil
}

// names lists parameters without their values.
func names(q url.Values) []string {
	if len(q) == 0 {
		return []string{"none given"}
	}
	var all []string
	for name := range q {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// Times of a single attempt; Options.Patience spans several.
const (
	dialTimeout = 3 * time.Second
	readTimeout = 5 * time.Second
)

// connect makes a client that leaves repeating to us: only we know which calls
// may be made again.
func (t target) connect() redis.UniversalClient {
	quiet := &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	switch {
	case t.sentinel != nil:
		o := *t.sentinel
		tune(&o.MaxRetries, &o.DialerRetries, &o.DialTimeout, &o.ReadTimeout, &o.ContextTimeoutEnabled)
		return redis.NewFailoverClient(&o)
	case t.cluster != nil:
		o := *t.cluster
		tune(&o.MaxRetries, &o.DialerRetries, &o.DialTimeout, &o.ReadTimeout, &o.ContextTimeoutEnabled)
		o.MaintNotificationsConfig = quiet
		return redis.NewClusterClient(&o)
	}
	o := *t.single
	tune(&o.MaxRetries, &o.DialerRetries, &o.DialTimeout, &o.ReadTimeout, &o.ContextTimeoutEnabled)
	o.MaintNotificationsConfig = quiet
	return redis.NewClient(&o)
}

// tune sets what the three kinds of options have in common.
func tune(retries, dialerRetries *int, dial, read *time.Duration, obeyContext *bool) {
	*retries, *dialerRetries, *obeyContext = -1, 1, true
	if *dial == 0 {
		*dial = dialTimeout
	}
	if *read == 0 {
		*read = readTimeout
	}
}
