// Requests of people about their own data, from both sides of the desk, and everything that may be wrong with
// a request: missing, doubled, oversized, stale, somebody else's, without the role.
import assert from 'node:assert/strict';
import { createHash, ECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compactVerify, importJWK } from 'jose';
import { startWorld, until } from './harness.mjs';
import { allowRegistries, assertProblem, assertStatus, raise, registerByCall } from './people.mjs';
import { base64url, openTrust } from './wallet.mjs';

const MINE = '/api/v1/subject-requests';
const DESK = '/api/v1/desk/subject-requests';
const NOBODY = '01a00000-0000-7000-8000-000000000000';
const WORDS = 'Отчество записано с ошибкой: исправьте на «Сергеевна».';

let world;
let officer;
before(async () => {
  world = await startWorld();
  officer = await staff();
  for (const word of ['Сергеевна', 'приметное']) world.secrets.add('words of a request', word);
});
after(() => world.stop());

async function staff() {
  const { client, phone } = await registerByCall(world.client());
  const { code, output } = await world.run('staff', 'grant', '--phone', phone, '--role', 'data_protection_officer',
    '--config', world.configFile);
  assert.equal(code, 0, output);
  return client;
}

const file = (client, body) => client.post(MINE, body);
async function filed(kind = 'correction', text = WORDS) {
  const { client } = await registerByCall(world.client());
  const answer = await file(client, { kind, text });
  return { client, request: assertStatus(answer, 201), etag: answer.headers.etag };
}

/** One of the desk's acts. @param etag  null sends no If-Match */
const act = (client, id, name, etag, json = undefined) => client.call('POST', `${DESK}/${id}/${name}`, {
  json, headers: etag === null ? {} : { 'if-match': etag },
});

async function take(request, etag, client = officer) {
  const taken = await act(client, request.request_id, 'taking', etag);
  assertStatus(taken, 200);
  return taken.headers.etag;
}

