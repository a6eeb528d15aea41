// Several numbers of one account: adding, replacing, choosing and removing, each proven by codes to the new and
// the old number; and what a stranger's number or proof gets.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Authenticator } from './authenticator.mjs';
import { startWorld, until } from './harness.mjs';
import {
  PASSWORD, answer, assertProblem, assertStatus, codesOf, newPhone, phoneOf, proveNumber, readCode, registerByCall, signIn, solve,
} from './people.mjs';

const NUMBERS = '/api/v1/me/numbers';
let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const list = async (client) => assertStatus(await client.get(NUMBERS), 200).numbers;
const received = (phone) => codesOf(world, phone);

/** Proves any number, as the public pages do. @return registration_token */
async function prove(phone, channel = 'sms') {
  return (await proveNumber(world.client(), phone, channel, (await received(phone)) + 1)).registration_token;
}

/** Proves one of the account's own numbers without typing it. */
async function proveOwn(client, phone, number) {
  const before = await received(phone);
  const challenge = assertStatus(await client.post(`${NUMBERS}/${number.number_id}/challenge`, { channel: 'sms' }), 202);
  const code = await readCode(world, phone, before + 1);
  return assertStatus(await answer(client, challenge, code), 200).registration_token;
}

const add = (client, new_token, own_token) => client.post(NUMBERS, { new_token, own_token });

/** An account with a second number. */
async function withTwo() {
  const { client, phone } = await registerByCall(world.client());
  const [first] = await list(client);
  const second = newPhone(world);
  assertStatus(await add(client, await prove(second), await proveOwn(client, phone, first)), 204);
  return { client, phone, second, numbers: await list(client) };
}

describe('several numbers', () => {
  test('an account begins with one, the primary', async () => {
    const { client, phone } = await registerByCall(world.client());
    const numbers = await list(client);
    assert.deepEqual(numbers.map(({ primary }) => primary), [true]);
    assert.ok(numbers[0].phone_masked.endsWith(phone.slice(-2)));
  });

  test('each number signs in, with the same password, to the same account', async () => {
    const { client, phone, second, numbers } = await withTwo();
    assert.deepEqual(numbers.map(({ primary }) => primary), [true, false]);
    const me = assertStatus(await client.get('/api/v1/me'), 200);
    for (const number of [phone, second]) {
      const opened = assertStatus(await signIn(world.client(), number), 201);
      assert.equal(opened.me.citizen_id, me.citizen_id);
    }
    const { attributes } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
    assert.deepEqual(attributes.map(({ name }) => name), ['phone'], 'other numbers have a page of their own');
  });

  test('another becomes primary: codes go there, and the first may be removed', async () => {
    const { client, phone, second, numbers } = await withTwo();
    const [first, other] = numbers;
    assertProblem(await client.post(`${NUMBERS}/${first.number_id}/removal`,
      { own_token: await proveOwn(client, phone, first) }), 409, 'number.primary_stays');
    const own_token = await proveOwn(client, second, other);
    assertStatus(await client.put(`${NUMBERS}/${other.number_id}/primary`, { own_token }), 204);
    assert.ok(assertStatus(await client.get('/api/v1/me'), 200).phone_masked.endsWith(second.slice(-2)));
    const before = await received(second);
    assertStatus(await client.post('/api/v1/me/deletion/challenge', { channel: 'call' }), 202);
    await readCode(world, second, before + 1);
    // The number that was primary is still readable where it now stands.
    const token = await proveOwn(client, phone, first);
    assertStatus(await client.post(`${NUMBERS}/${first.number_id}/removal`, { own_token: token }), 204);
    assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
    assert.equal((await list(client)).length, 1);
  });

  test('a number is replaced when the new and the old one are both proven', async () => {
    const { client, phone } = await registerByCall(world.client());
    const [old] = await list(client);
    const fresh = newPhone(world);
    const proofs = { new_token: await prove(fresh), own_token: await proveOwn(client, phone, old) };
    assertStatus(await client.put(`${NUMBERS}/${old.number_id}`, proofs), 204);
    assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
    assertStatus(await signIn(world.client(), fresh), 201);
    const numbers = await list(client);
    assert.deepEqual(numbers.map(({ primary }) => primary), [true]);
    const { attributes } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
    assert.deepEqual(attributes.map(({ name, value }) => [name, value]), [['phone', fresh]]);
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.equal(operations.filter(({ kind }) => kind === 'number.replaced').length, 1);
    assert.equal((await proveNumber(world.client(), phone, 'sms', (await received(phone)) + 1)).account, 'new');
  });
});

