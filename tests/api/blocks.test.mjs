// Blocking by the owner: one kind of data at a time, at once, without a request; what stops and what goes on.
// Blocks that follow from an officer's answer are in requests.test.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { allowRegistries, assertProblem, assertStatus, raise, registerByCall } from './people.mjs';

const BLOCKS = '/api/v1/me/blocks';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const blocksOf = async (client) => assertStatus(await client.get(BLOCKS), 200).blocks;

/** The passport's card once the registry's part is over. */
const passportOf = (client, state) => until(`a passport ${state}`, async () => {
  const { documents } = assertStatus(await client.get('/api/v1/documents'), 200);
  const found = documents.find(({ kind }) => kind === 'passport');
  return found.state === state && found;
}, { within: 8000 });

const operationsOf = async (client, kind) =>
  assertStatus(await client.get('/api/v1/operations'), 200).operations.filter((one) => one.kind === kind).length;

describe('a block by the owner', () => {
  test('is put on and lifted by the owner alone, one kind of data at a time', async () => {
    const { client } = await registerByCall(world.client());
    await raise(client, { person: '2' });
    await allowRegistries(client);
    for (const again of [1, 2]) {
      assertStatus(await client.put(`${BLOCKS}/documents`, undefined), 204);
      const blocks = await blocksOf(client);
      assert.deepEqual(blocks.map(({ category, reason, request_id }) => [category, reason, request_id]),
        [['documents', 'asked', undefined]], `time ${again}`);
    }
    // The registry is not asked for what could not be kept; the other kind of data goes on.
    assertStatus(await client.post('/api/v1/documents', { kinds: ['passport'] }), 202);
    assert.equal((await passportOf(client, 'unavailable')).problem, 'vault.blocked');
    const name = '/api/v1/me/attributes/preferred_name';
    assertStatus(await client.put(name, { value: 'Прозвище' }), 204);
    assertStatus(await client.put(`${BLOCKS}/profile`, undefined), 204);
    assertProblem(await client.put(name, { value: 'Другое' }), 403, 'vault.blocked');
    assert.match((await client.get('/api/v1/me/attributes')).text, /Прозвище/, 'the owner sees what is kept');
    assert.equal(await operationsOf(client, 'account.data_blocked'), 2, 'once each, not once a try');

    for (const category of ['profile', 'documents']) assertStatus(await client.delete(`${BLOCKS}/${category}`), 204);
    assert.deepEqual(await blocksOf(client), []);
    assert.equal(await operationsOf(client, 'account.data_unblocked'), 2);
    assertStatus(await client.put(name, { value: 'Другое' }), 204);
    assertStatus(await client.post('/api/v1/documents/passport/refresh'), 202);
    await passportOf(client, 'ready');
  });

  test('is of two kinds of data only, and nobody else puts it on', async () => {
    const { client } = await registerByCall(world.client());
    for (const category of ['requests', 'authenticators', 'x', '%D0%BF']) {
      assertProblem(await client.put(`${BLOCKS}/${category}`, undefined), 400, 'vault.not_blockable');
    }
    assertProblem(await client.put(`${BLOCKS}/profile`, undefined, { csrf: false }), 403, 'http.csrf');
    assertProblem(await world.client().put(`${BLOCKS}/profile`, undefined), 401, 'http.unauthenticated');
    assert.deepEqual(await blocksOf(client), []);
  });
});
