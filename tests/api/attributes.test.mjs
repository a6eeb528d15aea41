// What is known about a person by whom, what they open, and how links with providers are made and undone.
// Two people are never merged, and no source overwrites another.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import {
  allowRegistries, assertProblem, assertStatus, goToProvider, listDocuments, raise, registerByCall, requestDocuments,
  settledDocuments, signIn, visitProvider,
} from './people.mjs';

let world;
before(async () => { world = await startWorld({ providers: 2 }); });
after(() => world.stop());

const me = async (client) => assertStatus(await client.get('/api/v1/me'), 200);
const functions = async (client, kind) =>
  assertStatus(await client.get(`/api/v1/me/functions${kind ? `?client=${kind}` : ''}`), 200).functions;
const providers = async (client) => assertStatus(await client.get('/api/v1/me/providers'), 200).providers;
async function attributes(client) {
  const { attributes: list } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
  return Object.fromEntries(list.map((one) => [one.name, one]));
}
const lacks = (list, name) =>
  list.find((one) => one.function === name).missing.map(({ lack, attribute }) => [lack, attribute].join(' ').trim());

/** Somebody of the population whom no other test uses. */
let next = 20;
async function stranger() {
  for (;;) {
    next += 1;
    const record = await world.person({ index: next });
    if (record.trusted && record.birth_date < '2000' && record.passport?.status === 'valid') {
      return { snils: record.snils, password: 'demo' };
    }
  }
}

async function verified(provider = 'esia') {
  const who = await stranger();
  const { client, phone, citizenId } = await registerByCall(world.client());
  const record = await raise(client, who, provider);
  return { client, who, record, phone, citizenId };
}

/** Raises the level while the provider calls the person by an older family name. */
async function raiseUnderOldName(client, who, provider) {
  const at = provider === 'bank' ? world.otherUrl : world.sandboxUrl;
  const control = (method, body) => fetch(`${at}/control/faults`, {
    method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body),
  });
  assert.equal((await control('POST', { target: 'idp.userinfo', mode: 'other_family_name' })).status, 200);
  world.secrets.add('family name', 'Прежняя');
  try {
    return await goToProvider(client, who, { provider });
  } finally {
    await control('DELETE');
  }
}

describe('what each source says', () => {
  test('is kept beside the others with its level, day and freshness', async () => {
    const { client, who, record } = await verified('esia');
    assert.equal(await goToProvider(client, who, { provider: 'bank' }), '/level?result=verified');
    const { family_name, phone } = await attributes(client);
    assert.equal(family_name.value, record.name.family_name);
    assert.deepEqual([family_name.provider, family_name.level, family_name.stale, family_name.conflict],
      ['bank', 'verified', false, false]);
    assert.deepEqual(family_name.others.map(({ provider, value }) => [provider, value]),
      [['esia', record.name.family_name]]);
    assert.ok(Date.parse(family_name.stale_at) > Date.parse(family_name.proven_at));
    assert.deepEqual([phone.source, phone.level, phone.stale_at, phone.others], ['self', 'phone', undefined, []]);
  });

  test('is shown as a conflict when two providers differ, and nothing is overwritten', async () => {
    const { client, who, record } = await verified('esia');
    assert.equal(await raiseUnderOldName(client, who, 'bank'), '/level?result=verified');
    const { family_name, given_name } = await attributes(client);
    assert.equal(family_name.conflict, true);
    assert.equal(given_name.conflict, false);
    assert.deepEqual([family_name.value, family_name.provider], ['Прежняя', 'bank'], 'the later word holds');
    assert.deepEqual(family_name.others.map(({ value }) => value), [record.name.family_name]);
    assert.ok((await functions(client)).every(({ open }) => open), 'the table does not ask for the family name');
  });

  test('the registry speaks through its passport, and is silent when the document goes', async () => {
    const { client } = await verified('esia');
    await allowRegistries(client);
    await requestDocuments(client, ['passport']);
    await settledDocuments(client, ['passport']);
    const before_ = (await attributes(client)).birth_date;
    assert.equal(before_.source, 'registry', 'proven later');
    assert.deepEqual(before_.others.map(({ provider }) => provider), ['esia']);
    assertStatus(await client.delete('/api/v1/documents/passport'), 204);
    const after_ = (await attributes(client)).birth_date;
    assert.deepEqual([after_.source, after_.others], ['identity_provider', []]);
  });

  test('is nobody else’s to read', async () => {
    for (const path of ['/me/attributes', '/me/functions', '/me/providers']) {
      assertProblem(await world.client().get(`/api/v1${path}`), 401, 'http.unauthenticated');
    }
  });
});

