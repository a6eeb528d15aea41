// The first journey, end to end, against a started server and sandbox: what `./run --check` runs. Each step does
// what a person would, through the same interface as the web client, and prints a line with its time.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, exchange } from '../tests/api/client.mjs';
import * as people from '../tests/api/people.mjs';
import { Wallet } from '../tests/api/wallet.mjs';

const { values: options } = parseArgs({
  options: { port: { type: 'string' }, beresta: { type: 'string' }, data: { type: 'string' } },
});
const port = Number(options.port);
const sandboxUrl = `http://127.0.0.1:${port + 2}`;

// What the helpers of the API tests need of their world; nothing is searched for here.
const world = {
  publicUrl: `http://localhost:${port}`,
  origin: `http://127.0.0.1:${port}`,
  secrets: { add() {}, addPhone() {}, addPerson() {} },
  async sandboxAsks(method, path, body) {
    const answer = await exchange(sandboxUrl, method, path, { body: body && JSON.stringify(body) });
    assert.ok(answer.status < 300, `sandbox: ${method} ${path}: ${answer.text}`);
    return answer.json;
  },
  async person(query) { return this.sandboxAsks('GET', `/control/people?${new URLSearchParams(query)}`); },
};

async function step(name, work) {
  const start = performance.now();
  try {
    const said = await work();
    const ms = (performance.now() - start).toFixed(0);
    process.stdout.write(`ok    ${name.padEnd(34)} ${ms.padStart(6)} ms  ${said ?? ''}\n`);
  } catch (error) {
    process.stdout.write(`FAIL  ${name}\n${error.stack ?? error}\n`);
    process.exit(1);
  }
}

function verifyOnCommandLine(trustFile, root, input) {
  const run = spawnSync(options.beresta, ['qr', 'verify', '--trust', trustFile, '--root', root, '--lang', 'en', input],
    { encoding: 'utf8' });
  return { code: run.status, said: (run.stdout + run.stderr).trim().split('\n')[0] };
}

const client = new Client(world);
let phone;
let wallet;
const codes = {};

await step('1 register by a call', async () => {
  ({ phone } = await people.registerByCall(client));
  return 'account made; agreement and consent are two acts';
});
await step('1 register by SMS', async () => {
  const other = new Client(world);
  const number = people.newPhone(world);
  const { registration_token } = await people.proveNumber(other, number, 'sms');
  people.assertStatus(await people.setPassword(other, registration_token), 200);
  people.assertStatus(await people.acceptAgreement(other, registration_token), 200);
  people.assertStatus(await people.giveConsent(other, registration_token), 201);
});
await step('2 sign in with phone and password', async () => {
  const again = new Client(world);
  people.assertStatus(await people.signIn(again, phone), 201);
  const { sessions } = people.assertStatus(await client.get('/api/v1/sessions'), 200);
  assert.equal(sessions.length, 2);
  const elsewhere = sessions.find((session) => !session.current);
  people.assertStatus(await client.delete(`/api/v1/sessions/${elsewhere.session_id}`), 204);
  assert.equal((await again.get('/api/v1/me')).status, 401);
  return 'and signed out there';
});
await step('2 a function that needs more says so', async () => {
  const refused = await client.post('/api/v1/documents', { kinds: ['inn'] });
  people.assertProblem(refused, 403, 'assurance.verified_required');
  return refused.json.title;
});
await step('3 raise the level', async () => {
  const person = await people.raise(client, { person: '0' });
  const me = people.assertStatus(await client.get('/api/v1/me'), 200);
  assert.equal(me.assurance.level, 'verified');
  assert.equal(me.given_name, person.name.given_name);
});
await step('4 five documents from registries', async () => {
  await people.allowRegistries(client);
  const start = performance.now();
  await people.requestDocuments(client);
  const documents = await people.settledDocuments(client);
  const ms = performance.now() - start;
  for (const kind of people.KINDS) assert.equal(documents[kind].state, 'ready', JSON.stringify(documents[kind]));
  assert.ok(ms < 2000, `the cards took ${ms.toFixed(0)} ms`);
  return `all ready after ${ms.toFixed(0)} ms`;
});
await step('4 a registry that is down', async () => {
  await world.sandboxAsks('POST', '/control/faults', { target: 'registry.oms', mode: 'outage' });
  people.assertStatus(await client.post('/api/v1/documents/oms/refresh'), 202);
  const down = await people.settledDocuments(client, ['oms']);
  assert.equal(down.oms.state, 'unavailable');
  assert.ok(down.oms.number, 'the earlier record is still shown');
  await world.sandboxAsks('DELETE', '/control/faults');
  people.assertStatus(await client.post('/api/v1/documents/oms/refresh'), 202);
  assert.equal((await people.settledDocuments(client, ['oms'])).oms.state, 'ready');
  return `said ${down.oms.problem}, then retried`;
});
await step('5 make a Digital ID on this device', async () => {
  wallet = new Wallet(client);
  await wallet.register();
  for (const question of ['age_over_18', 'pensioner', 'identity']) codes[question] = await wallet.code(question);
  return `${codes.identity.length} characters for "who am I"`;
});
await step('6 checked online', async () => {
  const results = people.assertStatus(await new Client(world).post('/api/v1/digital-id/verify',
    { codes: [codes.age_over_18, codes.pensioner, codes.identity] }), 200).results;
  assert.deepEqual(results.map((result) => result.verdict), ['yes', 'no', 'yes']);
  return `18+ yes; pensioner no; ${results[2].full_name}`;
});
await step('6 checked offline on the command line', async () => {
  const trustFile = join(options.data, 'trust.cbor');
  writeFileSync(trustFile, (await exchange(world.origin, 'GET', '/.well-known/beresta-trust')).body);
  const { trust_root: root } = people.assertStatus(await client.get('/api/v1/configuration'), 200);
  const png = join(options.data, 'code.png');
  const drawn = spawnSync(options.beresta, ['qr', 'show', '--png', png, codes.age_over_18], { encoding: 'utf8' });
  assert.equal(drawn.status, 0, drawn.stderr);
  const yes = verifyOnCommandLine(trustFile, root, png);
  assert.equal(yes.code, 0, yes.said);
  const no = verifyOnCommandLine(trustFile, root, codes.pensioner);
  assert.equal(no.code, 1, no.said);
  const altered = codes.age_over_18.slice(0, -3) + (codes.age_over_18.endsWith('000') ? '111' : '000');
  const forged = verifyOnCommandLine(trustFile, root, altered);
  assert.ok([4, 6].includes(forged.code), forged.said);
  return `picture: ${yes.said}`;
});
await step('6 a removed Digital ID is refused', async () => {
  people.assertStatus(await client.delete(`/api/v1/digital-id/devices/${wallet.device.device_id}`), 204);
  const { results } = people.assertStatus(
    await new Client(world).post('/api/v1/digital-id/verify', { code: codes.age_over_18 }), 200);
  assert.equal(results[0].verdict, 'revoked');
});
