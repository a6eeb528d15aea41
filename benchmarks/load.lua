-- Requests for wrk, made before the clock runs so that the generator costs as little as it can.
--   wrk ... URL -- get PATH [TOKENS_FILE]     PATHs are separated by commas; a session per request
--   wrk ... URL -- post PATH BODIES_FILE      one JSON body per line
--   wrk ... URL -- form PATH FORMS_FILE       one "Authorization<TAB>form" per line
--   wrk ... URL -- bearer PATH TOKENS_FILE    an access token per request
-- Ends with one line for the caller: requests, microseconds, refusals, broken connections, latencies.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local function lines_of(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  if #lines == 0 then error("no lines in " .. path) end
  return lines
end

local requests = {}
local at = 0

function init(args)
  local kind, paths, file = args[1], args[2], args[3]
  if kind == "post" then
    for _, body in ipairs(lines_of(file)) do
      requests[#requests + 1] = wrk.format("POST", paths, { ["Content-Type"] = "application/json" }, body)
    end
  elseif kind == "form" then
    for _, line in ipairs(lines_of(file)) do
      local authorization, body = line:match("^(.-)\t(.*)$")
      requests[#requests + 1] = wrk.format("POST", paths,
        { ["Authorization"] = authorization, ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
    end
  elseif kind == "bearer" then
    for _, token in ipairs(lines_of(file)) do
      requests[#requests + 1] = wrk.format("GET", paths, { ["Authorization"] = "Bearer " .. token })
    end
  else
    local tokens = file and lines_of(file) or { false }
    for _, token in ipairs(tokens) do
      for path in paths:gmatch("[^,]+") do
        local headers = token and { ["Cookie"] = "__Host-session=" .. token } or {}
        requests[#requests + 1] = wrk.format("GET", path, headers)
      end
    end
  end
  -- Threads start at different places, so that they do not ask for the same rows at the same time.
  at = math.floor(#requests / 7) * number % #requests
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
