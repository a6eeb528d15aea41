// What is past the register's terms: seen by a dry run, erased by a run with a report that names nobody; and what is
// held about one person, category by category.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCheckpoint } from '../../tools/log1/note.mjs';
import { checkEntry } from '../../tools/log1/record.mjs';
import { exchange } from './client.mjs';
import { startWorld, until } from './harness.mjs';
import { assertStatus, citizenWithDocuments, registerByCall } from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const retention = async (...flags) => {
  const done = await world.run('retention', ...flags, '--json', '--config', world.configFile);
  assert.equal(done.code, 0, done.output);
  return Object.fromEntries(JSON.parse(done.output).map((line) => [line.table, line]));
};

test('a closed request is erased with its words when its term ends, and counted, not told', async () => {
  const { client, phone } = await registerByCall(world.client());
  const words = 'Отчество Сергеевна, исправьте';
  const made = assertStatus(await client.post('/api/v1/subject-requests', { kind: 'correction', text: words }), 201);
  const { request_id: id } = assertStatus(await client.get('/api/v1/subject-requests'), 200).requests[0];
  assertStatus(await client.get(`/api/v1/subject-requests/${id}`), 200);
  assert.equal((await retention('--dry-run')).subject_request.due, 0, 'it is open');
  // Closed three years and a day ago.
  const micros = BigInt(Date.now() - 1096 * 86_400_000) * 1000n;
  await world.stopServer();
  world.databases.change(`UPDATE subject_request SET is_open = 0, state = 'answered', closed_at_utc = ${micros}`);
  await world.startServer();
  const seen = await retention('--dry-run');
  assert.deepEqual([seen.subject_request.due, seen.subject_request.erased], [1, 0]);
  assert.equal(seen.subject_request.days, 1095);
  assert.match(seen.subject_request.purposes, /answer_request/);
  assertStatus(await client.get(`/api/v1/subject-requests/${id}`), 200);
  const done = await retention();
  assert.deepEqual([done.subject_request.due, done.subject_request.erased], [1, 1]);
  assert.deepEqual(assertStatus(await client.get('/api/v1/subject-requests'), 200).requests, []);
  assert.equal((await retention()).subject_request.due, 0, 'a second run finds nothing');
  const text = await world.run('retention', '--config', world.configFile);
  assert.match(text.output, /0 of 0 rows erased/);
  assert.ok(!text.output.includes(phone) && !text.output.includes('Сергеевна') && made.request_id);
});

test('what is past its term goes by itself, soon after a start', async () => {
  const { client } = await registerByCall(world.client());
  assertStatus(await client.post('/api/v1/subject-requests', { kind: 'contest', text: 'Проверьте.' }), 201);
  await world.stopServer();
  const micros = BigInt(Date.now() - 1096 * 86_400_000) * 1000n;
  world.databases.change(`UPDATE subject_request SET is_open = 0, state = 'answered', closed_at_utc = ${micros}`);
  await world.startServer();
  const gone = async () => assertStatus(await client.get('/api/v1/subject-requests'), 200).requests.length === 0;
  await until('the hourly job', gone, { within: 60_000, every: 1000 });
  const line = world.server.output.split('\n').find((text) => text.includes('"retention.erased"') && text.includes('"subject_request"'));
  assert.deepEqual([JSON.parse(line).rows, JSON.parse(line).days], [1, 1095]);
});

const LOG = '/api/v1/log/entries?limit=100';
const hexOf = (id) => id.replaceAll('-', '');

/** All of the person's entries, once each has its place in the tree. */
const placedEntries = (client) => until('the entries to have their places', async () => {
  const page = assertStatus(await client.get(LOG), 200);
  return page.entries.length > 0 && page.entries.every(({ index }) => index !== undefined) && page;
}, { within: 10_000, every: 100 });

/** Each entry of a page, proven by the second implementation. */
async function proven(client, citizenId, vkeys) {
  const page = await placedEntries(client);
  const checkpoint = openCheckpoint(page.checkpoint, vkeys);
  return page.entries.map((entry) => checkEntry(entry, checkpoint, citizenId));
}

