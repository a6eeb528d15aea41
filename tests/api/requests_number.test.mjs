// What a request is called by, and in which order its steps are told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { assertProblem, assertStatus, registerByCall } from './people.mjs';

const MINE = '/api/v1/subject-requests';
const DESK = '/api/v1/desk/subject-requests';
const WORDS = 'Отчество записано с ошибкой.';

let world;
let officer;
before(async () => {
  world = await startWorld();
  const { client, phone } = await registerByCall(world.client());
  const { code, output } = await world.run('staff', 'grant', '--phone', phone, '--role', 'data_protection_officer',
    '--config', world.configFile);
  assert.equal(code, 0, output);
  officer = client;
});
after(() => world?.stop());

const file = (client, body) => client.post(MINE, body);
const act = (id, name, etag, json = undefined) =>
  officer.call('POST', `${DESK}/${id}/${name}`, { json, headers: { 'if-match': etag } });

test('a request is called by a number, by which the desk finds it, open or closed', async () => {
  const { client } = await registerByCall(world.client());
  const filed = await file(client, { kind: 'correction', text: WORDS });
  const { number, request_id } = assertStatus(filed, 201);
  assert.match(number, /^[0-9]{6}-[0-9]{5}-[0-9]$/);
  assert.equal(assertStatus(await client.get(MINE), 200).requests[0].number, number);
  const find = (text) => officer.get(`${DESK}?number=${encodeURIComponent(text)}`);
  const ids = async (text) => assertStatus(await find(text), 200).requests.map((one) => one.request_id);
  for (const written of [number, `№ ${number}`, number.replaceAll('-', '')]) {
    assert.ok((await ids(written)).includes(request_id), written);
  }
  const next = assertStatus(await act(request_id, 'taking', filed.headers.etag), 200).revision;
  assertStatus(await act(request_id, 'answer', `"${next}"`, { text: 'Готово.' }), 200);
  assert.ok((await ids(number)).includes(request_id), 'closed ones too');
  const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
  for (const text of [wrong, '', '1042', request_id, '9'.repeat(65)]) assertProblem(await find(text), 400, 'request.number');
  assert.deepEqual(await ids('010203-00000-4'), [], 'a day without requests');
  assertProblem(await client.get(`${DESK}?number=${number}`), 403, 'staff.role_required');
  const letter = await client.get(`${MINE}/${request_id}/letter`);
  assert.equal(letter.headers['content-disposition'], `attachment; filename="request-${number}.pdf"`);
});

test('what happens at one moment is told in order', async () => {
  const { client } = await registerByCall(world.client());
  for (let times = 0; times < 4; times += 1) assertStatus(await file(client, { kind: 'information' }), 201);
  const acts = ['request.answered', 'request.taken', 'request.received'];
  const expected = Array.from({ length: 4 }, () => acts).flat();
  const about = (list) => list.map((one) => one.kind).filter((kind) => kind.startsWith('request.'));
  assert.deepEqual(about(assertStatus(await client.get('/api/v1/operations?limit=100'), 200).operations), expected);
  const entries = await until('places in the log', async () => {
    const all = assertStatus(await client.get('/api/v1/log/entries?limit=100'), 200).entries;
    return all.every((one) => one.index !== undefined) && all;
  });
  assert.deepEqual(about(entries.map(({ record }) => JSON.parse(record))), expected);
  const places = entries.map((one) => one.index);
  assert.deepEqual(places, [...places].sort((a, b) => b - a), 'and stands so in the tree');
});
