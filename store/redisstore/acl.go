package redisstore

// ACL is a user for a Redis server (7.0 or later), as a line of its ACL file or
// the arguments of ACL SETUSER; put a password of your own in it. With it the
// server itself keeps the journal append-only: no command of this user deletes
// or overwrites an entry, whatever paogai or whoever holds the password does.
// One gap stays, as Redis rules on commands and not on their arguments: XADD
// with MAXLEN or MINID trims. The hash chain shows that it happened.
const ACL = "user paogai on >PASSWORD resetkeys resetchannels -@all" +
	" +ping +hello +auth +select +client|setname +info +config|get +wait +multi +exec +discard" +
	" +cluster|slots +cluster|shards +command" +
	" (~{*}:* +eval +evalsha)" + // what a script does is checked command by command
	" (~{*}:journal +xadd +xrange +xrevrange +xread)" +
	" (~{*}:terms +hget +hincrby)" +
	" (~{*}:touch +incr)" +
	" (~{*}:lease:* +get +set +del)" +
	" (~{*}:drafts +hget +hset +hdel +hgetall)" +
	" (~{*}:inbox:* +hget +hset +hsetnx +hdel +hgetall +zadd +zrem +zscore +zcard +zpopmin +zrange +incr)"