describe('who hears of it', () => {
  const heard = (phone, words) => until(`an SMS about ${words}`, async () =>
    (await phoneOf(world, phone)).find(({ text }) => words.test(text ?? '')), { within: 8000 });

  test('the number that was replaced and the one in its place', async () => {
    const { client, phone } = await registerByCall(world.client());
    const [old] = await list(client);
    const fresh = newPhone(world);
    const proofs = { new_token: await prove(fresh), own_token: await proveOwn(client, phone, old) };
    assertStatus(await client.put(`${NUMBERS}/${old.number_id}`, proofs), 204);
    const told = await heard(phone, /заменён другим/);
    assert.match(told.text, /больше не открывает ваш кабинет/);
    assert.ok(!told.text.includes(fresh), 'the new number is not told to whoever holds the old one');
    await heard(fresh, /номер в кабинете заменён/);
  });

  test('the number that was primary, and one that was removed', async () => {
    const { client, phone, second, numbers } = await withTwo();
    const [first, other] = numbers;
    await heard(phone, /добавлен ещё один номер/);
    const own_token = await proveOwn(client, second, other);
    assertStatus(await client.put(`${NUMBERS}/${other.number_id}/primary`, { own_token }), 204);
    await heard(phone, /основным стал другой номер/);
    const token = await proveOwn(client, second, other);
    assertStatus(await client.post(`${NUMBERS}/${first.number_id}/removal`, { own_token: token }), 204);
    await heard(phone, /этот номер убран/);
  });
});