describe('what a person says of themselves', () => {
  const put = (client, name, value) => client.put(`/api/v1/me/attributes/${name}`, { value });

  test('is kept, changed and taken back', async () => {
    const { client } = await registerByCall(world.client());
    world.secrets.add('own name', 'Бабушка Нюра');
    assertStatus(await put(client, 'preferred_name', '  Бабушка Нюра '), 204);
    const { preferred_name } = await attributes(client);
    assert.deepEqual([preferred_name.value, preferred_name.source, preferred_name.level],
      ['Бабушка Нюра', 'self', 'asserted']);
    assertStatus(await put(client, 'preferred_name', 'Анна'), 204);
    assert.equal((await attributes(client)).preferred_name.value, 'Анна');
    assertStatus(await client.delete('/api/v1/me/attributes/preferred_name'), 204);
    assert.equal((await attributes(client)).preferred_name, undefined);
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.deepEqual(operations.slice(0, 2).map(({ kind, subject }) => [kind, subject]),
      [['attribute.removed', 'preferred_name'], ['attribute.changed', 'preferred_name']]);
  });

  test('is never a name or a number that services prove', async () => {
    const { client } = await registerByCall(world.client());
    for (const name of ['given_name', 'snils', 'birth_date', 'phone', 'level']) {
      assertProblem(await put(client, name, 'x'), 404, 'attribute.not_yours');
      assertProblem(await client.delete(`/api/v1/me/attributes/${name}`), 404, 'attribute.not_yours');
    }
  });

  test('is one line of bounded length', async () => {
    const { client } = await registerByCall(world.client());
    for (const value of ['', '   ', 'a\nb', 'я'.repeat(65)]) {
      assertProblem(await put(client, 'preferred_name', value), 400, 'attribute.value');
    }
    assertStatus(await put(client, 'preferred_name', 'я'.repeat(64)), 204);
    for (const body of [{}, { value: 7 }, { value: null }, { value: 'x', name: 'snils' }, { value: 'x'.repeat(2000) }]) {
      assert.equal((await client.put('/api/v1/me/attributes/living_address', body)).status, 400);
    }
  });

  test('needs the CSRF token', async () => {
    const { client } = await registerByCall(world.client());
    assertProblem(await client.put('/api/v1/me/attributes/preferred_name', { value: 'x' }, { csrf: false }),
      403, 'http.csrf');
  });
});

describe('the function table', () => {
  test('says what is missing before and after the identity is proven', async () => {
    const { client } = await registerByCall(world.client());
    const closed = await functions(client);
    assert.deepEqual(lacks(closed, 'account'), []);
    assert.deepEqual(lacks(closed, 'documents'), ['level', 'attribute_absent snils']);
    assert.deepEqual(lacks(closed, 'digital_id'), ['level']);
    assert.deepEqual((await me(client)).assurance.functions, closed, 'one table, wherever it is shown');
    await raise(client, await stranger(), 'esia');
    for (const kind of ['web', 'mobile', 'desk']) {
      assert.ok((await functions(client, kind)).every(({ open, missing }) => open && missing.length === 0), kind);
    }
  });

  test('knows three clients and no more', async () => {
    const { client } = await registerByCall(world.client());
    for (const kind of ['tv', 'WEB', 'web%20', '']) {
      assert.equal((await client.get(`/api/v1/me/functions?client=${kind}`)).status, 400, kind);
    }
  });
});

