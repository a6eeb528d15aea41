// Disputed entries from both sides of the desk: what the officer sees and leaves behind, what the person is told and
// reads, and whoever has no business there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { allowRegistries, assertProblem, assertStatus, phoneOf, raise, registerByCall, requestDocuments, settledDocuments } from './people.mjs';

const DESK = '/api/v1/desk/disputes';
const NOBODY = '01a00000-0000-7000-8000-000000000000';
const WORDS = 'Мы проверили: сайт спросил документы по вашему разрешению от сегодняшнего утра.';
let world;
let officer;
before(async () => {
  world = await startWorld();
  officer = await staff('data_protection_officer');
});
after(() => world?.stop());

async function staff(role) {
  const { client, phone, citizenId } = await registerByCall(world.client());
  const { code, output } = await world.run('staff', 'grant', '--phone', phone, '--role', role, '--config', world.configFile);
  assert.equal(code, 0, output);
  return { client, citizenId };
}
const entriesOf = async (client) => assertStatus(await client.get('/api/v1/log/entries?limit=100'), 200).entries;
const recordOf = ({ record }) => JSON.parse(record);
const dispute = (client, id, reason = 'no_need') => client.post(`/api/v1/log/entries/${id}/dispute`, { reason });
const answer = (client, id, json = { outcome: 'rightful', text: WORDS }) => client.post(`${DESK}/${id}/answer`, json);

/** Somebody with a disputed entry. */
async function disputed(reason) {
  const person = await registerByCall(world.client());
  const [entry] = await entriesOf(person.client);
  assertStatus(await dispute(person.client, entry.entry_id, reason), 204);
  return { ...person, id: entry.entry_id, entry };
}

