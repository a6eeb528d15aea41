// Proving oneself again inside a session: what it changes, and what a stolen session does not get.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import { PASSWORD, assertProblem, assertStatus, registerByCall, signIn } from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const again = (client, body) => client.post('/api/v1/sessions/current/reauthentication', body);
const current = async (client) =>
  assertStatus(await client.get('/api/v1/sessions'), 200).sessions.find((session) => session.current);

describe('proving oneself again', () => {
  test('a session says how its owner came in, and keeps it when the password is added', async () => {
    const { client } = await registerByCall(world.client());
    const before = await current(client);
    assert.deepEqual([before.signed_in_by, before.amr, before.aal], ['registration', ['tel'], 1]);
    const proof = assertStatus(await again(client, { password: PASSWORD }), 200);
    assert.deepEqual([proof.amr, proof.aal], [['pwd', 'tel'], 1]);
    const after = await current(client);
    assert.deepEqual([after.amr, after.authenticated_at], [proof.amr, proof.authenticated_at]);
  });

  test('five wrong passwords close that session and leave the others', async () => {
    const { client, phone } = await registerByCall(world.client());
    const other = world.client();
    assertStatus(await signIn(other, phone), 201);
    for (let left = 4; left > 0; left -= 1) {
      const problem = assertProblem(await again(client, { password: 'мимо мимо' }), 403, 'reauthentication.password_wrong');
      assert.equal(problem.attempts_left, left);
    }
    assertProblem(await again(client, { password: 'мимо мимо' }), 401, 'session.closed_by_failures');
    assertProblem(await again(client, { password: PASSWORD }), 401, 'http.unauthenticated');
    assertStatus(await other.get('/api/v1/me'), 200);
  });

  test('nobody proves anything without a session or without its CSRF token', async () => {
    assertProblem(await again(world.client(), { password: PASSWORD }), 401, 'http.unauthenticated');
    const { client } = await registerByCall(world.client());
    client.csrf = 'AAAA';
    assert.equal((await again(client, { password: PASSWORD })).status, 403);
  });

  test('a body with anything missing, added or of another type is refused', async () => {
    const { client } = await registerByCall(world.client());
    for (const body of [{}, { password: 1 }, { password: null }, { password: PASSWORD, aal: 2 }, { aal: 2 }, []]) {
      assert.equal((await again(client, body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await current(client)).aal, 1);
  });
});
