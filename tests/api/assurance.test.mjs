// Confirming who somebody is at the identity provider, and every way a provider, a browser or a thief can
// spoil it. After each failure the account must be what it was.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import {
  assertProblem, assertStatus, goToProvider, leaveForProvider, raise, registerByCall, signIn, visitProvider,
} from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const CALLBACK = '/api/v1/identity-provider/callback';
const levelOf = async (client) => assertStatus(await client.get('/api/v1/me'), 200).assurance.level;

/** Somebody of the population whom no other test uses, so that nobody is verified twice by accident. */
let next = 20;
async function stranger() {
  for (;;) {
    next += 1;
    const record = await world.person({ index: next });
    const adult = record.trusted && record.birth_date < '2000' && record.passport;
    if (adult) return { record, who: { snils: record.snils, password: 'demo' } };
  }
}

/** Returns from the provider; expects to land on `place` with nothing changed. */
async function assertUnchanged(client, location, place) {
  assert.equal(location, place);
  assert.equal(await levelOf(client), 'phone');
}

describe('raising the level', () => {
  test('a verified person comes back verified, with the attributes and where they are from', async () => {
    const { client } = await registerByCall(world.client());
    const record = await raise(client, { person: '0' });
    const me = assertStatus(await client.get('/api/v1/me'), 200);
    assert.equal(me.assurance.level, 'verified');
    assert.ok(me.assurance.functions.every(({ open }) => open));
    assert.deepEqual([me.family_name, me.given_name, me.middle_name], Object.values(
      { f: record.name.family_name, g: record.name.given_name, m: record.name.middle_name }));
    const { attributes } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
    const of = Object.fromEntries(attributes.map((one) => [one.name, one]));
    assert.deepEqual([of.snils.value.replace(/\D/g, ''), of.birth_date.value, of.snils.source, of.snils.level],
      [record.snils, record.birth_date, 'identity_provider', 'verified']);
    assert.equal(of.phone.source, 'self');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.equal(operations[0].kind, 'assurance.raised');
  });

  test('a function above the level says which level it needs', async () => {
    const { client } = await registerByCall(world.client());
    for (const response of [
      await client.post('/api/v1/documents', { kinds: ['passport'] }),
      await client.post('/api/v1/digital-id/challenge'),
    ]) {
      const problem = assertProblem(response, 403, 'assurance.verified_required');
      assert.equal(problem.required_level, 'verified');
      assert.ok(problem.missing.some(({ lack }) => lack === 'level'), JSON.stringify(problem));
      assert.deepEqual(problem.how, [{ action: 'prove_identity', page: '/level' }]);
      const { functions } = assertStatus(await client.get('/api/v1/me/functions'), 200);
      const shown = functions.find((one) => one.function === problem.function);
      assert.deepEqual(problem.missing, shown.missing, 'the refusal and the page say the same');
    }
    const digitalId = assertStatus(await client.get('/api/v1/digital-id'), 200);
    assert.deepEqual([digitalId.eligible, digitalId.obstacles], [false, ['not_verified']]);
  });

  test('a person the provider has not verified stays where they are', async () => {
    const { client } = await registerByCall(world.client());
    await world.person({ index: 3 });
    await assertUnchanged(client, await goToProvider(client, { person: '3' }),
      '/level?problem=provider.account_not_trusted');
    const { attributes } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
    assert.deepEqual(attributes.map(({ name }) => name), ['phone'], 'nothing of the refused person is kept');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.equal(operations[0].kind, 'assurance.refused');
  });

  test('refusing to pass data on changes nothing', async () => {
    const { client } = await registerByCall(world.client());
    const location = await goToProvider(client, (await stranger()).who, { decision: 'refuse' });
    await assertUnchanged(client, location, '/level?problem=provider.refused_by_person');
  });

  test('one person cannot verify two accounts', async () => {
    const { who } = await stranger();
    const { client: first } = await registerByCall(world.client());
    await raise(first, who);
    const { client: second } = await registerByCall(world.client());
    await assertUnchanged(second, await goToProvider(second, who), '/level?problem=provider.belongs_to_other_account');
  });

  test('the same person may confirm the same account again', async () => {
    const { who } = await stranger();
    const { client } = await registerByCall(world.client());
    await raise(client, who);
    await raise(client, who);
  });

  test('without a session there is nothing to raise', async () => {
    const response = await world.client().post('/api/v1/identity-provider/authorizations', { intent: 'raise' });
    assertProblem(response, 401, 'session.required');
  });

  test('an unknown intent is refused', async () => {
    const response = await world.client().post('/api/v1/identity-provider/authorizations', { intent: 'admin' });
    assertProblem(response, 400, 'provider.intent_unknown');
  });

  test('with a session the CSRF token is needed to leave', async () => {
    const { client } = await registerByCall(world.client());
    const response = await client.post('/api/v1/identity-provider/authorizations', { intent: 'raise' },
      { csrf: false });
    assertProblem(response, 403, 'http.csrf');
  });
});