describe('the desk', () => {
  test('shows a reading by others in words of the record, and the person sees that it did', async () => {
    const { client, citizenId } = await registerByCall(world.client());
    await raise(client);
    await allowRegistries(client);
    await requestDocuments(client, ['snils']);
    await settledDocuments(client, ['snils']);
    const entry = (await entriesOf(client)).find((one) => recordOf(one).kind === 'access' && recordOf(one).actor === 'platform:documents');
    assertStatus(await dispute(client, entry.entry_id), 204);
    const { disputes } = assertStatus(await officer.client.get(DESK), 200);
    const listed = disputes.find((one) => one.entry_id === entry.entry_id);
    assert.deepEqual([listed.reason, listed.answered_at, Object.keys(listed).includes('record')], ['no_need', undefined, false]);
    const detail = assertStatus(await officer.client.get(`${DESK}/${entry.entry_id}`), 200);
    assert.equal(detail.record, entry.record);
    assert.deepEqual([detail.own, detail.answer], [false, undefined]);
    const readings = (await entriesOf(client)).map(recordOf).filter(({ kind, actor }) => kind === 'access' && actor.startsWith('staff:'));
    assert.deepEqual(readings.map(({ actor, purpose, category }) => [actor, purpose, category]),
      [[`staff:data_protection_officer:${officer.citizenId}`, 'answer_request', 'requests']], citizenId);
  });

  test('answers once; the person is told by SMS, and reads it beside the entry', async () => {
    const { client, phone, id } = await disputed('not_me');
    const done = assertStatus(await answer(officer.client, id), 200);
    assert.deepEqual([done.outcome, done.reason], ['rightful', 'not_me']);
    assert.ok(done.answered_at >= done.disputed_at);
    assertProblem(await answer(officer.client, id), 409, 'dispute.answered_already');
    const sms = await until('an SMS about the answer', async () =>
      (await phoneOf(world, phone)).find(({ text }) => /на ваше возражение есть ответ/.test(text ?? '')));
    assert.ok(!sms.text.includes(WORDS), 'the words themselves stay in the account');
    const entries = await entriesOf(client);
    const { dispute: shown } = entries.find(({ entry_id }) => entry_id === id);
    assert.deepEqual([shown.outcome, shown.answer], ['rightful', WORDS]);
    const told = entries.map(recordOf).find(({ kind }) => kind === 'entry.answered');
    assert.deepEqual([told.subject, told.actor], ['rightful', `staff:data_protection_officer:${officer.citizenId}`]);
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.ok(operations.some(({ kind }) => kind === 'entry.answered'));
    const detail = assertStatus(await officer.client.get(`${DESK}/${id}`), 200);
    assert.equal(detail.answer, WORDS);
    const answered = assertStatus(await officer.client.get(`${DESK}?list=answered`), 200).disputes;
    assert.equal(answered[0].entry_id, id);
    assert.ok(!assertStatus(await officer.client.get(DESK), 200).disputes.some((one) => one.entry_id === id));
  });

  test('of two answers at once exactly one counts', async () => {
    const { client, id } = await disputed();
    const other = await staff('data_protection_officer');
    const answers = await Promise.all(['rightful', 'wrongful', 'rightful', 'wrongful'].map((outcome, at) =>
      answer((at % 2 ? other : officer).client, id, { outcome, text: `Ответ ${at}: ${outcome}` })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
    const { dispute: shown } = (await entriesOf(client)).find(({ entry_id }) => entry_id === id);
    assert.ok(shown.answer.endsWith(shown.outcome), `${shown.outcome}: ${shown.answer}`);
  });

  test('pages through open and answered ones, each once', async () => {
    const made = [];
    for (let i = 0; i < 3; i += 1) made.push((await disputed()).id);
    const seen = assertStatus(await officer.client.get(DESK), 200).disputes;
    assert.deepEqual(seen.map((one) => one.disputed_at), seen.map((one) => one.disputed_at).sort());
    assert.ok(made.every((id) => seen.some((one) => one.entry_id === id)));
    const last = seen.at(-2);
    const cursor = `${Date.parse(last.disputed_at) * 1000}.${NOBODY}`;
    const rest = assertStatus(await officer.client.get(`${DESK}?cursor=${cursor}`), 200).disputes;
    assert.ok(rest.length < seen.length);
    for (const wrong of ['x', '1', `.${NOBODY}`, `1.${'0'.repeat(36)}`]) {
      assertProblem(await officer.client.get(`${DESK}?cursor=${encodeURIComponent(wrong)}`), 400, 'page.cursor');
    }
    assertProblem(await officer.client.get(`${DESK}?list=closed`), 400, 'dispute.list');
  });
});

describe('whoever has no business there', () => {
  test('gets nothing without the role, nor by another one', async () => {
    const { client, id } = await disputed();
    const registrar = await staff('registrar');
    for (const other of [client, registrar.client]) {
      assertProblem(await other.get(DESK), 403, 'staff.role_required');
      assertProblem(await other.get(`${DESK}/${id}`), 403, 'staff.role_required');
      assertProblem(await answer(other, id), 403, 'staff.role_required');
    }
    assertProblem(await world.client().get(DESK), 401, 'http.unauthenticated');
    assertProblem(await answer(world.client(), id), 401, 'http.unauthenticated');
    const readings = (await entriesOf(client)).map(recordOf).filter(({ actor }) => actor.startsWith('staff:'));
    assert.deepEqual(readings, [], 'and leaves no record of what was not shown');
  });

  test('nobody answers their own', async () => {
    const own = await staff('data_protection_officer');
    const [entry] = await entriesOf(own.client);
    assertStatus(await dispute(own.client, entry.entry_id), 204);
    assertProblem(await answer(own.client, entry.entry_id), 403, 'dispute.own');
    assert.equal(assertStatus(await own.client.get(`${DESK}/${entry.entry_id}`), 200).own, true);
  });

  test('a body with anything missing, added, of another type or too long is refused', async () => {
    const { id, entry } = await disputed();
    for (const body of [{}, [], { outcome: 'rightful' }, { text: 'x' }, { outcome: 1, text: 'x' }, { outcome: 'rightful', text: null },
      { outcome: 'rightful', text: 'x', more: 1 }]) {
      assert.equal((await answer(officer.client, id, body)).status, 400, JSON.stringify(body));
    }
    assertProblem(await answer(officer.client, id, { outcome: 'perhaps', text: 'x' }), 400, 'dispute.outcome_unknown');
    assertProblem(await answer(officer.client, id, { outcome: 'rightful', text: ' \n ' }), 400, 'dispute.text_required');
    assertProblem(await answer(officer.client, id, { outcome: 'rightful', text: 'ы'.repeat(8001) }), 400, 'dispute.text_too_long');
    for (const unknown of [NOBODY, (await entriesOf((await registerByCall(world.client())).client))[0].entry_id]) {
      assertProblem(await answer(officer.client, unknown), 404, 'dispute.unknown');
      assertProblem(await officer.client.get(`${DESK}/${unknown}`), 404, 'dispute.unknown');
    }
    assertProblem(await officer.client.get(`${DESK}/nothing`), 404, 'id.unknown');
    const long = { outcome: 'wrongful', text: `<b>"'&\u202e${'ы'.repeat(7900)}` };
    assertStatus(await answer(officer.client, id, long), 200);
    assert.equal(assertStatus(await officer.client.get(`${DESK}/${entry.entry_id}`), 200).answer, long.text);
  });
});
