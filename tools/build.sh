#!/usr/bin/env bash
# Builds what the arguments name: server (build/release/beresta), web (web/dist), sandbox (sandbox/dist).
# Does nothing where nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

# npm_build FOLDER: installs the locked packages and builds, if the sources are newer than the result.
npm_build() {
  local folder=$1
  if [ ! -f "$folder/node_modules/.package-lock.json" ] ||
     [ "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ]; then
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
    touch "$folder/node_modules/.package-lock.json"
  fi
  if [ ! -f "$folder/dist/.built" ] ||
     [ -n "$(find "$folder" docs/api -name node_modules -prune -o -name dist -prune -o \
             -type f -newer "$folder/dist/.built" -print -quit)" ]; then
    (cd "$folder" && npm run --silent build)
    touch "$folder/dist/.built"
  fi
}

for part in "$@"; do
  case $part in
    server)
      [ -f build/release/build.ninja ] || cmake --preset release >/dev/null
      ninja -C build/release beresta ;;
    web | sandbox) npm_build "$part" ;;
    *) echo "tools/build.sh: unknown part $part" >&2; exit 2 ;;
  esac
done
