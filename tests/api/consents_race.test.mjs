// Ten thousand readings by a party at two servers on one database, while the citizen withdraws again and again:
// what begins after a withdrawal was acknowledged gets nothing, at either server, and the answer comes at once.
// On SQLite; on PostgreSQL by  ../store/with_postgresql.sh node --test consents_race.test.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BERESTA_BIN, Running, until } from './harness.mjs';
import { Client, exchange } from './client.mjs';
import { connect, signInAt, startWorldWith } from './parties.mjs';
import { assertStatus, registerByCall } from './people.mjs';
import { freePort } from './ports.mjs';

const BACK = 'https://bank.example/cb';
const ROUNDS = 20;
const READINGS = 500;
const AT_ONCE = 32;
const WITHDRAWAL_MS_MAX = 1000;
const POSTGRESQL = process.env.BERESTA_TEST_PG_URL;
const PSQL = `${process.env.BERESTA_PG_BIN ?? '/usr/lib/postgresql/15/bin'}/psql`;
let world;
let parties;
let second;
let config;

before(async () => {
  ({ world, parties } = await startWorldWith(
    { bank: { redirect_uris: [BACK], claims: ['phone_number'] } },
    { changes: { server: { rate_scale: 0 }, ...(POSTGRESQL && { store: schemasOf(POSTGRESQL) }) } }));
  second = await startSecondServer();
  config = await connect(world, parties.bank);
});
after(async () => {
  const end = await second?.running.stop();
  await world?.stop();
  assert.equal(end?.code, 0);
});

/** Two schemas of a test server, as two databases. */
function schemasOf(url) {
  execFileSync(PSQL, [url, '-qc', 'CREATE SCHEMA race_data', '-c', 'CREATE SCHEMA race_keys']);
  const at = (schema) => `${url}&options=-csearch_path%3D${schema}`;
  return { data_url: at('race_data'), keys_url: at('race_keys') };
}

/** Another process over the same databases. */
async function startSecondServer() {
  const [port, adminPort] = [await freePort(), await freePort()];
  const file = join(world.folder, 'second.toml');
  const text = readFileSync(world.configFile, 'utf8').replace(/^port = .*$/m, `port = ${port}`)
    .replace(/^admin_port = .*$/m, `admin_port = ${adminPort}`);
  writeFileSync(file, text, { mode: 0o600 });
  const running = new Running(BERESTA_BIN, ['serve', '--config', file], { cwd: world.folder });
  await until('the second server becomes ready', async () => {
    if (running.end) throw new Error(running.output.slice(-2000));
    return (await exchange(`http://127.0.0.1:${adminPort}`, 'GET', '/readyz').catch(() => undefined))?.status === 200;
  }, { within: 15_000 });
  return { running, origin: `http://127.0.0.1:${port}` };
}

/** The citizen's browser at the other server. */
function at(origin, client) {
  const other = new Client(Object.create(world, { origin: { value: origin } }), { language: client.language });
  other.cookies = new Map(client.cookies);
  other.csrf = client.csrf;
  return other;
}

async function read(origin, token) {
  const began = performance.now();
  const response = await fetch(`${origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  return { began, ended: performance.now(), status: response.status, data: text.includes('phone_number') };
}

/** One round: many readings at both servers, and in their midst a withdrawal at one of them. */
async function race(client, token, number) {
  const origins = [world.origin, second.origin];
  const readings = [];
  let begun = 0;
  let withdrawal;
  const withdraw = async () => {
    const began = performance.now();
    const path = `/api/v1/consents/parties/${parties.bank.client_id}`;
    assertStatus(await at(origins[number % 2], client).delete(path), 204);
    return { took: performance.now() - began, at: performance.now() };
  };
  const lane = async () => {
    while (begun < READINGS) {
      begun += 1;
      if (begun === Math.floor(READINGS / 3)) withdrawal = withdraw();
      readings.push(await read(origins[begun % 2], token));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { readings, withdrawal: await withdrawal };
}

test('no reading that begins after the acknowledged withdrawal gets anything, at either server', async (context) => {
  const { client } = await registerByCall(world.client());
  const took = [];
  let given = 0;
  let inFlight = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { access_token: token } = await signInAt(config, client, { redirect_uri: BACK, scope: 'openid phone' });
    const { readings, withdrawal } = await race(client, token, round);
    took.push(withdrawal.took);
    const refused = readings.filter(({ data }) => !data);
    for (const { status } of refused) assert.ok([401, 403].includes(status), `status ${status}`);
    const late = readings.filter(({ began, data }) => data && began >= withdrawal.at);
    assert.deepEqual(late, [], `round ${round}`);
    assert.ok(refused.length > 0 && refused.length < READINGS, 'the withdrawal fell outside the race');
    given += readings.length - refused.length;
    inFlight += readings.filter(({ began, ended, data }) => data && began < withdrawal.at && ended > withdrawal.at).length;
    for (const origin of [world.origin, second.origin]) assert.equal((await read(origin, token)).status, 401);
  }
  took.sort((a, b) => a - b);
  const p99 = took[Math.ceil(took.length * 0.99) - 1];
  context.diagnostic(`${ROUNDS * READINGS} readings, ${given} given, ${inFlight} of them answered across the moment; `
    + `withdrawal median ${took[took.length >> 1].toFixed(1)} ms, longest ${p99.toFixed(1)} ms`);
  assert.ok(p99 < WITHDRAWAL_MS_MAX, `a withdrawal took ${p99} ms`);
  // No record without data given, no data without record: the log of the person says how often.
  await recordsOf(client, given);
});

async function recordsOf(client, given) {
  let count = 0;
  let cursor;
  do {
    const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = assertStatus(await client.get(`/api/v1/log/entries?limit=100${from}`), 200);
    count += page.entries.filter(({ record }) => record.includes('release_to_party')).length;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  assert.equal(count, given);
}