describe('my requests', () => {
  test('a request has a term, a norm and a clock, and its words come back', async () => {
    const { client, request, etag } = await filed();
    assert.deepEqual([request.kind, request.state, request.language, etag], ['correction', 'received', 'ru', '"1"']);
    assert.ok(request.working_days_left >= 6 && request.working_days_left <= 7, `${request.working_days_left}`);
    assert.match(request.basis, /152-ФЗ/);
    assert.equal(request.events[0].text, WORDS);
    assert.match(request.authority.name, /Роскомнадзор/);
    const day = new Date(`${request.due_day}T12:00:00Z`).getUTCDay();
    assert.ok(day >= 1 && day <= 6);
    const { requests, kinds } = assertStatus(await client.get(MINE), 200);
    assert.deepEqual(requests.map((one) => one.request_id), [request.request_id]);
    assert.equal(requests[0].events, undefined);
    assert.deepEqual(kinds.map((one) => [one.days, one.in_working_days, one.extension_working_days]), [
      [10, true, 5], [10, true, 5], [7, true, 0], [10, true, 5], [10, true, 5], [30, false, 0], [10, true, 5], [30, false, 0],
    ]);
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.ok(operations.some((one) => one.kind === 'request.received' && one.subject === 'correction'));
  });

  test('a copy and information are there at once, with every value and what the page of my data says', async () => {
    const { client } = await registerByCall(world.client());
    const person = await raise(client);
    const { categories } = assertStatus(await client.get('/api/v1/my-data'), 200);
    for (const kind of ['copy', 'information']) {
      const made = assertStatus(await file(client, { kind }), 201);
      assert.equal(made.state, 'answered');
      const answer = await client.get(`${MINE}/${made.request_id}/data`);
      const data = assertStatus(answer, 200);
      assert.match(answer.headers['content-disposition'], /^attachment/);
      const snils = data.records.find((one) => one.name === 'snils');
      assert.equal(snils.value.replace(/\D/g, ''), person.snils.replace(/\D/g, ''));
      assert.deepEqual(data.categories.map((one) => one.name), categories.map((one) => one.name));
      const profile = data.categories.find((one) => one.name === 'profile');
      assert.deepEqual(profile.purposes, categories.find((one) => one.name === 'profile').purposes);
      assert.ok(profile.purposes.every((one) => one.bases.length > 0 && one.bases.every(({ norm }) => norm)));
      assert.ok(profile.recipients.length > 2 && profile.origins.length > 1 && profile.until.text.ru);
      assert.match(snils.source, /^identity_provider/);
      assert.ok(data.records.length > 4);
    }
    const asked = assertStatus(await file(client, { kind: 'information', text: 'Кому вы это показывали?' }), 201);
    assert.equal(asked.state, 'received');
  });

  test('a demand to stop takes the consent along, or nothing happens at all', async () => {
    const { client } = await registerByCall(world.client());
    await raise(client, { person: '1' });
    const consent = 'registry_documents';
    assertProblem(await file(client, { kind: 'stop', consent }), 404, 'consent.not_granted');
    await allowRegistries(client);
    assertProblem(await file(client, { kind: 'erasure', consent }), 400, 'request.consent_not_with');
    assertProblem(await file(client, { kind: 'stop', consent: 'account' }), 409, 'consent.required_for_account');
    const made = assertStatus(await file(client, { kind: 'stop', consent }), 201);
    assert.deepEqual([made.state, made.consent], ['received', consent]);
    const { consents } = assertStatus(await client.get('/api/v1/consents'), 200);
    assert.equal(consents.find((one) => one.purpose === consent).state, 'withdrawn');
    assert.equal(assertStatus(await client.get(MINE), 200).requests.length, 1);
  });

  test('it can be taken back while it is open, by whoever saw it as it is', async () => {
    const { client, request } = await filed();
    const back = (etag) => client.call('POST', `${MINE}/${request.request_id}/withdrawal`, {
      headers: etag === null ? {} : { 'if-match': etag },
    });
    assertProblem(await back(null), 428, 'http.precondition_required');
    for (const wrong of ['1', '*', 'W/"1"', '"0"', '"1", "2"', '"x"']) {
      assertProblem(await back(wrong), 428, 'http.precondition_required');
    }
    assertProblem(await back('"2"'), 412, 'http.precondition_failed');
    assert.equal(assertStatus(await back('"1"'), 200).state, 'withdrawn');
    assertProblem(await back('"2"'), 409, 'request.not_now');
  });

  test('nobody sees, takes back or opens what somebody else asked', async () => {
    const { request } = await filed('copy', undefined);
    const { client } = await registerByCall(world.client());
    for (const id of [request.request_id, NOBODY]) {
      assertProblem(await client.get(`${MINE}/${id}`), 404, 'request.unknown');
      assertProblem(await client.get(`${MINE}/${id}/data`), 404, 'request.unknown');
      assertProblem(await client.call('POST', `${MINE}/${id}/withdrawal`, { headers: { 'if-match': '"1"' } }),
        404, 'request.unknown');
    }
    assertProblem(await client.get(`${MINE}/not-an-id`), 404, 'id.unknown');
    assert.deepEqual(assertStatus(await client.get(MINE), 200).requests, []);
    assertProblem(await world.client().get(MINE), 401, 'http.unauthenticated');
    assertProblem(await file(world.client(), { kind: 'copy' }), 401, 'http.unauthenticated');
  });

  test('a body with anything missing, added, doubled, of another type or too long is refused', async () => {
    const { client } = await registerByCall(world.client());
    const bad = [
      {}, [], { text: WORDS }, { kind: 1 }, { kind: null }, { kind: 'copy', extra: 1 }, { kind: 'copy', text: 1 },
      { kind: 'copy', text: null }, { kind: 'copy', consent: 7 }, { kind: 'x'.repeat(33) },
    ];
    for (const body of bad) assert.equal((await file(client, body)).status, 400, JSON.stringify(body));
    assertProblem(await file(client, { kind: 'everything' }), 400, 'request.kind_unknown');
    for (const kind of ['correction', 'contest', 'complaint']) {
      assertProblem(await file(client, { kind }), 400, 'request.text_required');
      assertProblem(await file(client, { kind, text: ' \n ' }), 400, 'request.text_required');
    }
    assertProblem(await file(client, { kind: 'contest', text: 'ы'.repeat(4001) }), 400, 'request.text_too_long');
    assertProblem(await file(client, { kind: 'contest', text: 'ы'.repeat(40_000) }), 413, 'http.body_too_large');
    assertProblem(await file(client, { kind: 'stop', consent: 'everything' }), 404, 'consent.purpose_unknown');
    const raw = (body, type = 'application/json') => client.call('POST', MINE, { body, headers: { 'content-type': type } });
    assertProblem(await raw('{"kind":"copy","kind":"stop"}'), 400, 'json.duplicate_key');
    assertProblem(await raw('{"kind":"copy"', undefined), 400, 'json.malformed');
    assertProblem(await raw('kind=copy', 'application/x-www-form-urlencoded'), 415, 'http.media_type');
    assertStatus(await client.call('POST', `${MINE}?kind=copy`, { json: { kind: 'copy' } }), 201); // a stray query changes nothing
    assertProblem(await client.call('POST', `${MINE}?kind=copy`, { json: {} }), 400, 'json.member_missing');
    assert.equal(assertStatus(await client.get(MINE), 200).requests.length, 1);
  });

  test('the longest text of two pages comes back whole, whatever is in it', async () => {
    const text = `<script>alert(1)</script>\n"'&\u202e𝔘${'ы'.repeat(3900)}`;
    const { client, request } = await filed('contest', text);
    assert.equal(assertStatus(await client.get(`${MINE}/${request.request_id}`), 200).events[0].text, text);
  });

  test('twenty open ones are enough', async () => {
    const { client } = await registerByCall(world.client());
    for (let i = 0; i < 20; i += 1) assertStatus(await file(client, { kind: 'complaint', text: `${i}` }), 201);
    assertProblem(await file(client, { kind: 'complaint', text: '21' }), 429, 'request.too_many');
  });
});