describe('what leaves for the provider', () => {
  test('is a code request with PKCE, state, nonce and this server as the way back', async () => {
    const { client } = await registerByCall(world.client());
    const [one, other] = [new URL(await leaveForProvider(client)), new URL(await leaveForProvider(client))];
    const query = one.searchParams;
    assert.equal(query.get('response_type'), 'code');
    assert.equal(query.get('code_challenge_method'), 'S256');
    assert.equal(query.get('redirect_uri'), `${world.publicUrl}${CALLBACK}`);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      assert.ok(query.get(name).length >= 43, name);
      assert.notEqual(query.get(name), other.searchParams.get(name), name);
    }
  });
});

describe('the way back', () => {
  const unknown = '/level?problem=provider.flow_unknown';

  async function ready(who) {
    const { client } = await registerByCall(world.client());
    const url = await leaveForProvider(client);
    return { client, back: await visitProvider(world, url, who ?? (await stranger()).who) };
  }
  const open = async (client, path) => assertStatus(await client.get(path), 303) ?? undefined;
  const landing = async (client, path) => {
    const response = await client.get(path);
    assertStatus(response, 303);
    return response.headers.location;
  };

  test('works once', async () => {
    const { client, back } = await ready();
    assert.equal(await landing(client, back), '/level?result=verified');
    assert.equal(await landing(client, back), unknown);
    assert.equal(await levelOf(client), 'verified');
  });

  test('with another state is refused', async () => {
    const { client, back } = await ready();
    const wrong = back.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`);
    await assertUnchanged(client, await landing(client, wrong), unknown);
  });

  test('without a state, with two, or with nothing at all is refused', async () => {
    const { client, back } = await ready();
    const without = back.replace(/[?&]state=[^&]+/, '');
    for (const query of [without, `${back}&state=x`, CALLBACK, `${CALLBACK}?code=x`]) {
      const response = await client.get(query.includes('?') ? query : query.replace('&', '?'));
      const led = response.status === 303 && response.headers.location === unknown;
      assert.ok(led || response.status === 400, response.text);
    }
    assert.equal(await levelOf(client), 'phone');
  });

  test('in another browser is refused, and spoils it for the right one too', async () => {
    const { client, back } = await ready();
    const { client: victim } = await registerByCall(world.client());
    assert.equal(await landing(world.client(), back), unknown);
    await assertUnchanged(victim, await landing(victim, back), unknown);
    await assertUnchanged(client, await landing(client, back), unknown);
  });

  test('with a code of another flow is refused by the provider', async () => {
    const { client, back } = await ready();
    const { client: other, back: otherBack } = await ready();
    const codeOf = (path) => /code=([^&]+)/.exec(path)[1];
    const crossed = back.replace(codeOf(back), codeOf(otherBack));
    const location = await landing(client, crossed);
    assert.match(location, /^\/level\?problem=provider\.(refused_token|unavailable)$/);
    assert.equal(await levelOf(client), 'phone');
    await open(other, otherBack);
  });

  test('cookie of the flow is out of reach and goes away', async () => {
    const { client } = await registerByCall(world.client());
    const url = await leaveForProvider(client);
    const [name, { attributes }] = [...client.cookies].find(([key]) => key === '__Host-provider');
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) assert.ok(attributes.includes(attribute));
    await landing(client, await visitProvider(world, url, (await stranger()).who));
    assert.equal(client.cookies.has(name), false);
  });

  test('never leads to another site', async () => {
    const queries = ['?error=access_denied&state=//evil.example', '?state=https://evil.example&code=x',
      '?error=%0d%0aLocation:x'];
    for (const query of queries) {
      const response = await world.client().get(CALLBACK + query);
      if (response.status === 303) assert.match(response.headers.location, /^\/(level|sign-in)\?/);
    }
  });
});

describe('a provider that lies or fails', () => {
  const expected = {
    alg_none: 'refused_token', wrong_aud: 'refused_token', wrong_nonce: 'refused_token', wrong_issuer: 'refused_token',
    foreign_key: 'refused_token', expired: 'refused_token', bad_signature: 'refused_token',
  };
  for (const [mode, reason] of Object.entries(expected)) {
    test(`an id_token with ${mode} is not believed`, async () => {
      const { client } = await registerByCall(world.client());
      const location = await world.withFault({ target: 'idp.token', mode }, async () =>
        goToProvider(client, (await stranger()).who));
      await assertUnchanged(client, location, `/level?problem=provider.${reason}`);
    });
  }

  test('userinfo about somebody else is not believed', async () => {
    const { client } = await registerByCall(world.client());
    const location = await world.withFault({ target: 'idp.userinfo', mode: 'wrong_sub' }, async () =>
      goToProvider(client, (await stranger()).who));
    await assertUnchanged(client, location, '/level?problem=provider.refused_token');
  });

  for (const mode of ['outage', 'error', 'not_json', 'huge', 'hang']) {
    test(`a token endpoint in ${mode} is unavailable, and works when it is back`, async () => {
      const { client } = await registerByCall(world.client());
      const { who } = await stranger();
      const location = await world.withFault({ target: 'idp.token', mode }, () => goToProvider(client, who));
      await assertUnchanged(client, location, '/level?problem=provider.unavailable');
      await raise(client, who);
    });
  }

  test('userinfo that is down changes nothing', async () => {
    const { client } = await registerByCall(world.client());
    const location = await world.withFault({ target: 'idp.userinfo', mode: 'outage' }, async () =>
      goToProvider(client, (await stranger()).who));
    await assertUnchanged(client, location, '/level?problem=provider.unavailable');
  });
});

describe('a provider that is down from the start', () => {
  let fresh;
  before(async () => { fresh = await startWorld(); });
  after(() => fresh.stop());

  test('is told at once; everything else works; it works when it is back', async () => {
    const { client, phone } = await registerByCall(fresh.client());
    await fresh.withFault({ target: 'idp.discovery', mode: 'outage' }, async () => {
      const response = await client.post('/api/v1/identity-provider/authorizations', { intent: 'raise' });
      assertProblem(response, 503, 'provider.unavailable');
      assert.ok(Number(response.headers['retry-after']) >= 1);
      assertStatus(await signIn(fresh.client(), phone), 201);
    });
    await raise(client, { person: '0' });
  });
});

describe('signing in through the provider', () => {
  const enter = (client, who) => goToProvider(client, who, { intent: 'sign_in' });

  test('opens the account that person has verified', async () => {
    const { who } = await stranger();
    const { client, citizenId } = await registerByCall(world.client());
    await raise(client, who);
    const other = world.client();
    assert.equal(await enter(other, who), '/home?result=signed_in');
    assert.equal(assertStatus(await other.get('/api/v1/me'), 200).citizen_id, citizenId);
    const { sessions } = assertStatus(await other.get('/api/v1/sessions'), 200);
    assert.equal(sessions.find(({ current }) => current).signed_in_by, 'identity_provider');
  });

  test('a person without an account here is told so, and gets no session', async () => {
    const client = world.client();
    assert.equal(await enter(client, (await stranger()).who), '/sign-in?problem=provider.no_account_here');
    assert.equal(client.cookies.has('__Host-session'), false);
    assertProblem(await client.get('/api/v1/me'), 401, 'http.unauthenticated');
  });

  test('a lying provider opens nothing', async () => {
    const { who } = await stranger();
    const { client } = await registerByCall(world.client());
    await raise(client, who);
    for (const mode of ['alg_none', 'foreign_key', 'wrong_nonce']) {
      const thief = world.client();
      const location = await world.withFault({ target: 'idp.token', mode }, () => enter(thief, who));
      assert.match(location, /problem=provider\.refused_token$/);
      assertProblem(await thief.get('/api/v1/me'), 401, 'http.unauthenticated');
    }
  });

  test('failures of a sign-in lead back to the sign-in page', async () => {
    const refusal = { intent: 'sign_in', decision: 'refuse' };
    const location = await goToProvider(world.client(), (await stranger()).who, refusal);
    assert.equal(location, '/sign-in?problem=provider.refused_by_person');
  });
});
