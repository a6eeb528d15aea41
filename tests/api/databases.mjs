// Where a world keeps its two databases: in SQLite files of its own, or, beside tests/store/with_postgresql.sh
// (which sets BERESTA_TEST_PG_URL), in two databases of that server, gone with the world.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PG_URL = process.env.BERESTA_TEST_PG_URL;
/** Why a test that takes an SQLite file in hand is left out, or false. */
export const notSqlite = PG_URL ? 'about an SQLite file' : false;

const OUTPUT_BYTES_MAX = 2 ** 28;
const read = (command, args) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX });
const psql = (url, sql) => read('psql', ['--no-psqlrc', '-qAt', '-v', 'ON_ERROR_STOP=1', '-c', sql, url]);
const python = (script, ...args) => read('python3', ['-c', `import json, sqlite3, sys\n${script}`, ...args]);

class SqliteFiles {
  constructor(folder) {
    this.folder = folder;
    this.data = join(folder, 'main.db');
    this.settings = this.named('main', 'keys');
  }

  /** The settings of two databases beside the world's own, which need not exist yet. */
  named(data, keys) {
    return { data_url: `sqlite:${join(this.folder, `${data}.db`)}`, keys_url: `sqlite:${join(this.folder, `${keys}.db`)}` };
  }

  /** Runs SQL on the data whose server is stopped. */
  change(sql) {
    python('with sqlite3.connect(sys.argv[1]) as database: database.execute(sys.argv[2])', this.data, sql);
  }

  /** Bytes, given in hexadecimal digits, as SQL writes them. */
  bytes(digits) { return `x'${digits}'`; }

  /** Puts bytes, given in hexadecimal digits, into a column of the data whose server is stopped. */
  changeBytes(table, column, digits, where) {
    this.change(`UPDATE ${table} SET ${column} = ${this.bytes(digits)} WHERE ${where}`);
  }

  /** @return the rows as objects, with bytes in hexadecimal digits; the server may run */
  select(sql) {
    return JSON.parse(python(`
cursor = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True, timeout=10).execute(sys.argv[2])
names = [column[0] for column in cursor.description]
plain = lambda value: value.hex() if isinstance(value, bytes) else value
print(json.dumps([dict(zip(names, map(plain, row))) for row in cursor]))`, this.data, sql));
  }

  /** Keeps the data of this moment under a name. */
  copy(name) {
    python("sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', [sys.argv[2]])", this.data, join(this.folder, name));
  }

  /** Puts back what was kept, while the server is stopped. */
  restore(name) {
    for (const end of ['-wal', '-shm', '']) rmSync(this.data + end, { force: true });
    copyFileSync(join(this.folder, name), this.data);
  }

  drop() {} // with their folder
}

class PostgresqlDatabases {
  constructor(folder) {
    this.folder = folder;
    this.names = new Set();
    this.prefix = `api_${randomBytes(8).toString('hex')}`;
    this.settings = this.named('main', 'keys');
    this.data = this.settings.data_url;
  }

  named(...names) {
    const [data_url, keys_url] = names.map((end) => {
      const name = `${this.prefix}_${end.replaceAll('-', '_')}`;
      if (!this.names.has(name)) psql(PG_URL, `CREATE DATABASE ${name}`);
      this.names.add(name);
      return PG_URL.replace(/\/beresta\?/, `/${name}?`);
    });
    return { data_url, keys_url };
  }

  change(sql) { psql(this.data, sql); }

  bytes(digits) { return `decode('${digits}', 'hex')`; }

  changeBytes(table, column, digits, where) {
    this.change(`UPDATE ${table} SET ${column} = ${this.bytes(digits)} WHERE ${where}`);
  }

  select(sql) {
    const rows = JSON.parse(psql(this.data, `SELECT coalesce(json_agg(to_json(row_of)), '[]') FROM (${sql}) row_of`));
    const plain = (value) => (typeof value === 'string' && value.startsWith('\\x') ? value.slice(2) : value);
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  copy(name) { read('pg_dump', ['-Fc', '-f', join(this.folder, name), this.data]); }

  restore(name) {
    const database = `${this.prefix}_main`;
    psql(PG_URL, `DROP DATABASE ${database} WITH (FORCE)`);
    psql(PG_URL, `CREATE DATABASE ${database}`);
    read('pg_restore', ['-d', this.data, join(this.folder, name)]);
  }

  drop() { for (const name of this.names) psql(PG_URL, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`); }
}

export const makeDatabases = (folder) => (PG_URL ? new PostgresqlDatabases(folder) : new SqliteFiles(folder));
