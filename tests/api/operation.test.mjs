// What those who run the server see: health, metrics, logs, starting, stopping, and a database in trouble.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { exchange } from './client.mjs';
import { contract, operations } from './contract.mjs';
import { notSqlite } from './databases.mjs';
import { BERESTA_BIN, startWorld, until } from './harness.mjs';
import { assertProblem, assertStatus, goToProvider, newPhone, registerByCall, signIn } from './people.mjs';

let world;
beforeEach(async () => { world = await startWorld(); });
afterEach(() => world.stop());

/** Another process holds the database's only write lock until the function returned is called. */
async function holdDatabase(path) {
  const holder = spawn('python3', ['-c', `
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute('BEGIN IMMEDIATE')
print('held', flush=True)
sys.stdin.read()
database.execute('ROLLBACK')`, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => { holder.stdout.once('data', resolve); });
  return () => new Promise((resolve) => {
    holder.once('close', resolve);
    holder.stdin.end();
  });
}

const refusedConnection = () => exchange(world.origin, 'GET', '/api/v1/configuration').then(() => false, () => true);

describe('the admin listener', () => {
  test('says it lives, is ready, and counts', async () => {
    assert.deepEqual([(await world.admin('/healthz')).status, (await world.admin('/readyz')).status], [200, 200]);
    const { client } = await registerByCall(world.client());
    await client.get('/api/v1/me');
    const metrics = await world.admin('/metrics');
    assert.equal(metrics.type, 'text/plain');
    assert.match(metrics.text, /^# HELP beresta_http_requests_total /m);
    assert.match(metrics.text, /beresta_http_requests_total\{[^}]*\/api\/v1\/me[^}]*\} [1-9]/);
    for (const line of metrics.text.split('\n').filter((one) => one !== '')) {
      assert.match(line, /^(# (HELP|TYPE) \S+ .+|[a-zA-Z_:][\w:]*(\{.*\})? [-+.\w]+)$/, line);
    }
    assert.deepEqual(world.secrets.findIn(metrics.text), []);
  });

  test('is not on the public port, nor the public interface on this one', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      assertProblem(await world.client().get(path), 404, 'http.not_found');
    }
    assert.equal((await world.admin('/api/v1/configuration')).status, 404);
  });
});

test('routes of the server and of the contract are the same', async () => {
  const { code, output } = await world.run('routes');
  assert.equal(code, 0, output);
  const served = JSON.parse(output).map(({ method, path, operation_id }) => `${method} ${path} ${operation_id}`).sort();
  assert.deepEqual(served, operations.map((one) => `${one.method} ${one.template} ${one.operationId}`).sort());
});

test('the configuration is what the installation says', async () => {
  const configuration = assertStatus(await world.client().get('/api/v1/configuration'), 200);
  assert.deepEqual([configuration.name, configuration.jurisdiction, configuration.issuer_name],
    ['Beresta API tests', 'ru', 'Test issuer']);
  assert.equal(contract.info.version, configuration.version);
});

test('every edition is served by number and as the current one, with the digest of its text', async () => {
  const { createHash } = await import('node:crypto');
  const client = world.client();
  for (const kind of contract.components.schemas.EditionKind.enum) {
    for (const lang of ['ru', 'en']) {
      const current = assertStatus(await client.get(`/api/v1/editions/${kind}/current?lang=${lang}`), 200);
      assert.deepEqual([current.kind, current.language], [kind, lang]);
      assert.equal(createHash('sha256').update(current.text).digest('hex'), current.sha256);
      const numbered = await client.get(`/api/v1/editions/${kind}/${current.number}?lang=${lang}`);
      assert.deepEqual(assertStatus(numbered, 200), current);
    }
    assertProblem(await client.get(`/api/v1/editions/${kind}/9999`), 404, 'edition.unknown');
  }
  assert.equal((await client.get('/api/v1/editions/poem/current')).status, 404);
  assert.ok([400, 404].includes((await client.get('/api/v1/editions/agreement/first')).status));
});

describe('stopping', () => {
  test('SIGTERM lets a request that is under way finish', async () => {
    const { client } = await registerByCall(world.client());
    let location;
    await world.withFault({ target: 'idp.token', mode: 'delay', delay_ms: 1500, times: 1 }, async () => {
      const arriving = goToProvider(client, { person: '0' });
      await until('the slow request to be under way', async () => {
        const { faults } = await world.sandboxAsks('GET', '/control/faults');
        return faults.length === 0;
      }, { within: 8000 });
      const stopped = world.stopServer('SIGTERM');
      location = await arriving;
      const end = await stopped;
      assert.equal(end.code, 0);
    });
    assert.equal(location, '/level?result=verified');
    await world.person({ index: 0 });
    await world.startServer();
    assert.equal(assertStatus(await client.get('/api/v1/me'), 200).assurance.level, 'verified');
  });

  test('while it drains nobody new is let in', async () => {
    const end = world.stopServer('SIGTERM');
    await until('the port to close', refusedConnection);
    assert.equal((await end).code, 0);
    await world.startServer();
  });

  test('SIGINT ends it as well', async () => {
    assert.equal((await world.stopServer('SIGINT')).code, 0);
    await world.startServer();
  });
});

