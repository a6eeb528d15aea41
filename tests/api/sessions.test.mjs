// Signing in and out, sessions, and the guards around every unsafe request.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exchange } from './client.mjs';
import { startWorld } from './harness.mjs';
import { PASSWORD, assertProblem, assertStatus, newPhone, registerByCall, signIn } from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

describe('signing in', () => {
  test('with number and password, however the number is written', async () => {
    const { phone, citizenId } = await registerByCall(world.client());
    const written = `8 (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8, 10)}-${phone.slice(10)}`;
    world.secrets.add('phone as written', written);
    const client = world.client();
    const { me } = assertStatus(await signIn(client, written), 201);
    assert.equal(me.citizen_id, citizenId);
    assert.equal(assertStatus(await client.get('/api/v1/me'), 200).citizen_id, citizenId);
  });

  test('a wrong password and an unknown number are told alike', async () => {
    const { phone } = await registerByCall(world.client());
    const wrong = await signIn(world.client(), phone, 'не тот пароль');
    const unknown = await signIn(world.client(), newPhone(world), 'не тот пароль');
    assertProblem(wrong, 401, 'sign_in.refused');
    assertProblem(unknown, 401, 'sign_in.refused');
    const told = ({ json }) => ({ ...json, instance: undefined });
    assert.deepEqual(told(wrong), told(unknown));
    assert.deepEqual(Object.keys(wrong.headers).sort(), Object.keys(unknown.headers).sort());
    assert.equal(wrong.headers['set-cookie'], undefined);
  });

  test('after twenty wrong passwords strangers must come in another way, known number or not', async () => {
    const { client, phone } = await registerByCall(world.client());
    for (const number of [phone, newPhone(world)]) {
      for (let i = 0; i < 20; i += 1) {
        assertProblem(await signIn(world.client(), number, `догадка номер ${i}`), 401, 'sign_in.refused');
      }
      assertProblem(await signIn(world.client(), number), 403, 'sign_in.code_needed');
    }
    assertStatus(await client.get('/api/v1/me'), 200);
  });

  test("strangers' wrong passwords do not lock out the browser that was signed in before", async () => {
    const { client, phone } = await registerByCall(world.client());
    for (let i = 0; i < 21; i += 1) await signIn(world.client(), phone, `догадка номер ${i}`);
    assertProblem(await signIn(world.client(), phone), 403, 'sign_in.code_needed');
    assertStatus(await client.delete('/api/v1/sessions/current'), 204);
    assertStatus(await signIn(client, phone), 201);
  });

  test('a recognised browser has tries of its own, and they end too', async () => {
    const { client, phone } = await registerByCall(world.client());
    assertStatus(await client.delete('/api/v1/sessions/current'), 204);
    for (let i = 0; i < 10; i += 1) {
      assertProblem(await signIn(client.roam(), phone, `догадка номер ${i}`), 401, 'sign_in.refused');
    }
    const problem = assertProblem(await signIn(client.roam(), phone), 429, 'sign_in.too_many');
    assert.ok(problem.retry_after_s > 0 && problem.retry_after_s <= 15 * 60 + 1);
    assertStatus(await signIn(world.client(), phone), 201);
  });

  test('one network trying many numbers is slowed down', async () => {
    const client = world.client();
    const statuses = [];
    for (let i = 0; i < 36; i += 1) statuses.push((await signIn(client, newPhone(world), 'наугад наугад')).status);
    assert.ok(statuses.includes(401) && statuses.includes(429), statuses.join(' '));
  });

  test('a password with anything added or missing is another password', async () => {
    const { phone } = await registerByCall(world.client());
    for (const near of [`${PASSWORD} `, PASSWORD.slice(0, -1), PASSWORD.toUpperCase(), '']) {
      assertProblem(await signIn(world.client(), phone, near), 401, 'sign_in.refused');
    }
    assertStatus(await signIn(world.client(), phone), 201);
  });
});

describe('the session cookie', () => {
  test('is out of reach of scripts, plain HTTP, other sites and other hosts', async () => {
    const { client } = await registerByCall(world.client());
    const { value, attributes } = client.cookies.get('__Host-session');
    assert.ok(attributes.includes('Secure') && attributes.includes('HttpOnly'), attributes.join('; '));
    assert.ok(attributes.includes('SameSite=Strict') && attributes.includes('Path=/'));
    assert.ok(!attributes.some((attribute) => attribute.startsWith('Domain')));
    assert.ok(Buffer.from(value, 'base64url').length >= 32, '256 bits');
  });

  test('a new one is given at each sign-in', async () => {
    const { client, phone } = await registerByCall(world.client());
    const other = world.client();
    other.cookies = new Map(client.cookies); // a session planted beforehand must not be taken over
    assertStatus(await signIn(other, phone), 201);
    assert.notEqual(other.cookies.get('__Host-session').value, client.cookies.get('__Host-session').value);
  });

  test('altered, cut, doubled or empty it is nobody', async () => {
    const { client } = await registerByCall(world.client());
    const { value } = client.cookies.get('__Host-session');
    const last = value.at(-1) === 'A' ? 'Q' : 'A';
    const bad = [`${value.slice(0, -2)}${last}A`, value.slice(0, -1), '', 'x'.repeat(4000),
      `${value}; __Host-session=${value}`];
    for (const cookie of bad) {
      const response = await world.client().get('/api/v1/me', { headers: { cookie: `__Host-session=${cookie}` } });
      assertProblem(response, 401, 'http.unauthenticated');
    }
  });
});

