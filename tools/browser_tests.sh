#!/usr/bin/env bash
# Starts server and sandbox with fresh data on free ports and runs the Playwright tests of web/e2e.
#   BERESTA_BIN   the server's binary (default build/release/beresta)
#   arguments go to Playwright (for example: openid --project phone); SCREENS=1 takes the screenshots
#   of docs/screens instead
set -euo pipefail
cd "$(dirname "$0")/.."
beresta=$(realpath "${BERESTA_BIN:-build/release/beresta}")
data=$(mktemp -d)
children=()
stop() {
  trap - EXIT INT TERM
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$data"
}
trap stop EXIT INT TERM
port=$(tools/free_ports.py 5)
tools/demo_config.sh "$data" "$port" >"$data/beresta.toml"
"$beresta" keys init --config "$data/beresta.toml" >/dev/null
"$beresta" migrate --config "$data/beresta.toml" >/dev/null
sandbox=http://localhost:$((port + 2))
tools/demo_clinic.sh "$beresta" "$data/beresta.toml" "$sandbox" >"$data/clinic.json"
node sandbox/dist/main.js --port $((port + 2)) --smpp-port $((port + 3)) --sip-port $((port + 4)) \
  --mail-port $((port + 5)) --public-url "$sandbox" \
  --redirect-uri "http://localhost:$port/api/v1/identity-provider/callback" \
  --clinic-issuer "http://localhost:$port" --clinic-client "$data/clinic.json" >"$data/sandbox.log" 2>&1 &
children+=($!)
# Every test registers people from one address, so the limits per address are off here.
"$beresta" serve --config "$data/beresta.toml" --set server.rate_scale=0 2>"$data/server.log" &
children+=($!)
for address in "http://127.0.0.1:$((port + 2))/" "http://127.0.0.1:$((port + 1))/readyz"; do
  for _ in $(seq 200); do curl -fs -o /dev/null "$address" && break; sleep 0.1; done
done
cd web
export BASE_URL=http://localhost:$port SANDBOX_URL=$sandbox
# A test may do what an administrator does: give a citizen a role.
export BERESTA_BIN=$beresta BERESTA_CONFIG=$data/beresta.toml
if [ "${SCREENS:-}" = 1 ]; then npm run --silent screens -- "$@"; else npm run --silent e2e -- "$@"; fi
