// Documents from the registries: permission first, each card with a state of its own, and a registry that is
// slow, down or talks nonsense told in words and retried.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startWorld, until } from './harness.mjs';
import {
  KINDS, allowRegistries, assertProblem, assertStatus, citizenWithDocuments, listDocuments, raise, registerByCall,
  requestDocuments, seen, settledDocuments,
} from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

let next = 100;
/** A verified citizen of the population with all documents. */
async function verified({ permission = true } = {}) {
  for (;;) {
    next += 1;
    const record = await world.person({ index: next });
    const { passport, driving_licence: licence, oms, tax } = record;
    if (!record.trusted || record.slow || !passport || !licence || !oms || !tax) continue;
    const citizen = await registerByCall(world.client());
    await raise(citizen.client, { snils: record.snils, password: 'demo' });
    if (permission) await allowRegistries(citizen.client);
    return { ...citizen, record };
  }
}
const states = (documents) => Object.fromEntries(KINDS.map((kind) => [kind, documents[kind].state]));
const all = (state) => Object.fromEntries(KINDS.map((kind) => [kind, state]));

describe('permission', () => {
  test('nothing is asked before it is given', async () => {
    const { client } = await verified({ permission: false });
    assertProblem(await client.post('/api/v1/documents', { kinds: KINDS }), 403, 'documents.permission_needed');
    assert.deepEqual(states(await listDocuments(client)), all('absent'));
    const { permission } = assertStatus(await client.get('/api/v1/documents'), 200);
    assert.equal(permission.state, 'absent');
  });

  test('is given by the edition that was shown, once', async () => {
    const { client } = await verified({ permission: false });
    const edition = await seen(client, 'registry-permission');
    const grant = (change) => client.put('/api/v1/consents/registry_documents', { ...edition, ...change });
    assertProblem(await grant({ sha256: 'f'.repeat(64) }), 400, 'edition.mismatch');
    assertProblem(await grant({ sha256: (await seen(client, 'agreement')).sha256 }), 400, 'edition.mismatch');
    assertProblem(await grant({ number: 77 }), 404, 'edition.unknown');
    const consent = assertStatus(await grant({}), 200);
    assert.deepEqual([consent.state, consent.edition_number], ['granted', edition.number]);
    assertProblem(await grant({}), 409, 'consent.already_granted');
  });

  test('withdrawn, the cards are gone at once and nothing more is asked', async () => {
    const { client } = await verified();
    await requestDocuments(client);
    await settledDocuments(client);
    assertStatus(await client.delete('/api/v1/consents/registry_documents'), 204);
    assert.deepEqual(states(await listDocuments(client)), all('absent'));
    assertProblem(await client.get('/api/v1/documents/passport/portrait'), 404, 'portrait.absent');
    assertProblem(await client.post('/api/v1/documents', { kinds: ['inn'] }), 403, 'documents.permission_needed');
    assertProblem(await client.post('/api/v1/documents/inn/refresh'), 403, 'documents.permission_needed');
    assertProblem(await client.delete('/api/v1/consents/registry_documents'), 404, 'consent.not_granted');
    const { consents } = assertStatus(await client.get('/api/v1/consents'), 200);
    const consent = consents.find(({ purpose }) => purpose === 'registry_documents');
    assert.equal(consent.state, 'withdrawn');
    assert.ok(consent.withdrawn_at >= consent.granted_at);
  });

  test('given again, everything can be asked for again', async () => {
    const { client } = await verified();
    assertStatus(await client.delete('/api/v1/consents/registry_documents'), 204);
    await allowRegistries(client);
    await requestDocuments(client);
    assert.deepEqual(states(await settledDocuments(client)), all('ready'));
  });

  test('withdrawn while a registry is being asked, its answer is not taken', async () => {
    const { client } = await verified();
    await world.withFault({ target: 'registry.*', mode: 'delay', delay_ms: 700 }, async () => {
      await requestDocuments(client, ['inn']);
      assertStatus(await client.delete('/api/v1/consents/registry_documents'), 204);
      await pause(1500);
    });
    assert.deepEqual(states(await listDocuments(client)), all('absent'));
  });

  test("the account's own consent cannot be withdrawn here, and says why", async () => {
    const { client } = await verified({ permission: false });
    assertProblem(await client.delete('/api/v1/consents/account'), 409, 'consent.required_for_account');
    assertProblem(await client.delete('/api/v1/consents/biometrics'), 404, 'consent.purpose_unknown');
  });
});

