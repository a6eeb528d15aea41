-- Whole sign-ins at a relying party for wrk, as many threads as connections:
--   wrk -tN -cN ... URL -- SESSIONS_FILE CLIENT_ID AUTHORIZATION
-- SESSIONS_FILE has a line "session token<TAB>CSRF token" for each citizen. A sign-in is the party's link, the page's
-- look at it, the citizen's word and the exchange of the code: four requests, three of them durable.
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long us; } moment_t; int gettimeofday(moment_t *, void *);")
local moment = ffi.new("moment_t")
local function now_us()
  ffi.C.gettimeofday(moment, nil)
  return tonumber(moment.s) * 1e6 + tonumber(moment.us)
end

local threads = {}
function setup(thread)
  thread:set("number", #threads)
  threads[#threads + 1] = thread
end

-- The challenge of RFC 7636, appendix B, and its verifier.
local challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
local verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
local redirect = "https%3A%2F%2Fshop.example%2Fcb"
local sessions, link, authorization = {}, nil, nil
local at, step, id, decision, code, began = 0, 1, nil, nil, nil, nil
durations = {}
wrong = ""

function init(args)
  for line in io.lines(args[1]) do
    local token, csrf = line:match("^(%S+)\t(%S+)$")
    sessions[#sessions + 1] = { ["Cookie"] = "__Host-session=" .. token, ["X-CSRF-Token"] = csrf,
                                ["Content-Type"] = "application/json" }
  end
  link = "/oauth/authorize?response_type=code&scope=openid%20phone&state=s&nonce=n&client_id=" .. args[2] ..
    "&redirect_uri=" .. redirect .. "&code_challenge=" .. challenge .. "&code_challenge_method=S256"
  authorization = args[3]
  at = number * 97
end

local function session() return sessions[at % #sessions + 1] end

local steps = {
  { function()
      began = now_us()
      return wrk.format("GET", link, session())
    end,
    function(status, headers) id = (headers["Location"] or ""):match("^/authorize%?request=(.+)$"); return id end },
  { function() return wrk.format("GET", "/api/v1/authorizations/" .. id, session()) end,
    function(status, _, body)
      -- The first yes of somebody is to the document that was shown; later there is nothing to ask.
      local document = body:match('"sha256":"(%x+)"')
      decision = document and '"agree","document_sha256":"' .. document .. '"' or '"continue"'
      return status == 200
    end },
  { function()
      return wrk.format("POST", "/api/v1/authorizations/" .. id .. "/decision", session(),
        '{"decision":' .. decision .. '}')
    end,
    function(_, _, body) code = body:match("code=([%w_-]+)"); return code end },
  { function()
      return wrk.format("POST", "/oauth/token",
        { ["Authorization"] = authorization, ["Content-Type"] = "application/x-www-form-urlencoded" },
        "grant_type=authorization_code&code=" .. code .. "&redirect_uri=" .. redirect .. "&code_verifier=" .. verifier)
    end,
    function(_, _, body)
      if not body:find('"id_token"', 1, true) then return false end
      durations[#durations + 1] = now_us() - began
      return true
    end },
}

function request() return steps[step][1]() end

function response(status, headers, body)
  if steps[step][2](status, headers, body) then
    step = step % #steps + 1
  else
    wrong = "step " .. step .. ": " .. status .. " " .. body:sub(1, 200)
    step = 1
  end
  if step == 1 then at = at + 1 end
end

function done(summary)
  local all = {}
  for _, thread in ipairs(threads) do
    for _, duration in ipairs(thread:get("durations")) do all[#all + 1] = duration end
    local said = thread:get("wrong")
    if said ~= "" then io.write("WRONG ", said, "\n") end
  end
  table.sort(all)
  io.write(string.format("RESULT %d %d %d %d\n", #all, summary.duration, all[math.ceil(#all * 0.5)] or 0,
    all[math.ceil(#all * 0.99)] or 0))
end
