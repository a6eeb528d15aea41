#!/usr/bin/env bash
# Installs what Beresta needs on a plain Debian 12: the packages of packages.txt, Node.js, and the headers
# of libphonenumber; with --tests also the independent peers of packages-test.txt that tests talk to.
# Does nothing, and needs no rights, when all is there already.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

lists=(tools/packages.txt)
[ "${1:-}" != --tests ] || lists+=(tools/packages-test.txt)
missing=()
for package in $(sed 's/#.*//' "${lists[@]}"); do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root apt-get update -qq
  # RUNLEVEL=1: nothing that comes with a service starts it; tests start their own on ports of their own.
  as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null
fi
# Debian 12 has Node.js 18; it runs everything here. A newer one already on the machine is kept.
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm \
    >/dev/null
fi

# libphonenumber-dev depends on Boost 1.74, which cannot stand beside 1.81 (docs/adr/0017): its headers
# are taken out of the Debian package; the library itself is installed as usual.
headers=build/deps/phonenumber
if [ ! -f "$headers/usr/include/phonenumbers/phonenumberutil.h" ]; then
  mkdir -p "$headers"
  download=$(mktemp -d)
  chmod 755 "$download"
  apt-cache show libphonenumber-dev >/dev/null 2>&1 || as_root apt-get update -qq
  (cd "$download" && apt-get download -qq libphonenumber-dev 2>/dev/null)
  dpkg -x "$download"/libphonenumber-dev_*.deb "$headers"
  rm -rf "$download"
fi
