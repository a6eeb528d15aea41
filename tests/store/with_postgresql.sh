#!/bin/sh
# with_postgresql.sh CMD [ARG...]: runs CMD beside a private PostgreSQL 15 and ends with its status.
# The server lives in a temporary folder, listens on a Unix socket there and nowhere else, and is
# gone afterwards. CMD finds it through BERESTA_TEST_PG_URL.
# Its user "beresta" owns the database "beresta"; fsync is off: it is for tests only.
set -eu

bin=${BERESTA_PG_BIN:-/usr/lib/postgresql/15/bin}
[ "$#" -gt 0 ] || { echo "usage: $0 CMD [ARG...]" >&2; exit 2; }
[ -x "$bin/initdb" ] || { echo "$0: no PostgreSQL in $bin (Debian package postgresql-15)" >&2; exit 2; }

home=$(mktemp -d "${TMPDIR:-/tmp}/beresta-pg.XXXXXX")
child=

# PostgreSQL refuses to run as root.
as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
    chown "$owner" "$home"
    (cd "$home" && runuser -u "$owner" -- "$@")
  else
    "$@"
  fi
}

finish() {
  status=$?
  trap - EXIT INT TERM HUP
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null || :
    wait "$child" 2>/dev/null || :
  fi
  if [ -s "$home/data/postmaster.pid" ]; then
    as_server "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || :
  fi
  rm -rf "$home"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

give_up() {
  echo "$0: $1" >&2
  cat "$home/log" >&2 2>/dev/null || :
  exit 2
}

as_server "$bin/initdb" -D "$home/data" -U beresta -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
  >"$home/init.log" 2>&1 || { cat "$home/init.log" >&2; give_up "initdb failed"; }
as_server "$bin/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 start -o \
  "-k $home -c listen_addresses= -c fsync=off -c shared_buffers=32MB -c max_connections=120" \
  >/dev/null 2>&1 || give_up "the server does not start"
as_server "$bin/createdb" -h "$home" -U beresta beresta || give_up "createdb failed"

BERESTA_TEST_PG_URL="postgresql://beresta@/beresta?host=$home"
export BERESTA_TEST_PG_URL
"$@" &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
