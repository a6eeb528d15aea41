#!/usr/bin/env bash
# Starts server and sandbox with fresh data on free ports and runs the Playwright tests of web/e2e.
#   BERESTA_BIN   the server's binary (default build/release/beresta)
#   AGREEMENT=1   gives the agreement a second edition, in force a minute and a half after the start
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
port=$(tools/free_ports.py 6)
if [ "${AGREEMENT:-}" = 1 ]; then
  export BERESTA_EDITIONS=$data/editions
  cp -r editions "$BERESTA_EDITIONS"
  for language in ru en; do
    sed -e 's/^number = 1/number = 2/' -e "s/^published_at.*/published_at = \"$(date -ud '-20 days' +%FT%TZ)\"/" \
      -e "s/^in_force_at.*/in_force_at = \"$(date -ud '+90 seconds' +%FT%TZ)\"/" -e 's/30 дней/20 дней/; s/30 days/20 days/' \
      editions/agreement/1.$language.md >"$BERESTA_EDITIONS/agreement/2.$language.md"
  done
fi
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
# Every test registers people from one address, so the limits per address are off here; and no call of them is the one
# in a thousand that is confirmed by an SMS.
"$beresta" serve --config "$data/beresta.toml" --set server.rate_scale=0 --set budgets.calls_confirmed_per_mille=0 2>"$data/server.log" &
children+=($!)
for address in "http://127.0.0.1:$((port + 2))/" "http://127.0.0.1:$((port + 1))/readyz"; do
  for _ in $(seq 200); do curl -fs -o /dev/null "$address" && break; sleep 0.1; done
done
cd web
results=test-results/$port # its own: another run beside this one empties what it takes for its own
export BASE_URL=http://localhost:$port SANDBOX_URL=$sandbox
# A test may do what an administrator does: give a citizen a role.
export BERESTA_BIN=$beresta BERESTA_CONFIG=$data/beresta.toml
if [ "${SCREENS:-}" = 1 ]; then npm run --silent screens -- "$@"; else npm run --silent e2e -- --output "$results" "$@"; fi