describe('what was acknowledged', () => {
  test('survives SIGKILL: accounts, sessions and codes on their way', async () => {
    const citizens = [];
    for (let i = 0; i < 3; i += 1) citizens.push(await registerByCall(world.client()));
    await world.stopServer('SIGKILL');
    await world.startServer();
    for (const { client, phone } of citizens) {
      assertStatus(await client.get('/api/v1/me'), 200);
      assertStatus(await signIn(world.client(), phone), 201);
    }
  });

  test('is served by a second start on the same data, and migrating again changes nothing', async () => {
    const { client } = await registerByCall(world.client());
    await world.stopServer();
    const again = await world.run('migrate', '--config', world.configFile);
    assert.equal(again.code, 0, again.output);
    await world.startServer();
    assertStatus(await client.get('/api/v1/me'), 200);
  });
});

describe('starting', () => {
  test('twice on one port: the second says so and ends', async () => {
    const second = await world.run('serve', '--config', world.configFile);
    assert.notEqual(second.code, 0);
    assert.match(second.output, new RegExp(`${world.port}|${world.adminPort}`));
    assert.equal((await world.admin('/readyz')).status, 200, 'the first goes on');
  });

  test('keys are not made over existing ones', async () => {
    const folder = join(world.folder, 'issuer');
    // The server keeps what it signed last beside its keys.
    const keys = () => readdirSync(folder).filter((name) => name.endsWith('.pem'));
    const before = keys();
    const again = await world.run('keys', 'init', '--config', world.configFile);
    assert.notEqual(again.code, 0);
    assert.deepEqual(keys(), before);
  });

  test('key files that others may read are refused', async () => {
    const key = join(world.folder, 'root.key');
    assert.equal(statSync(key).mode & 0o777, 0o600);
    await world.stopServer();
    chmodSync(key, 0o644);
    const refused = await world.run('serve', '--config', world.configFile);
    assert.notEqual(refused.code, 0);
    assert.match(refused.output, /permissions|600/);
    chmodSync(key, 0o600);
    await world.startServer();
  });

  test('a schema newer than the program is refused with its name', async () => {
    await world.stopServer();
    world.databases.change("INSERT INTO schema_migration SELECT 9999, 'from_the_future', '00', 1");
    const refused = await world.run('serve', '--config', world.configFile);
    assert.notEqual(refused.code, 0);
    assert.match(refused.output, /too_new|newer/);
    world.databases.change('DELETE FROM schema_migration WHERE number = 9999');
    await world.startServer();
  });

  test('a database that is not there is refused: nobody starts empty by mistake', async () => {
    await world.stopServer();
    const elsewhere = 'store.data_url=sqlite:/nonexistent/main.db';
    const refused = await world.run('serve', '--config', world.configFile, '--set', elsewhere);
    assert.notEqual(refused.code, 0);
    assert.match(refused.output, /store|nonexistent/);
    await world.startServer();
  });

  test('a mistake in the configuration is told with file and line', async () => {
    const checked = await world.run('config', 'check', '--config', world.configFile, '--set', 'server.prot=1');
    assert.notEqual(checked.code, 0);
    assert.match(checked.output, /server\.prot/);
    const good = await world.run('config', 'check', '--config', world.configFile);
    assert.equal(good.code, 0, good.output);
    assert.ok(!good.output.includes('demo-client-secret'));
  });
});

const written = 'a database that cannot be written is told in words; reading goes on; then all is well again';
test(written, { skip: notSqlite }, async () => {
  const own = await startWorld({ changes: { store: { busy_timeout_ms: 300, statement_timeout_ms: 1000 } } });
  try {
    const { client } = await registerByCall(own.client());
    const release = await holdDatabase(own.databases.data);
    try {
      assertStatus(await client.get('/api/v1/me'), 200);
      const response = await own.client().post('/api/v1/challenges', { phone: newPhone(own), channel: 'sms' });
      assertProblem(response, 503, 'store.busy');
      assert.ok(Number(response.headers['retry-after']) >= 1);
    } finally {
      await release();
    }
    assertStatus(await own.client().post('/api/v1/challenges', { phone: newPhone(own), channel: 'sms' }), 202);
  } finally {
    await own.stop();
  }
});

test('the program names its version and its commands', async () => {
  assert.match((await world.run('version')).output, /\d+\.\d+\.\d+/);
  const help = (await world.run('--help')).output;
  const commands = ['serve', 'migrate', 'config', 'keys', 'qr', 'bench', 'version'];
  for (const command of commands) assert.match(help, new RegExp(command));
  const unknown = await world.run('dance');
  assert.notEqual(unknown.code, 0);
  assert.ok(!/terminate|abort|core dumped/i.test(unknown.output), unknown.output);
});

test('the program is the one under test', () => {
  assert.ok(execFileSync(BERESTA_BIN, ['version']).length > 0);
});