describe('the desk', () => {
  test('is nobody\'s without the role, and nobody\'s by another role', async () => {
    const { client, phone } = await registerByCall(world.client());
    const { request } = await filed();
    await world.run('staff', 'grant', '--phone', phone, '--role', 'registrar', '--config', world.configFile);
    const id = request.request_id;
    for (const path of ['', `/${id}`, `/${id}/data`, `/${id}/evidence`]) {
      assertProblem(await client.get(DESK + path), 403, 'staff.role_required');
      assertProblem(await world.client().get(DESK + path), 401, 'http.unauthenticated');
    }
    for (const name of ['taking', 'extension', 'answer', 'refusal']) {
      assertProblem(await act(client, id, name, '"1"', name === 'taking' ? undefined : { text: 'x' }),
        403, 'staff.role_required');
    }
    assertProblem(await officer.get('/api/v1/relying-parties'), 403, 'staff.role_required');
  });

  test('takes, extends once, answers; the person reads it all', async () => {
    const { client, request } = await filed('contest');
    const id = request.request_id;
    const seen = await officer.get(`${DESK}/${id}`);
    const detail = assertStatus(seen, 200);
    assert.deepEqual([detail.events[0].text, detail.mine, detail.own], [WORDS, false, false]);
    assert.ok(detail.grounds.length >= 4 && detail.grounds.every((one) => one.norm && one.text));
    let etag = await take(request, seen.headers.etag);
    const longer = await act(officer, id, 'extension', etag, { text: 'Ждём ответ реестра' });
    assert.ok(assertStatus(longer, 200).due_day > request.due_day);
    etag = longer.headers.etag;
    assertProblem(await act(officer, id, 'extension', etag, { text: 'Ещё' }), 409, 'request.not_now');
    const done = assertStatus(await act(officer, id, 'answer', etag, { text: 'Мы проверили: вы правы.' }), 200);
    assert.equal(done.state, 'answered');
    const mine = assertStatus(await client.get(`${MINE}/${id}`), 200);
    assert.deepEqual(mine.events.map((one) => [one.act, one.actor]), [
      ['received', 'citizen'], ['taken', 'officer'], ['extended', 'officer'], ['answered', 'officer'],
    ]);
    assert.equal(mine.events[2].text, 'Ждём ответ реестра');
    assert.equal(mine.events[3].text, 'Мы проверили: вы правы.');
  });

  test('refuses by a ground of the list, with the norm', async () => {
    const { client, request, etag } = await filed();
    const id = request.request_id;
    const next = await take(request, etag);
    assertProblem(await act(officer, id, 'refusal', next, { ground: 'no_time', text: 'Нет' }), 400, 'request.ground_unknown');
    assertProblem(await act(officer, id, 'refusal', next, { ground: 'data_are_right', text: '' }), 400, 'request.text_required');
    assertStatus(await act(officer, id, 'refusal', next, { ground: 'data_are_right', text: 'Так в паспорте.' }), 200);
    const last = assertStatus(await client.get(`${MINE}/${id}`), 200).events.at(-1);
    assert.match(last.norm, /152-ФЗ, ст. 20/);
    assert.match(last.reason, /данные верны/);
    assertProblem(await act(officer, id, 'extension', '"3"', { text: 'x' }), 409, 'request.not_now');
  });

  test('wants a fresh ETag, a taken request and a body of the right shape', async () => {
    const { request, etag } = await filed();
    const id = request.request_id;
    assertProblem(await act(officer, id, 'answer', etag, { text: 'Рано' }), 409, 'request.not_now');
    const next = await take(request, etag);
    const other = await staff();
    assertProblem(await act(other, id, 'answer', etag, { text: 'Старая страница' }), 412, 'http.precondition_failed');
    assertProblem(await act(officer, id, 'answer', null, { text: 'x' }), 428, 'http.precondition_required');
    const doubled = await officer.call('POST', `${DESK}/${id}/answer`, { json: { text: 'x' }, headers: { 'if-match': [next, next] } });
    assertProblem(doubled, 428, 'http.precondition_required');
    for (const body of [[], { text: 1 }, { text: 'x', ground: 'y' }, { answer: 'x' }, { text: null }]) {
      assert.equal((await act(officer, id, 'answer', next, body)).status, 400, JSON.stringify(body));
    }
    assertProblem(await act(officer, id, 'answer', next, {}), 400, 'json.member_missing');
    assertProblem(await act(officer, id, 'answer', next, { text: '' }), 400, 'request.text_required');
    assertProblem(await act(officer, id, 'answer', next, { text: 'ы'.repeat(8001) }), 400, 'request.text_too_long');
    assertProblem(await act(officer, id, 'refusal', next, { text: 'x' }), 400, 'json.member_missing');
    assertProblem(await act(officer, NOBODY, 'answer', next, { text: 'x' }), 404, 'request.unknown');
    assertProblem(await act(officer, id, 'extension', next, { text: 'x' }), 409, 'request.no_extension');
    const two = await Promise.all(['a', 'b', 'c', 'd'].map((text) => act(officer, id, 'answer', next, { text })));
    assert.deepEqual(two.map((one) => one.status).sort(), [200, 412, 412, 412]);
  });

  test('nobody decides on their own request', async () => {
    const own = await staff();
    const answer = await file(own, { kind: 'contest', text: 'Моё' });
    const { request_id } = assertStatus(answer, 201);
    assertProblem(await act(own, request_id, 'taking', '"1"'), 403, 'request.own');
    assert.equal(assertStatus(await own.get(`${DESK}/${request_id}`), 200).own, true);
  });

  test('a person\'s data are open to the one who works on it, and the person sees that they were', async () => {
    const { client, request, etag } = await filed('contest');
    const path = `${DESK}/${request.request_id}/data`;
    assertProblem(await officer.get(path), 403, 'request.not_yours');
    const next = await take(request, etag);
    const data = assertStatus(await officer.get(path), 200);
    assert.ok(data.records.some((one) => one.name === 'phone_number' || one.name === 'phone'), JSON.stringify(data.records));
    assertStatus(await act(officer, request.request_id, 'answer', next, { text: 'Готово.' }), 200);
    assertProblem(await officer.get(path), 403, 'request.not_yours');
    const copy = assertStatus(await file(client, { kind: 'information' }), 201);
    const { accesses } = assertStatus(await client.get(`${MINE}/${copy.request_id}/data`), 200);
    const seen = accesses.filter((one) => one.purpose === 'answer_request');
    assert.deepEqual([...new Set(seen.map((one) => one.category))].sort(), ['documents', 'profile']);
    assert.ok(seen.every((one) => /^staff:data_protection_officer:/.test(one.actor)));
  });

  test('lists what is due first, a page at a time, and refuses cursors that are none', async () => {
    const first = assertStatus(await officer.get(DESK), 200).requests;
    assert.deepEqual(first.map((one) => one.due_day), first.map((one) => one.due_day).sort());
    assert.ok(first.every((one) => ['received', 'in_work', 'extended', 'overdue'].includes(one.state)));
    const closed = assertStatus(await officer.get(`${DESK}?list=closed`), 200).requests;
    assert.ok(closed.length > 0 && closed.every((one) => one.closed_at));
    assertProblem(await officer.get(`${DESK}?list=all`), 400, 'request.list');
    assertProblem(await officer.get(`${DESK}?list=open&list=open`), 400, 'http.parameter_doubled');
    for (const cursor of ['x', '1', '.', `1.${'0'.repeat(36)}`, `.${NOBODY}`, `99999999999999999999.${NOBODY}`, `-1 .${NOBODY}`]) {
      assertProblem(await officer.get(`${DESK}?cursor=${encodeURIComponent(cursor)}`), 400, 'page.cursor');
    }
  });

  test('evidence is signed by a key of the trust list over every step and text', async () => {
    const { request, etag } = await filed('contest', 'приметное слово <b>');
    const id = request.request_id;
    const next = await take(request, etag);
    assertStatus(await act(officer, id, 'answer', next, { text: 'Ответ.' }), 200);
    const { evidence, jws } = assertStatus(await officer.get(`${DESK}/${id}/evidence`), 200);
    const kid = JSON.parse(Buffer.from(jws.split('.')[0], 'base64url')).kid;
    const trust = await openTrust(world.client());
    const key = trust.find((one) => base64url(one.kid) === kid);
    assert.ok(key, 'the key is in the trust list');
    const point = ECDH.convertKey(Buffer.from(key.compressed), 'prime256v1', undefined, undefined, 'uncompressed');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(base64url);
    const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256');
    const { payload, protectedHeader } = await compactVerify(jws, publicKey);
    assert.deepEqual(JSON.parse(Buffer.from(payload)), evidence, 'exactly what is shown is signed');
    assert.equal(protectedHeader.typ, 'beresta-evidence+jws');
    assert.deepEqual(evidence.events.map((one) => one.act), ['received', 'taken', 'answered']);
    const sha = (text) => createHash('sha256').update(text).digest('hex');
    for (const event of [evidence.events[0], evidence.events[2]]) {
      assert.equal(event.sha256, sha(event.text));
      assert.equal(event.salted_sha256, sha(`${event.salt}\n${event.text}`));
      assert.equal(event.as_recorded, true);
    }
    assert.equal(evidence.editions_in_force.length, 8);
    const made = await world.run('requests', 'evidence', id, '--out', world.folder, '--config', world.configFile);
    assert.equal(made.code, 0, made.output);
    const written = JSON.parse(readFileSync(join(world.folder, `request-${evidence.request.number}.json`)));
    assert.deepEqual(written.evidence.events, evidence.events, 'the machine writes the same');
    assert.equal((await world.run('requests', 'evidence', evidence.request.number, '--out', world.folder,
      '--config', world.configFile)).code, 0, 'by its number too');
    assert.equal((await world.run('requests', 'evidence', NOBODY, '--config', world.configFile)).code, 1);
    const page = await officer.get(`${DESK}/${id}/evidence?format=html`);
    assert.equal(page.type, 'text/html');
    assert.ok(page.text.includes('приметное слово &lt;b&gt;'));
    const [printed] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(page.text);
    assert.deepEqual(JSON.parse(Buffer.from((await compactVerify(printed, publicKey)).payload)).events, evidence.events);
    assertProblem(await officer.get(`${DESK}/${id}/evidence?format=pdf`), 400, 'request.format');
    assertProblem(await officer.get(`${DESK}/${NOBODY}/evidence`), 404, 'request.unknown');
  });
});