describe('while facts about oneself are blocked', () => {
  const BLOCK = '/api/v1/me/blocks/profile';

  /** Refused in words of the person's own language; afterwards the same proofs are good for it. */
  async function refusedThenDone(client, act, status = 204) {
    const before = await list(client);
    assertStatus(await client.put(BLOCK), 204);
    for (const language of ['ru', 'en']) {
      client.language = language;
      const refused = await act();
      assertProblem(refused, 403, 'vault.blocked');
      assert.equal(refused.headers['content-language'], language);
    }
    client.language = 'ru';
    assert.deepEqual(await list(client), before, 'nothing is half done');
    assertStatus(await client.delete(BLOCK), 204);
    assertStatus(await act(), status);
  }

  test('no number is added, replaced or made primary, and no proof is spent', async () => {
    const { client, phone, second, numbers } = await withTwo();
    const [first, other] = numbers;
    const adding = [await prove(newPhone(world)), await proveOwn(client, phone, first)];
    await refusedThenDone(client, () => add(client, ...adding));
    const own_token = await proveOwn(client, second, other);
    await refusedThenDone(client, () => client.put(`${NUMBERS}/${other.number_id}/primary`, { own_token }));
    const fresh = newPhone(world);
    const proofs = { new_token: await prove(fresh), own_token: await proveOwn(client, second, other) };
    await refusedThenDone(client, () => client.put(`${NUMBERS}/${other.number_id}`, proofs));
    for (const number of [phone, fresh]) assertStatus(await signIn(world.client(), number), 201);
    const { operations } = assertStatus(await client.get('/api/v1/operations?limit=100'), 200);
    const acts = operations.map(({ kind }) => kind).filter((kind) => kind.startsWith('number.')).reverse();
    assert.deepEqual(acts, ['number.added', 'number.added', 'number.primary', 'number.replaced']);
  });

  test('a lost number is not promised another, and its holder hears nothing', async () => {
    const { client, phone } = await registerByCall(world.client());
    const key = new Authenticator({ alg: -7, origin: world.publicUrl, rpId: 'localhost' });
    const credential = key.create(assertStatus(await client.post('/api/v1/me/passkeys/options'), 200));
    assertStatus(await client.post('/api/v1/me/passkeys', { name: 'Ключ', credential }), 201);
    const other = world.client();
    const options = assertStatus(await other.post('/api/v1/sessions/passkey/options'), 200);
    assertStatus(await other.post('/api/v1/sessions/passkey', { credential: key.get(options) }), 201);
    const [lost] = await list(other);
    const json = { new_token: await prove(newPhone(world)) };
    const heard = async () => (await phoneOf(world, phone)).some(({ text }) => /замен/.test(text ?? ''));
    const losing = () => other.post(`${NUMBERS}/${lost.number_id}/loss`, json);
    assertStatus(await other.put(BLOCK), 204);
    assertProblem(await losing(), 403, 'vault.blocked');
    assert.equal(assertStatus(await other.get(NUMBERS), 200).pending, undefined);
    assert.equal(await heard(), false);
    assertStatus(await other.delete(BLOCK), 204);
    assertStatus(await losing(), 202);
    await until('the holder to hear', heard, { within: 8000 });
  });

  test('a number is taken out of the account all the same: nothing is kept that its owner wants gone', async () => {
    const { client, phone, second, numbers } = await withTwo();
    assertStatus(await client.put(BLOCK), 204);
    const own_token = await proveOwn(client, phone, numbers[0]);
    assertStatus(await client.post(`${NUMBERS}/${numbers[1].number_id}/removal`, { own_token }), 204);
    assertProblem(await signIn(world.client(), second), 401, 'sign_in.refused');
    assert.equal((await list(client)).length, 1);
  });
});

describe('a source that has to work for its codes', () => {
  let busy;
  before(async () => {
    busy = await startWorld({ changes: { server: { rate_scale: 0 }, budgets: { per_network_hour: 8, work_bits_first: 8, work_bits_max: 10 } } });
  });
  after(() => busy.stop());

  test('works for a code to its own number and for the call that deletes', async () => {
    const { client } = await registerByCall(busy.client());
    client.cookies.delete('__Host-device'); // a browser that is recognised for the number does not work
    for (let i = 0; i < 3; i += 1) assertStatus(await client.post('/api/v1/challenges', { phone: newPhone(busy), channel: 'sms' }), 202);
    const [{ number_id }] = assertStatus(await client.get(NUMBERS), 200).numbers;
    for (const [path, channel] of [[`${NUMBERS}/${number_id}/challenge`, 'sms'], ['/api/v1/me/deletion/challenge', 'call']]) {
      assertProblem(await client.post(path, { channel }), 403, 'challenge.work_needed');
      const work = assertStatus(await client.post(`${path}/work`), 200);
      const proof = { work_puzzle: work.puzzle, work_nonce: solve(work) };
      assertStatus(await client.post(path, { channel, work_puzzle: work.puzzle }), 400);
      assertStatus(await client.post(path, { channel, ...proof }), 202);
      assertProblem(await client.post(path, { channel, ...proof }), 403, 'challenge.work_needed');
    }
    assertProblem(await busy.client().post(`${NUMBERS}/${number_id}/challenge/work`), 401, 'http.unauthenticated');
  });
});

