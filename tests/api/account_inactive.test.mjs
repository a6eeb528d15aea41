// Accounts that nobody opens, with terms of seconds: warned, closed, erased; and kept by one sign-in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startWorld, until } from './harness.mjs';
import { assertProblem, assertStatus, phoneOf, registerByCall, signIn } from './people.mjs';

const TERMS = { inactive_after_s: 10, inactive_warning_s: 7, deletion_term_s: 3 };
let world;
before(async () => { world = await startWorld({ changes: { account: TERMS } }); });
after(() => world.stop());

const heard = (phone, words, within = 20_000) => until(`an SMS about ${words}`, async () =>
  (await phoneOf(world, phone)).find(({ text }) => words.test(text ?? '')), { within, every: 100 });

const dryRun = async (...more) => {
  const done = await world.run('account', 'inactive', '--config', world.configFile, ...more);
  assert.equal(done.code, 0, done.output);
  return done.output;
};

test('is warned, closed, and erased with a receipt; its number is free again', async () => {
  const { client, phone } = await registerByCall(world.client());
  assertStatus(await client.delete('/api/v1/sessions/current'), 204);
  await heard(phone, /вы давно не входили\. \d\d\.\d\d\.\d{4}/);
  assert.match(await dryRun(), /warned already: {2}[1-9]/);
  await heard(phone, /кабинет закрывается/);
  const farewell = await heard(phone, /кабинет удалён/);
  const [receipt] = /[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/.exec(farewell.text);
  world.secrets.add('receipt', receipt);
  assert.equal(assertStatus(await world.client().post('/api/v1/deletion-receipts', { receipt }), 200).state, 'erased');
  assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
});

test('one that is opened stays, also when it was warned', async () => {
  const { client, phone } = await registerByCall(world.client());
  assertStatus(await client.delete('/api/v1/sessions/current'), 204);
  await heard(phone, /вы давно не входили/);
  let last;
  for (let i = 0; i < 7; i += 1) {
    last = world.client();
    assertStatus(await signIn(last, phone), 201);
    await pause(2000);
  }
  assert.equal(assertStatus(await last.get('/api/v1/me'), 200).closing, undefined);
  const { operations } = assertStatus(await last.get('/api/v1/operations'), 200);
  const kinds = operations.map(({ kind }) => kind);
  assert.ok(kinds.includes('account.inactivity_warned') && !kinds.includes('account.closed_inactive'));
});

test('within the term of the closing it can still be kept', async () => {
  const { client, phone } = await registerByCall(world.client());
  assertStatus(await client.delete('/api/v1/sessions/current'), 204);
  await heard(phone, /кабинет закрывается/);
  const back = world.client();
  const { me } = assertStatus(await signIn(back, phone), 201);
  assert.equal(me.closing, true);
  assertStatus(await back.delete('/api/v1/me/deletion'), 204);
  assertStatus(await back.get('/api/v1/documents'), 200);
});

test('the dry run tells the term, or that there is none', async () => {
  assert.match(await dryRun('--set', 'account.inactive_after_s=94608000'), /1095 days[^]*to be warned: {4}0/);
  assert.match(await dryRun('--set', 'account.inactive_after_s=0'), /never close/);
});