describe('unsafe requests', () => {
  test('without the CSRF token or with another one are refused, and change nothing', async () => {
    const { client } = await registerByCall(world.client());
    const { client: stranger } = await registerByCall(world.client());
    for (const csrf of [false, '', 'AAAA', stranger.csrf, client.csrf.slice(0, -1), client.csrf + client.csrf]) {
      assertProblem(await client.delete('/api/v1/sessions/current', { csrf }), 403, 'http.csrf');
    }
    assertStatus(await client.get('/api/v1/me'), 200);
  });

  test('from another site are refused even with the token', async () => {
    const { client } = await registerByCall(world.client());
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' }, { origin: 'null' }]) {
      assertProblem(await client.delete('/api/v1/sessions/current', { headers }), 403, 'http.csrf');
    }
    const own = { 'sec-fetch-site': 'same-origin', origin: world.publicUrl };
    assertStatus(await client.delete('/api/v1/sessions/current', { headers: own }), 204);
  });

  test('nobody is signed in as somebody else from a foreign page', async () => {
    const { phone } = await registerByCall(world.client());
    const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
    const response = await world.client().post('/api/v1/sessions', { phone, password: PASSWORD }, { headers });
    assertProblem(response, 403, 'http.csrf');
    assert.equal(response.headers['set-cookie'], undefined);
  });

  test('every route with a session refuses who has none', async () => {
    const { contract } = await import('./contract.mjs');
    for (const [template, item] of Object.entries(contract.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const needsSession = operation.security?.every((one) => 'session' in one);
        if (!needsSession) continue;
        const path = template.replace('{session_id}', '01890a5d-ac96-774b-bcce-b302099a8057')
          .replace('{device_id}', '01890a5d-ac96-774b-bcce-b302099a8057')
          .replace('{purpose}', 'registry_documents').replace('{kind}', 'passport');
        const body = operation.requestBody ? { json: {} } : {};
        const response = await world.client().call(method.toUpperCase(), path, body);
        assertProblem(response, 401, 'http.unauthenticated');
      }
    }
  });

  test('answers about a person are kept by no cache', async () => {
    const { client } = await registerByCall(world.client());
    for (const path of ['/api/v1/me', '/api/v1/sessions', '/api/v1/me/attributes', '/api/v1/documents']) {
      assert.match((await client.get(path)).headers['cache-control'] ?? '', /no-store/);
    }
  });
});

describe('the list of sessions', () => {
  const device = (userAgent) => ({ userAgent });
  const firefox = device('Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0');

  test('names device, network and how the session began', async () => {
    const { client, phone } = await registerByCall(world.client());
    const other = world.client(firefox);
    assertStatus(await signIn(other, phone), 201);
    const { sessions } = assertStatus(await client.get('/api/v1/sessions'), 200);
    assert.equal(sessions.length, 2);
    const mine = sessions.find(({ current }) => current);
    const theirs = sessions.find(({ current }) => !current);
    assert.deepEqual([mine.device, mine.signed_in_by], ['Chrome, Android', 'registration']);
    assert.deepEqual([theirs.device, theirs.signed_in_by], ['Firefox, Linux', 'password']);
    assert.equal(theirs.network, other.network.replace(/\.\d+$/, '.0/24'));
  });

  test('sign out there: that device is out at once, this one stays', async () => {
    const { client, phone } = await registerByCall(world.client());
    const other = world.client(firefox);
    assertStatus(await signIn(other, phone), 201);
    const { sessions } = assertStatus(await client.get('/api/v1/sessions'), 200);
    const { session_id: id } = sessions.find(({ current }) => !current);
    assertStatus(await client.delete(`/api/v1/sessions/${id}`), 204);
    assertProblem(await other.get('/api/v1/me'), 401, 'http.unauthenticated');
    assertStatus(await client.get('/api/v1/me'), 200);
    assertProblem(await client.delete(`/api/v1/sessions/${id}`), 404, 'session.unknown');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.equal(operations[0].kind, 'session.closed_elsewhere');
  });

  test("somebody else's session cannot be closed or even noticed", async () => {
    const { client } = await registerByCall(world.client());
    const { client: stranger } = await registerByCall(world.client());
    const { sessions } = assertStatus(await client.get('/api/v1/sessions'), 200);
    assertProblem(await stranger.delete(`/api/v1/sessions/${sessions[0].session_id}`), 404, 'session.unknown');
    assertProblem(await stranger.delete('/api/v1/sessions/nonsense'), 404, 'id.unknown');
    assertStatus(await client.get('/api/v1/me'), 200);
  });

  test('sign out here takes the cookie away and kills the token', async () => {
    const { client, phone } = await registerByCall(world.client());
    const kept = client.cookies.get('__Host-session').value;
    assertStatus(await client.delete('/api/v1/sessions/current'), 204);
    assert.equal(client.cookies.has('__Host-session'), false);
    const again = await world.client().get('/api/v1/me', { headers: { cookie: `__Host-session=${kept}` } });
    assertProblem(again, 401, 'http.unauthenticated');
    assertStatus(await signIn(world.client(), phone), 201);
  });
});