describe('what does not change a number', () => {
  test('a proof used twice, one that is none, one left out', async () => {
    const { client, phone } = await registerByCall(world.client());
    const [own] = await list(client);
    const own_token = await proveOwn(client, phone, own);
    const new_token = await prove(newPhone(world));
    assertProblem(await add(client, 'x'.repeat(43), own_token), 404, 'registration.unknown');
    assertProblem(await add(client, new_token, 'x'.repeat(43)), 404, 'registration.unknown');
    assertStatus(await client.post(NUMBERS, { new_token }), 400);
    assertStatus(await client.post(NUMBERS, { new_token, own_token, primary: true }), 400);
    assertStatus(await client.post(NUMBERS, { new_token: 'x'.repeat(65), own_token }), 400);
    assertStatus(await add(client, new_token, own_token), 204);
    assertProblem(await add(client, new_token, own_token), 404, 'registration.unknown');
  });

  test("somebody else's number as the account's own", async () => {
    const { client } = await registerByCall(world.client());
    const stranger = newPhone(world);
    const proofs = [await prove(newPhone(world)), await prove(stranger)];
    assertProblem(await add(client, ...proofs), 403, 'number.proof_foreign');
    assert.equal((await list(client)).length, 1);
  });

  test('another number of the account than the one that goes', async () => {
    const { client, second, numbers } = await withTwo();
    const [first, other] = numbers;
    const proofs = { new_token: await prove(newPhone(world)), own_token: await proveOwn(client, second, other) };
    assertProblem(await client.put(`${NUMBERS}/${first.number_id}`, proofs), 403, 'number.proof_foreign');
  });

  test("a number of another account: told only to who holds it", async () => {
    const owner = await registerByCall(world.client());
    const { client, phone } = await registerByCall(world.client());
    const [own] = await list(client);
    const stranger = newPhone(world);
    const probe = async (number) => {
      const response = await world.client().post('/api/v1/challenges', { phone: number, channel: 'sms' });
      return [response.status, Object.keys(response.json).sort().join()];
    };
    assert.deepEqual(await probe(owner.phone), await probe(stranger), 'asking tells nothing');
    await readCode(world, owner.phone, 2); // the code of the probe, after that of the registration
    const proofs = [await prove(owner.phone), await proveOwn(client, phone, own)];
    assertProblem(await add(client, ...proofs), 409, 'number.taken');
    assertStatus(await signIn(world.client(), owner.phone), 201);
  });

  test('numbers of others, of nobody, and without a session', async () => {
    const { client } = await registerByCall(world.client());
    const other = await registerByCall(world.client());
    const [foreign] = await list(other.client);
    for (const id of [foreign.number_id, '018f0000-0000-7000-8000-000000000000', 'change-me']) {
      assertStatus(await client.post(`${NUMBERS}/${id}/challenge`, { channel: 'sms' }), 404);
    }
    assertProblem(await world.client().get(NUMBERS), 401, 'http.unauthenticated');
    assertProblem(await client.delete(`${NUMBERS}/change`), 404, 'number.no_change');
  });

  test('one number added to two accounts at once: exactly one gets it', async () => {
    const number = newPhone(world);
    const accounts = await Promise.all([1, 2].map(async () => {
      const { client, phone } = await registerByCall(world.client());
      const [own] = await list(client);
      return { client, own_token: await proveOwn(client, phone, own) };
    }));
    const tokens = [await prove(number), await prove(number)];
    const answers = await Promise.all(accounts.map(({ client, own_token }, i) => add(client, tokens[i], own_token)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409], answers.map(({ text }) => text).join());
    const opened = assertStatus(await signIn(world.client(), number, PASSWORD), 201);
    const winner = accounts[answers.findIndex(({ status }) => status === 204)];
    assert.equal(opened.me.citizen_id, assertStatus(await winner.client.get('/api/v1/me'), 200).citizen_id);
  });

  test('one proof spent twice at once: exactly one addition', async () => {
    const { client, phone } = await registerByCall(world.client());
    const [own] = await list(client);
    const own_token = await proveOwn(client, phone, own);
    const tokens = [await prove(newPhone(world)), await prove(newPhone(world))];
    const answers = await Promise.all(tokens.map((token) => add(client, token, own_token)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 404]);
    assert.equal((await list(client)).length, 2);
  });
});
