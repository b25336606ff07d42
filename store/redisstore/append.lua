-- Commits one entry of the journal, once.
-- KEYS: journal, terms, touch
-- ARGV: 1 id and 2 hash of the entry before, 3 id, 4 nonce, 5 hash and 6 line of the new one,
--       7 lease and 8 term (term '' if unfenced), 9 replicas to wait for
-- Returns: 'done' | 'conflict' | 'forked' | 'fenced'
local before, hash, id, nonce = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local function at(where)
  local found = redis.call('XRANGE', KEYS[1], where, where)[1]
  return found and found[2] -- {'n', nonce, 'h', hash, 'l', line}
end

local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local head = last and last[1] or '0-0'

-- Our own nonce in the slot: an earlier call did the work and its reply was lost.
if head ~= before then
  local slot = at(id)
  if slot and slot[2] == nonce then
    if ARGV[9] ~= '0' then redis.call('INCR', KEYS[3]) end
    return 'done'
  end
end

if ARGV[8] ~= '' and redis.call('HGET', KEYS[2], ARGV[7]) ~= ARGV[8] then return 'fenced' end

-- The entry before has to be the caller's. XADD alone would append over a hole.
local known
if before == '0-0' then
  known = string.rep('\0', 32)
elseif head == before then
  known = last[2][4]
else
  local entry = at(before)
  known = entry and entry[4]
end
if known ~= hash then return 'forked' end
if head ~= before then return 'conflict' end

redis.call('XADD', KEYS[1], id, 'n', nonce, 'h', ARGV[5], 'l', ARGV[6])
return 'done'
