// Two identity providers that know nothing of each other: who may come back with whose answer, and whose
// account opens. After each mix-up the account must be what it was.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import {
  assertProblem, assertStatus, goToProvider, leaveForProvider, raise, registerByCall, visitProvider,
} from './people.mjs';

let world;
before(async () => { world = await startWorld({ providers: 2 }); });
after(() => world.stop());

const me = async (client) => assertStatus(await client.get('/api/v1/me'), 200);
const levelOf = async (client) => (await me(client)).assurance.level;

/** Somebody of the population whom no other test uses. */
let next = 20;
async function stranger() {
  for (;;) {
    next += 1;
    const record = await world.person({ index: next });
    if (record.trusted && record.birth_date < '2000') return { snils: record.snils, password: 'demo' };
  }
}

async function landing(client, path) {
  const response = await client.get(path);
  assertStatus(response, 303);
  return response.headers.location;
}

describe('several providers', () => {
  test('are listed with their names in both languages', async () => {
    const { identity_providers } = assertStatus(await world.client().get('/api/v1/configuration'), 200);
    assert.deepEqual(identity_providers, [
      { id: 'bank', name_ru: 'Служба B', name_en: 'Service B' },
      { id: 'esia', name_ru: 'Служба A', name_en: 'Service A' },
    ]);
  });

  test('have to be chosen from', async () => {
    const path = '/api/v1/identity-provider/authorizations';
    assertProblem(await world.client().post(path, { intent: 'sign_in' }), 400, 'provider.required');
    for (const provider of ['esia2', 'ESIA', 'a', 'esia ']) {
      assertProblem(await world.client().post(path, { intent: 'sign_in', provider }), 400, 'provider.unknown');
    }
    for (const provider of ['x'.repeat(21), 7, null, ['esia']]) {
      const response = await world.client().post(path, { intent: 'sign_in', provider });
      assert.equal(response.status, 400, response.text);
    }
  });

  test('each send to their own site and come back by one address', async () => {
    const { client } = await registerByCall(world.client());
    const [one, other] = [new URL(await leaveForProvider(client, 'raise', 'esia')),
      new URL(await leaveForProvider(client, 'raise', 'bank'))];
    assert.notEqual(one.host, other.host);
    assert.equal(one.searchParams.get('redirect_uri'), other.searchParams.get('redirect_uri'));
  });

  test('each raise the level, and the account says who did', async () => {
    for (const provider of ['esia', 'bank']) {
      const { client } = await registerByCall(world.client());
      await raise(client, await stranger(), provider);
      const { assurance } = await me(client);
      assert.deepEqual([assurance.level, assurance.source, assurance.provider],
        ['verified', 'identity_provider', provider]);
    }
  });

  test('open the account only to whom they have proven themselves', async () => {
    const who = await stranger();
    const { client } = await registerByCall(world.client());
    await raise(client, who, 'esia');
    const enter = (provider) => goToProvider(world.client(), who, { intent: 'sign_in', provider });
    assert.equal(await enter('esia'), '/home?result=signed_in');
    assert.equal(await enter('bank'), '/sign-in?problem=provider.no_account_here');
  });
});

describe('answers mixed up', () => {
  /** Leaves for one provider and signs in there: the way back, not yet taken. */
  async function ready(provider, client) {
    const browser = client ?? (await registerByCall(world.client())).client;
    const url = await leaveForProvider(browser, 'raise', provider);
    return { client: browser, back: await visitProvider(world, url, await stranger()) };
  }
  const parameter = (path, name) => new URL(path, world.publicUrl).searchParams.get(name);
  function withParameters(path, values) {
    const url = new URL(path, world.publicUrl);
    for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
    return url.pathname + url.search;
  }

  test('an answer of one provider in the flow of the other is not redeemed', async () => {
    const { client, back } = await ready('esia');
    const { back: foreign } = await ready('bank');
    // The state of this browser's flow, all else as the other provider answered.
    const mixed = withParameters(foreign, { state: parameter(back, 'state') });
    assert.equal(await landing(client, mixed), '/level?problem=provider.refused_token');
    assert.equal(await levelOf(client), 'phone');
  });

  test('the code of the other provider under our own issuer is refused by that provider', async () => {
    const { client, back } = await ready('esia');
    const { back: foreign } = await ready('bank');
    const mixed = withParameters(back, { code: parameter(foreign, 'code') });
    assert.match(await landing(client, mixed), /problem=provider\.(refused_token|unavailable)$/);
    assert.equal(await levelOf(client), 'phone');
  });

  test('an answer that leaves its issuer out is refused', async () => {
    const { client, back } = await ready('bank');
    const url = new URL(back, world.publicUrl);
    url.searchParams.delete('iss');
    assert.equal(await landing(client, url.pathname + url.search), '/level?problem=provider.refused_token');
    assert.equal(await levelOf(client), 'phone');
  });

  test('of two tabs the later one counts, and the earlier one says why not', async () => {
    const { client, back: first } = await ready('esia');
    const { back: second } = await ready('bank', client);
    assert.equal(await landing(client, first), '/level?problem=provider.flow_unknown');
    assert.equal(await levelOf(client), 'phone');
    // The refusal took the cookie away: a browser holds one flow at a time.
    assert.equal(await landing(client, second), '/level?problem=provider.flow_unknown');
    assert.equal(await levelOf(client), 'phone');
  });

  test('the later of two tabs alone comes through, once', async () => {
    const { client } = await ready('esia');
    const { back } = await ready('bank', client);
    assert.equal(await landing(client, back), '/level?result=verified');
    assert.equal(await landing(client, back), '/level?problem=provider.flow_unknown');
    assert.equal((await me(client)).assurance.provider, 'bank');
  });
});
