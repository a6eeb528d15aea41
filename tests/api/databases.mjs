// Where a world keeps its two databases: in SQLite files of its own, or, beside tests/store/with_postgresql.sh
// (which sets BERESTA_TEST_PG_URL), in two databases of that server, gone with the world.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

const PG_URL = process.env.BERESTA_TEST_PG_URL;
/** Why a test that takes an SQLite file in hand is left out, or false. */
export const notSqlite = PG_URL ? 'about an SQLite file' : false;

const OUTPUT_BYTES_MAX = 2 ** 28;
const read = (command, args, input) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: OUTPUT_BYTES_MAX, input });
const psql = (url, sql) => read('psql', ['--no-psqlrc', '-qAt', '-v', 'ON_ERROR_STOP=1', '-f', '-', url], sql);
const fileOf = (url) => url.replace(/^sqlite:/, '');
const python = (script, ...args) => read('python3', ['-c', `import json, sqlite3, sys\n${script}`, ...args]);

class SqliteFiles {
  engine = 'sqlite';

  constructor(folder) {
    this.folder = folder;
    this.data = join(folder, 'main.db');
    this.settings = this.named('main', 'keys');
  }

  /** The settings of two databases beside the world's own, which need not exist yet. */
  named(data, keys) {
    return { data_url: `sqlite:${join(this.folder, `${data}.db`)}`, keys_url: `sqlite:${join(this.folder, `${keys}.db`)}` };
  }

  /** Runs SQL on a database whose server is stopped, the data unless another is told; what it deletes leaves no bytes. */
  change(sql, url = this.settings.data_url) {
    python(`
database = sqlite3.connect(sys.argv[1])
database.execute('PRAGMA secure_delete = ON')
database.execute(sys.argv[2])
database.commit()
database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
database.close()`, fileOf(url), sql);
  }

  /** Bytes, given in hexadecimal digits, as SQL writes them; and sixteen others in each row. */
  bytes(digits) { return `x'${digits}'`; }
  randomBytes() { return 'randomblob(16)'; }

  /** Puts bytes, given in hexadecimal digits, into a column of the data whose server is stopped. */
  changeBytes(table, column, digits, where) { this.change(`UPDATE ${table} SET ${column} = ${this.bytes(digits)} WHERE ${where}`); }

  /** @return the rows as objects, with bytes in hexadecimal digits; the server may run */
  select(sql, url = this.settings.data_url) {
    return JSON.parse(python(`
cursor = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True, timeout=10).execute(sys.argv[2])
names = [column[0] for column in cursor.description]
plain = lambda value: value.hex() if isinstance(value, bytes) else value
print(json.dumps([dict(zip(names, map(plain, row))) for row in cursor]))`, fileOf(url), sql));
  }

  /** @return [[table, column]] of all there are */
  columns(url) {
    return this.select(`SELECT t.name AS place, c.name AS named FROM sqlite_master t, pragma_table_info(t.name) c
      WHERE t.type = 'table' ORDER BY 1, 2`, url).map(({ place, named }) => [place, named]);
  }

  /** Where bytes, given in hexadecimal digits, are: in any byte of the database's files, whatever points there. */
  placesOf(digits, url = this.settings.data_url) {
    const wanted = Buffer.from(digits, 'hex');
    const files = ['', '-wal', '-shm'].map((end) => fileOf(url) + end).filter((path) => existsSync(path));
    return files.filter((path) => readFileSync(path).includes(wanted)).map((path) => basename(path));
  }

  isEmpty(url) { return !existsSync(fileOf(url)); }

  /** Takes a database away that no server has open. */
  empty(url) { for (const end of ['-wal', '-shm', '']) rmSync(fileOf(url) + end, { force: true }); }

  /** Keeps the data of this moment under a name. */
  copy(name) {
    python("sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', [sys.argv[2]])", this.data, join(this.folder, name));
  }

  /** Puts back what was kept, while the server is stopped. */
  restore(name) {
    this.empty(this.settings.data_url);
    copyFileSync(join(this.folder, name), this.data);
  }

  drop() {} // with their folder
}

class PostgresqlDatabases {
  engine = 'postgresql';

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

  change(sql, url = this.data) { psql(url, sql); }

  bytes(digits) { return `decode('${digits}', 'hex')`; }
  randomBytes() { return "decode(md5(random()::text), 'hex')"; }

  changeBytes(table, column, digits, where) { this.change(`UPDATE ${table} SET ${column} = ${this.bytes(digits)} WHERE ${where}`); }

  select(sql, url = this.data) {
    const rows = JSON.parse(psql(url, `SELECT coalesce(json_agg(to_json(row_of)), '[]') FROM (${sql}) row_of`));
    const plain = (value) => (typeof value === 'string' && value.startsWith('\\x') ? value.slice(2) : value);
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  columns(url) {
    return this.select(`SELECT table_name AS place, column_name AS named FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY 1, 2`, url).map(({ place, named }) => [place, named]);
  }

  /** Here in any value of any column: what the server's own files keep of rows that are gone is its VACUUM's. */
  placesOf(digits, url = this.data) {
    const inside = (column) => `position('${digits}' in encode(CASE WHEN pg_typeof(${column}) = 'bytea'::regtype
      THEN decode(substr(${column}::text, 3), 'hex') ELSE convert_to(${column}::text, 'UTF8') END, 'hex')) > 0`;
    const asked = this.columns(url).map(([table, column]) =>
      `SELECT '${table}.${column}' AS place WHERE EXISTS (SELECT 1 FROM ${table} WHERE ${inside(column)})`);
    return asked.length === 0 ? [] : this.select(asked.join(' UNION ALL '), url).map(({ place }) => place);
  }

  isEmpty(url) { return this.columns(url).length === 0; }

  empty(url) {
    const name = new URL(url.replace(/^postgresql:/, 'http:').replace('@/', '@socket/')).pathname.slice(1);
    psql(PG_URL, `DROP DATABASE ${name} WITH (FORCE)`);
    psql(PG_URL, `CREATE DATABASE ${name}`);
  }

  copy(name) { read('pg_dump', ['-Fc', '-f', join(this.folder, name), this.data]); }

  restore(name) {
    this.empty(this.data);
    read('pg_restore', ['-d', this.data, join(this.folder, name)]);
  }

  drop() { for (const name of this.names) psql(PG_URL, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`); }
}

export const makeDatabases = (folder) => (PG_URL ? new PostgresqlDatabases(folder) : new SqliteFiles(folder));