describe('blocking', () => {
  /** A request of this kind, answered by the officer. */
  async function carriedOut(client, kind) {
    const filedOne = await file(client, { kind, text: 'Прошу' });
    const request = assertStatus(filedOne, 201);
    const etag = await take(request, filedOne.headers.etag);
    assertStatus(await act(officer, request.request_id, 'answer', etag, { text: 'Заблокировано.' }), 200);
    return request;
  }
  const blocksOf = async (client) => assertStatus(await client.get('/api/v1/me/blocks'), 200).blocks;

  test('stops everything but keeping and telling the owner, until the owner lifts it', async () => {
    const { client } = await registerByCall(world.client());
    await raise(client, { person: '2' });
    await allowRegistries(client);
    assert.deepEqual(await blocksOf(client), []);
    const request = await carriedOut(client, 'blocking');
    const blocks = await blocksOf(client);
    assert.deepEqual(blocks.map(({ category, reason, request_id }) => [category, reason, request_id]),
      [['documents', 'asked', request.request_id], ['profile', 'asked', request.request_id]]);

    // The owner sees, and nothing comes in.
    assert.match((await client.get('/api/v1/me/attributes')).text, /family_name/);
    assertProblem(await client.put('/api/v1/me/attributes/preferred_name', { value: 'Прозвище' }), 403, 'vault.blocked');
    // The registry is not asked: who to ask for may not be read.
    assertStatus(await client.post('/api/v1/documents', { kinds: ['passport'] }), 202);
    const passport = await until('the refusal', async () => {
      const { documents } = assertStatus(await client.get('/api/v1/documents'), 200);
      const found = documents.find(({ kind }) => kind === 'passport');
      return found.state !== 'fetching' && found;
    }, { within: 8000 });
    assert.notEqual(passport.state, 'ready');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.equal(operations.filter(({ kind }) => kind === 'account.data_blocked').length, 2);

    for (const category of ['profile', 'documents']) {
      assertStatus(await client.delete(`/api/v1/me/blocks/${category}`), 204);
      assertProblem(await client.delete(`/api/v1/me/blocks/${category}`), 404, 'block.unknown');
    }
    assert.deepEqual(await blocksOf(client), []);
    assertStatus(await client.put('/api/v1/me/attributes/preferred_name', { value: 'Прозвище' }), 204);
  });

  test('follows a demand to stop, ends the Digital ID, and is nobody else\'s to lift', async () => {
    const { client } = await registerByCall(world.client());
    await carriedOut(client, 'stop');
    assert.deepEqual((await blocksOf(client)).map(({ reason }) => reason), ['stop_demanded', 'stop_demanded']);
    assertProblem(await officer.delete('/api/v1/me/blocks/profile'), 404, 'block.unknown');
    assertProblem(await world.client().get('/api/v1/me/blocks'), 401, 'http.unauthenticated');
    assertProblem(await client.delete('/api/v1/me/blocks/profile', { csrf: false }), 403, 'http.csrf');
  });

  test('does not follow an answer to another kind of request', async () => {
    const { client } = await registerByCall(world.client());
    await carriedOut(client, 'correction');
    assert.deepEqual(await blocksOf(client), []);
  });
});
