// What is past the register's terms: seen by a dry run, erased by a run with a report that names nobody; and what is
// held about one person, category by category.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { assertStatus, registerByCall } from './people.mjs';

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
  assert.ok(!JSON.stringify(mine).includes(phone.slice(-7)), 'no value');
  // Nobody but the owner looked: nothing is written into their record.
  assert.equal((await world.client().get('/api/v1/my-data')).status, 401);
});