describe('links with providers', () => {
  test('are listed with their days', async () => {
    const { client } = await registerByCall(world.client());
    assert.deepEqual(await providers(client), []);
    await raise(client, await stranger(), 'esia');
    const [linked] = await providers(client);
    assert.deepEqual([linked.id, linked.name_ru, linked.last_proof, linked.last_way_in],
      ['esia', 'Служба A', true, false]);
    assert.equal(linked.linked_at, linked.last_used_at);
  });

  test('lead from any provider to the same account', async () => {
    const { client, who, citizenId } = await verified('esia');
    await raise(client, who, 'bank');
    for (const provider of ['esia', 'bank']) {
      const other = world.client();
      assert.equal(await goToProvider(other, who, { intent: 'sign_in', provider }), '/home?result=signed_in');
      assert.equal((await me(other)).citizen_id, citizenId);
    }
  });

  test('undone with the last proof lower the level and end what rested on it', async () => {
    const { client, who, phone } = await verified('esia');
    await allowRegistries(client);
    await requestDocuments(client, ['passport']);
    await settledDocuments(client, ['passport']);
    assertStatus(await client.delete('/api/v1/me/providers/esia'), 204);
    const { assurance, given_name } = await me(client);
    assert.deepEqual([assurance.level, assurance.provider, given_name], ['phone', undefined, undefined]);
    assert.deepEqual(await providers(client), []);
    assert.deepEqual(Object.keys(await attributes(client)), ['phone']);
    assert.equal((await listDocuments(client)).passport.state, 'absent');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.deepEqual(operations.slice(0, 3).map(({ kind, subject }) => `${kind} ${subject}`).sort(),
      ['assurance.lowered phone', 'consent.source_withdrawn esia', 'provider.unlinked esia']);
    assert.equal(await goToProvider(world.client(), who, { intent: 'sign_in', provider: 'esia' }),
      '/sign-in?problem=provider.no_account_here');
    assertStatus(await signIn(world.client(), phone), 201);
    await raise(client, who, 'esia');
  });

  test('undone beside another proof leave the level', async () => {
    const { client, who } = await verified('esia');
    await raise(client, who, 'bank');
    assertStatus(await client.delete('/api/v1/me/providers/bank'), 204);
    const { assurance } = await me(client);
    assert.deepEqual([assurance.level, assurance.provider], ['verified', 'esia']);
    const { family_name } = await attributes(client);
    assert.deepEqual([family_name.provider, family_name.others], ['esia', []]);
  });

  test('that are not there, or somebody else’s, cannot be undone', async () => {
    const { client } = await verified('esia');
    const { client: stranger_ } = await registerByCall(world.client());
    assertProblem(await stranger_.delete('/api/v1/me/providers/esia'), 404, 'provider.not_linked');
    for (const id of ['bank', 'ESIA', 'esia%20']) {
      assertProblem(await client.delete(`/api/v1/me/providers/${id}`), 404, 'provider.not_linked');
    }
    assertProblem(await client.delete('/api/v1/me/providers/esia', { csrf: false }), 403, 'http.csrf');
    assert.equal((await me(client)).assurance.level, 'verified');
  });
});

describe('two people are never merged', () => {
  test('a person with another account is told so, and both accounts stay as they were', async () => {
    const { client: first, who } = await verified('esia');
    const { client: second } = await registerByCall(world.client());
    for (const provider of ['esia', 'bank']) {
      assert.equal(await goToProvider(second, who, { provider }),
        '/level?problem=provider.belongs_to_other_account', provider);
    }
    assert.equal((await me(second)).assurance.level, 'phone');
    assert.deepEqual(Object.keys(await attributes(second)), ['phone']);
    assert.equal((await me(first)).assurance.level, 'verified');
    assert.deepEqual((await providers(first)).map(({ id }) => id), ['esia']);
  });

  test('a verified account does not become somebody else’s', async () => {
    const { client, record } = await verified('esia');
    for (const provider of ['esia', 'bank']) {
      assert.equal(await goToProvider(client, await stranger(), { provider }),
        '/level?problem=provider.other_person', provider);
    }
    const { family_name, snils } = await attributes(client);
    assert.deepEqual([family_name.value, family_name.others, snils.value.replace(/\D/g, '')],
      [record.name.family_name, [], record.snils]);
    assert.deepEqual((await providers(client)).map(({ id }) => id), ['esia']);
  });

  test('of two accounts that are verified at once as one person, one wins', async () => {
    const who = await stranger();
    const [one, other] = [await registerByCall(world.client()), await registerByCall(world.client())];
    const ways = [];
    for (const { client } of [one, other]) {
      const { authorization_url } = assertStatus(await client.post('/api/v1/identity-provider/authorizations',
        { intent: 'raise', provider: 'esia' }), 201);
      ways.push(await visitProvider(world, authorization_url, who));
    }
    const landed = await Promise.all([one.client.get(ways[0]), other.client.get(ways[1])]);
    assert.deepEqual(landed.map(({ headers }) => headers.location).sort(),
      ['/level?problem=provider.belongs_to_other_account', '/level?result=verified']);
    const levels = [await me(one.client), await me(other.client)].map(({ assurance }) => assurance.level);
    assert.deepEqual(levels.sort(), ['phone', 'verified']);
  });
});
