package redisstore

// keys are the names of everything that a campaign has on the server. All
// carry the campaign as hash tag, so that a cluster keeps them on one node and
// a script may use several.
type keys struct {
	journal string // stream: <seq>-0 → n nonce, h hash, l line
	terms   string // hash: lease name → newest term
	touch   string // counter: a write to wait for where nothing else was written
	drafts  string // hash: key → data
	pending string // sorted set: update id by order of arrival
	bodies  string // hash: pending update id → body
	seen    string // hash: update id → nonce of the call that kept it
	done    string // sorted set: handled update id by order of handling
	order   string // counter of arrivals and handlings
	lease   string // prefix; with the lease's name a string: holder, with a time to live
}

func keysOf(campaign string) keys {
	tag := "{" + campaign + "}:"
	return keys{
		journal: tag + "journal",
		terms:   tag + "terms",
		touch:   tag + "touch",
		drafts:  tag + "drafts",
		pending: tag + "inbox:pending",
		bodies:  tag + "inbox:bodies",
		seen:    tag + "inbox:seen",
		done:    tag + "inbox:done",
		order:   tag + "inbox:order",
		lease:   tag + "lease:",
	}
}

// inbox lists the inbox's keys in the order of receive.lua.
func (k keys) inbox() []string { return []string{k.pending, k.bodies, k.seen, k.done, k.order} }
