-- Keeps fresh updates, once, and marks handled ones.
-- KEYS: pending, bodies, seen, done, order
-- ARGV: 1 nonce, 2 handled updates to remember, 3 number of fresh ones, then id and body of each, then the handled ids
-- Returns: the ids kept by this call, or by an earlier one with the same nonce
local pending, bodies, seen, done, order = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local nonce, remember, fresh = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local accepted, mine = {}, {}

for i = 4, 3 + 2 * fresh, 2 do
  local id = ARGV[i]
  local by = redis.call('HGET', seen, id)
  if not by then
    redis.call('HSET', seen, id, nonce)
    redis.call('HSET', bodies, id, ARGV[i + 1])
    redis.call('ZADD', pending, redis.call('INCR', order), id)
  end
  if (not by or by == nonce) and not mine[id] then
    mine[id] = true
    accepted[#accepted + 1] = id
  end
end

for i = 4 + 2 * fresh, #ARGV do
  local id = ARGV[i]
  if not redis.call('ZSCORE', done, id) then
    redis.call('HSETNX', seen, id, '')
    redis.call('ZREM', pending, id)
    redis.call('HDEL', bodies, id)
    redis.call('ZADD', done, redis.call('INCR', order), id)
  end
end

local excess = redis.call('ZCARD', done) - remember
if excess > 0 then
  local gone = redis.call('ZPOPMIN', done, excess) -- id, score, …
  for i = 1, #gone, 2 do redis.call('HDEL', seen, gone[i]) end
end
return accepted
