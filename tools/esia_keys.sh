#!/usr/bin/env bash
# Makes the keys of a demonstration's ESIA unless they are there: client.key and client.pem of the system
# BERESTA, esia-gost.key and esia-gost.pem with which the sandbox signs tokens.
#   tools/esia_keys.sh FOLDER
set -euo pipefail
mkdir -p "$1"
cd "$1"
umask 077
for name in client esia-gost; do
  [ ! -f $name.pem ] || continue
  openssl genpkey -engine gost -algorithm gost2012_256 -pkeyopt paramset:A -out $name.key 2>/dev/null
  openssl req -engine gost -x509 -new -days 3650 -subj /CN=$name -key $name.key -out $name.pem 2>/dev/null
done