describe('five documents', () => {
  test('are what the registries hold', async () => {
    const { client, record } = await verified();
    await requestDocuments(client);
    const documents = await settledDocuments(client);
    assert.deepEqual(states(documents), all('ready'));
    const digits = (kind) => documents[kind].number.replace(/\D/g, '');
    assert.equal(digits('passport'), record.passport.series + record.passport.number);
    const licence = record.driving_licence;
    assert.equal(digits('driving_licence'), licence.series.replace(/\D/g, '') + licence.number);
    assert.deepEqual([digits('snils'), digits('oms'), digits('inn')],
      [record.snils, record.oms.number, record.tax.inn]);
    const fields = Object.fromEntries(documents.passport.fields.map(({ name, value }) => [name, value]));
    assert.equal(fields.full_name,
      [record.name.family_name, record.name.given_name, record.name.middle_name].filter(Boolean).join(' '));
    assert.equal(fields.issued_by, record.passport.issued_by);
    assert.equal(documents.passport.has_portrait, true);
    for (const kind of KINDS) assert.ok(documents[kind].received_at, kind);
  });

  test('appear within two seconds for 19 of 20 people', async () => {
    const people = [];
    for (let i = 0; i < 20; i += 1) people.push(await verified());
    const took = [];
    for (const { client } of people) {
      const begun = performance.now();
      await requestDocuments(client);
      const documents = await settledDocuments(client);
      took.push(performance.now() - begun);
      assert.deepEqual(states(documents), all('ready'));
    }
    const p95 = took.sort((a, b) => a - b)[18];
    assert.ok(p95 < 2000, `p95 ${Math.round(p95)} ms; all ${took.map(Math.round).join(' ')}`);
  });

  test('an expired licence says so', async () => {
    const { documents } = await citizenWithDocuments(world, '1');
    const licence = documents.driving_licence;
    assert.deepEqual([licence.state, licence.registry_status], ['ready', 'expired']);
    assert.ok(licence.valid_until < new Date().toISOString().slice(0, 10));
  });

  test('the portrait is a picture for its owner alone', async () => {
    const { client } = await verified();
    assertProblem(await client.get('/api/v1/documents/passport/portrait'), 404, 'portrait.absent');
    await requestDocuments(client, ['passport']);
    await settledDocuments(client, ['passport']);
    const portrait = await client.get('/api/v1/documents/passport/portrait');
    assertStatus(portrait, 200);
    assert.equal(portrait.body.subarray(1, 4).toString('latin1'), 'PNG');
    const { client: other } = await verified();
    assertProblem(await other.get('/api/v1/documents/passport/portrait'), 404, 'portrait.absent');
    assertProblem(await world.client().get('/api/v1/documents/passport/portrait'), 401, 'http.unauthenticated');
  });

  test('the history tells of the request and of each card', async () => {
    const { client } = await verified();
    await requestDocuments(client);
    await settledDocuments(client);
    const { operations } = assertStatus(await client.get('/api/v1/operations?limit=100'), 200);
    assert.equal(operations.filter(({ kind }) => kind === 'documents.requested').length, 1);
    const received = operations.filter(({ kind }) => kind === 'document.received').map(({ subject }) => subject);
    for (const kind of KINDS) assert.ok(received.includes(kind), kind);
  });

  test('asked for twice at once, each is fetched and told once', async () => {
    const { client } = await verified();
    await Promise.all([1, 2, 3].map(() => requestDocuments(client, ['inn'])));
    await settledDocuments(client, ['inn']);
    const { operations } = assertStatus(await client.get('/api/v1/operations?limit=100'), 200);
    const received = operations.filter(({ kind, subject }) => kind === 'document.received' && subject === 'inn');
    assert.equal(received.length, 1);
  });
});

describe('what a registry does not hold', () => {
  test('no licence: the card says so and the others are there', async () => {
    const { documents } = await citizenWithDocuments(world, '4');
    assert.deepEqual(states(documents), { ...all('ready'), driving_licence: 'not_found' });
    assert.equal(documents.driving_licence.number, undefined);
  });

  test('no policy: asked again, it is still not there', async () => {
    const { client, documents } = await citizenWithDocuments(world, '5');
    assert.equal(documents.oms.state, 'not_found');
    assertStatus(await client.post('/api/v1/documents/oms/refresh'), 202);
    assert.equal((await settledDocuments(client, ['oms'])).oms.state, 'not_found');
  });
});

