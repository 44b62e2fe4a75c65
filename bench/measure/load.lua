-- Sends prepared requests in turn, and ends with one line of JSON. wrk: -s load.lua URL -- KIND [FILE]
--   one            the URL itself, again and again
--   get FILE       the paths in the file
--   create FILE    a post at each request, by the tokens in the file in turn
--   toggle FILE    a POST for each token and path in the file, then a DELETE for each
--   sign-in FILE   the form of /token for the names in the file in turn
--   register FILE  an account for the names in the file in turn, which are taken
--   register-new   an account for a new name at each request
local requests, undo, last = {}, {}, 0

local headers = {
  create = { ["Content-Type"] = "application/json" },
  register = { ["Content-Type"] = "application/json" },
  ["sign-in"] = { ["Content-Type"] = "application/x-www-form-urlencoded" },
}
local text = '{"text": "A short post about the weather, the bus and the price of bread."}'

local function account(name)
  local body = string.format('{"username": "%s", "email": "%s@example.net", "password": "gulls-by-the-sea"}', name, name)
  return wrk.format("POST", "/user/", headers.register, body)
end

-- No two threads, and no two runs, draw the same.
local drawn = 0
local function new_account()
  drawn = drawn + 1
  return account(string.format("%s%d", prefix, drawn))
end

function setup(thread)
  thread:set("prefix", string.format("f%x%x", os.time() % 16777216, math.random(65535)))
end

-- With what the command line says, which a table of a request's own would leave out.
local function with(own)
  for name, value in pairs(wrk.headers) do own[name] = value end
  return own
end

local function toggle(line)
  local token, path = line:match("(%S+) (%S+)")
  local own = with({ ["Authorization"] = "Bearer " .. token })
  requests[#requests + 1] = wrk.format("POST", path, own)
  undo[#undo + 1] = wrk.format("DELETE", path, own)
end

function init(args)
  local kind = args[1]
  if kind == "one" then
    -- Without it wrk need not ask for each request.
    request = nil
    return
  end
  if kind == "register-new" then
    request = new_account
    return
  end
  for line in io.lines(args[2]) do
    if kind == "get" then
      requests[#requests + 1] = wrk.format("GET", line)
    elseif kind == "create" then
      headers.create["Authorization"] = "Bearer " .. line
      requests[#requests + 1] = wrk.format("POST", "/post/", with(headers.create), text)
    elseif kind == "register" then
      requests[#requests + 1] = account(line)
    elseif kind == "toggle" then
      toggle(line)
    else
      local form = "username=" .. line .. "&password=gulls-by-the-sea"
      requests[#requests + 1] = wrk.format("POST", "/token", headers["sign-in"], form)
    end
  end
  table.move(undo, 1, #undo, #requests + 1, requests)
  -- The threads of wrk begin at different places.
  last = math.random(#requests)
end

function request()
  last = last % #requests + 1
  return requests[last]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "p50": %.4f, "p99": %.4f, "max": %.4f, "refused": %d, "broken": %d, "late": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, errors.status, errors.connect + errors.read + errors.write, errors.timeout
  ))
end