test('history and who looked are erased when their term ends; what is left is proven as before', async () => {
  const { keys } = (await exchange(world.origin, 'GET', '/.well-known/beresta-log')).json;
  const vkeys = keys.map(({ vkey }) => vkey);
  const { client, citizenId } = await citizenWithDocuments(world);
  const other = await registerByCall(world.client());
  const before = await proven(client, citizenId, vkeys);
  const theirs = await proven(other.client, other.citizenId, vkeys);
  const access = before.find(({ kind }) => kind === 'access');
  const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
  assert.equal((await retention('--dry-run')).operation.due, 0);
  // One reading, with its entry of the log, and one line of the history become three years and a day old.
  const millis = Date.now() - 1096 * 86_400_000;
  const aged = `${millis.toString(16).padStart(12, '0')}70008000000000000001`;
  const { bytes } = world.databases;
  await world.stopServer();
  world.databases.change(`UPDATE access_record SET at_utc = ${BigInt(millis) * 1000n} WHERE access_id = ${bytes(hexOf(access.id))}`);
  for (const table of ['log_entry', 'log_leaf']) {
    world.databases.changeBytes(table, 'entry_id', aged, `entry_id = ${bytes(hexOf(access.id))}`);
  }
  world.databases.change(`UPDATE operation SET at_utc = ${BigInt(millis) * 1000n} WHERE kind = 'assurance.raised'`);
  await world.startServer();
  const lines = ['operation', 'access_record', 'log_entry'];
  const counts = (report) => lines.map((table) => [report[table].due, report[table].erased, report[table].days]);
  assert.deepEqual(counts(await retention('--dry-run')), lines.map(() => [1, 0, 1095]));
  assert.deepEqual(counts(await retention()), lines.map(() => [1, 1, 1095]));
  assert.deepEqual(counts(await retention()), lines.map(() => [0, 0, 1095]), 'a second run finds nothing');
  const left = assertStatus(await client.get('/api/v1/operations'), 200).operations;
  assert.deepEqual(left.map(({ kind }) => kind), operations.map(({ kind }) => kind).filter((kind) => kind !== 'assurance.raised'));
  const after = await proven(client, citizenId, vkeys);
  assert.deepEqual(after.map(({ id }) => id), before.map(({ id }) => id).filter((id) => id !== access.id));
  assert.deepEqual(await proven(other.client, other.citizenId, vkeys), theirs);
  const all = assertStatus(await client.get('/api/v1/me/export'), 200);
  assert.equal(all.accesses.length, before.filter(({ kind }) => kind === 'access').length - 1);
  const whole = await world.run('audit', 'verify', `${world.origin}/log`, ...vkeys.flatMap((vkey) => ['--key', vkey]));
  assert.equal(whole.code, 0, whole.output);
});

test('my data: every category with source, level, basis and term, and no values', async () => {
  const { client, phone } = await registerByCall(world.client());
  const mine = assertStatus(await client.get('/api/v1/my-data'), 200);
  const processing = assertStatus(await client.get('/api/v1/processing'), 200);
  assert.equal(mine.country, 'ru');
  assert.deepEqual(mine.categories.map(({ name }) => name), processing.categories.map(({ name }) => name));
  const of = (name) => mine.categories.find((one) => one.name === name);
  assert.deepEqual(of('profile').records.map(({ name, source, level }) => [name, source, level]), [['phone', 'self', 'phone']]);
  assert.ok(of('profile').purposes.some(({ name }) => name === 'show_to_citizen'));
  assert.ok(of('profile').purposes.every(({ bases }) => bases.every(({ norm }) => norm)));
  assert.equal(of('agreements').lines, 2, 'the agreement and the consent');
  assert.equal(of('agreements').until.days, 1095);
  assert.equal(of('sessions').lines, 1);
  assert.deepEqual(of('documents').records, []);
  assert.ok(of('history').lines >= 2);
  assert.deepEqual([of('history').until.name, of('history').until.days], ['history', 1095]);
  assert.ok(!JSON.stringify(mine).includes(phone.slice(-7)), 'no value');
  // Nobody but the owner looked: nothing is written into their record.
  assert.equal((await world.client().get('/api/v1/my-data')).status, 401);
});
