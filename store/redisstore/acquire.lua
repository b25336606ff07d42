-- Takes a lease, or renews it for the holder who has it.
-- KEYS: lease, terms
-- ARGV: 1 holder, 2 time to live in ms, 3 name
-- Returns: {1 or 0 (held), term}
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return {0, 0} end
local term
if holder then
  term = redis.call('HGET', KEYS[2], ARGV[3])
else
  term = redis.call('HINCRBY', KEYS[2], ARGV[3], 1)
end
redis.call('SET', KEYS[1], holder or ARGV[1], 'PX', ARGV[2])
return {1, tonumber(term)}