describe('changing the password', () => {
  const change = (client, current_password, new_password) => {
    world.secrets.add('password', new_password);
    return client.put('/api/v1/me/password', { current_password, new_password });
  };

  test('closes the other sessions and keeps this one', async () => {
    const { client, phone } = await registerByCall(world.client());
    const other = world.client();
    assertStatus(await signIn(other, phone), 201);
    assertStatus(await change(client, PASSWORD, 'новый длинный пароль'), 204);
    assertStatus(await client.get('/api/v1/me'), 200);
    assertProblem(await other.get('/api/v1/me'), 401, 'http.unauthenticated');
    assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
    assertStatus(await signIn(world.client(), phone, 'новый длинный пароль'), 201);
  });

  test('needs the current one, and a good new one', async () => {
    const { client, phone } = await registerByCall(world.client());
    assertProblem(await change(client, 'не нынешний', 'новый длинный пароль'), 403, 'password.current_wrong');
    assertProblem(await change(client, PASSWORD, 'коротк'), 400, 'password.too_short');
    assertProblem(await change(client, PASSWORD, '12345678'), 400, 'password.common');
    assertStatus(await signIn(world.client(), phone), 201);
  });

  test("one's own number is no password here either", async () => {
    const { client, phone } = await registerByCall(world.client());
    assertProblem(await change(client, PASSWORD, phone.slice(1)), 400, 'password.common');
  });
});

describe('pages of the history', () => {
  test('follow one another without gaps or doubles', async () => {
    const { client, phone } = await registerByCall(world.client());
    for (let i = 0; i < 4; i += 1) assertStatus(await signIn(world.client(), phone), 201);
    const whole = assertStatus(await client.get('/api/v1/operations?limit=100'), 200).operations;
    const pieces = [];
    for (let cursor = ''; cursor !== undefined;) {
      const page = assertStatus(await client.get(`/api/v1/operations?limit=3${cursor && `&cursor=${cursor}`}`), 200);
      pieces.push(...page.operations);
      cursor = page.next_cursor;
    }
    assert.deepEqual(pieces, whole);
  });

  test('nonsense in the query is refused', async () => {
    const { client } = await registerByCall(world.client());
    for (const limit of ['0', '101', 'abc', '1.5', '-1', '', '99999999999999999999']) {
      assertProblem(await client.get(`/api/v1/operations?limit=${limit}`), 400, 'page.limit');
    }
    assertProblem(await client.get('/api/v1/operations?cursor=nonsense'), 400, 'page.cursor');
    for (const query of ['cursor=%00', 'cursor=%zz', 'cursor=%ff']) {
      assertProblem(await client.get(`/api/v1/operations?${query}`), 400, 'http.parameter_malformed');
    }
    assertProblem(await client.get('/api/v1/operations?limit=1&limit=2'), 400, 'http.parameter_doubled');
  });
});

describe('languages', () => {
  test('a problem speaks the language of the query, the cookie, then the browser', async () => {
    const ask = async (path, headers) => {
      const answer = await exchange(world.origin, 'GET', path, { headers });
      return answer.headers['content-language'];
    };
    assert.equal(await ask('/api/v1/me', { 'accept-language': 'en-GB,en;q=0.9' }), 'en');
    assert.equal(await ask('/api/v1/me', { 'accept-language': 'de,ru;q=0.5' }), 'ru');
    assert.equal(await ask('/api/v1/me', { 'accept-language': 'en', cookie: 'lang=ru' }), 'ru');
    assert.equal(await ask('/api/v1/me?lang=en', { 'accept-language': 'ru', cookie: 'lang=ru' }), 'en');
    assert.equal(await ask('/api/v1/me', {}), 'ru');
  });

  test('no such page and no such method are told in words too', async () => {
    assertProblem(await world.client().get('/api/v1/nothing'), 404, 'http.not_found');
    const wrong = await world.client({ language: 'en' }).call('PATCH', '/api/v1/me');
    assertProblem(wrong, 405, 'http.method_not_allowed');
    assert.match(wrong.headers.allow, /GET/);
  });
});
