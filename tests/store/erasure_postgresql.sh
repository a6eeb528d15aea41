#!/bin/sh
# erasure_postgresql.sh: what a deleted key row leaves in PostgreSQL's files, said in docs/adr/0045.
# Run by with_postgresql.sh. Ends 1 when the search finds nothing while the row is there (then it
# would prove nothing), or anything in the tables' files after VACUUM FULL.
set -eu

home=${BERESTA_TEST_PG_URL#*host=}
canary=$(od -An -N30 -tx1 /dev/urandom | tr -d ' \n')
sql() { psql -qAt -v ON_ERROR_STOP=1 "$BERESTA_TEST_PG_URL" "$@"; }

# look: in how many files of tables and of the log the canary is: "base=1 pg_wal=1".
look() {
  sql -c checkpoint
  python3 - "$home/data" "$canary" <<'PY'
import os, sys
canary = bytes.fromhex(sys.argv[2])
for top in ('base', 'pg_wal'):
    names = [os.path.join(folder, name) for folder, _, files in os.walk(os.path.join(sys.argv[1], top)) for name in files]
    assert names, f'no files under {top}'
    print(f"{top}={sum(canary in open(name, 'rb').read() for name in names)}", end=' ')
PY
}

sql <<SQL
CREATE TABLE data_key (citizen_id BYTEA NOT NULL, category TEXT NOT NULL, wrapped BYTEA NOT NULL,
  created_at_utc BIGINT NOT NULL, PRIMARY KEY (citizen_id, category));
CREATE INDEX data_key_by_root_key ON data_key (substr(wrapped, 2, 8));
INSERT INTO data_key SELECT decode(md5(i::text), 'hex'), 'profile',
  decode('01aaaaaaaaaaaaaaaa' || md5(i::text) || md5(i::text || 'x'), 'hex'), 1 FROM generate_series(1, 200) i;
INSERT INTO data_key VALUES ('\x01', 'profile', decode('01aaaaaaaaaaaaaaaa$canary', 'hex'), 1);
SQL
there=$(look)
sql -c "DELETE FROM data_key WHERE citizen_id = '\\x01'"
deleted=$(look)
sql -c 'VACUUM data_key'
vacuumed=$(look)
sql -c 'VACUUM FULL data_key'
rewritten=$(look)
echo "there: $there| deleted: $deleted| VACUUM: $vacuumed| VACUUM FULL: $rewritten"
case $there in base=1*) ;; *) echo 'the search does not find what is there' >&2; exit 1 ;; esac
case $rewritten in base=0*) ;; *) echo 'VACUUM FULL left it' >&2; exit 1 ;; esac