describe('a registry in trouble', () => {
  const troubles = {
    outage: 'registry.unavailable', error: 'registry.unavailable', hang: 'registry.timeout', drip: 'registry.timeout',
    not_json: 'registry.malformed', huge: 'registry.malformed',
  };
  for (const [mode, problem] of Object.entries(troubles)) {
    test(`${mode}: the card says ${problem}, the others come, and a retry works`, async () => {
      const { client, record } = await verified();
      await world.withFault({ target: 'registry.inn', mode }, async () => {
        await requestDocuments(client);
        const documents = await settledDocuments(client, KINDS, 9000);
        assert.deepEqual(states(documents), { ...all('ready'), inn: 'unavailable' });
        assert.equal(documents.inn.problem, problem);
        assert.ok(documents.inn.next_attempt_at, 'it is tried again by itself');
      });
      assertStatus(await client.post('/api/v1/documents/inn/refresh'), 202);
      const { inn } = await settledDocuments(client, ['inn']);
      assert.deepEqual([inn.state, inn.number.replace(/\D/g, '')], ['ready', record.tax.inn]);
    });
  }

  test('it is tried again without anybody asking', async () => {
    const { client } = await verified();
    await world.withFault({ target: 'registry.inn', mode: 'outage' }, async () => {
      await requestDocuments(client, ['inn']);
      await settledDocuments(client, ['inn']);
    });
    const came = async () => (await listDocuments(client)).inn.state === 'ready';
    await until('the card by itself', came, { within: 9000, every: 200 });
  });

  test('a card already there is still shown when bringing it up to date fails', async () => {
    const { client, record } = await verified();
    await requestDocuments(client, ['inn']);
    await settledDocuments(client, ['inn']);
    await world.withFault({ target: 'registry.inn', mode: 'outage' }, async () => {
      assertStatus(await client.post('/api/v1/documents/inn/refresh'), 202);
      const { inn } = await settledDocuments(client, ['inn']);
      assert.deepEqual([inn.state, inn.number.replace(/\D/g, '')], ['unavailable', record.tax.inn]);
    });
  });

  test('slow registries for one person do not hold up another', async () => {
    const slow = await registerByCall(world.client());
    await raise(slow.client, { person: '7' });
    await allowRegistries(slow.client);
    await requestDocuments(slow.client);
    const { client } = await verified();
    const begun = performance.now();
    await requestDocuments(client);
    assert.deepEqual(states(await settledDocuments(client)), all('ready'));
    assert.ok(performance.now() - begun < 4000);
  });
});

describe('removing and asking for nonsense', () => {
  test('a removed card is gone, and can be had again', async () => {
    const { client } = await verified();
    await requestDocuments(client, ['passport', 'inn']);
    await settledDocuments(client, ['passport', 'inn']);
    assertStatus(await client.delete('/api/v1/documents/passport'), 204);
    const { passport, inn } = await listDocuments(client);
    assert.deepEqual([passport.state, passport.number, inn.state], ['absent', undefined, 'ready']);
    assertProblem(await client.get('/api/v1/documents/passport/portrait'), 404, 'portrait.absent');
    assertProblem(await client.delete('/api/v1/documents/passport'), 404, 'document.absent');
    assertProblem(await client.post('/api/v1/documents/passport/refresh'), 404, 'document.absent');
    await requestDocuments(client, ['passport']);
    assert.equal((await settledDocuments(client, ['passport'])).passport.state, 'ready');
  });

  test('a card removed while on its way does not come back', async () => {
    const { client } = await verified();
    await world.withFault({ target: 'registry.inn', mode: 'delay', delay_ms: 600, times: 1 }, async () => {
      await requestDocuments(client, ['inn']);
      assertStatus(await client.delete('/api/v1/documents/inn'), 204);
      await pause(1200);
    });
    assert.equal((await listDocuments(client)).inn.state, 'absent');
  });

  test('unknown, empty and too many kinds are refused', async () => {
    const { client } = await verified();
    for (const kinds of [[], ['diploma'], ['passport', 'diploma'], [1], Array(6).fill('passport')]) {
      assert.equal((await client.post('/api/v1/documents', { kinds })).status, 400, JSON.stringify(kinds));
    }
    for (const path of ['/api/v1/documents/diploma/refresh', '/api/v1/documents/statuses/refresh']) {
      assertProblem(await client.post(path), 404, 'document.kind_unknown');
    }
    assert.deepEqual(states(await listDocuments(client)), all('absent'));
  });
});
