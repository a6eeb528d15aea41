// Editions that are announced, come into force and bind, with a second edition of the agreement in a folder of the
// test's own: the list, what changed, accepting in advance and at the door, and what stays open without accepting.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startWorld } from './harness.mjs';
import { assertProblem, assertStatus, registerByCall, signIn } from './people.mjs';
import { DAY, copyEditions, writeEdition as writeEditionIn } from './second_edition.mjs';

let world;
let folder;
before(async () => {
  world = await startWorld({
    server: false,
    changes: ({ folder: home }) => {
      folder = copyEditions(home);
      return { installation: { editions_dir: folder } };
    },
  });
  await world.startServer();
});
after(() => world.stop());

const writeEdition = (edition) => writeEditionIn(folder, edition);
const removeEdition = (number) => ['ru', 'en'].forEach((language) =>
  rmSync(join(folder, 'agreement', `${number}.${language}.md`), { force: true }));
const restart = async () => {
  await world.stopServer();
  await world.startServer();
};
const longer = (text, language) => (language === 'en'
  ? text.replace('You pay your own provider for the internet and the phone.', 'You pay your own provider for the internet, the phone and the SMS.')
    .replace('# 9. When', 'A paragraph that was not there before.\n\n# 9. When')
  : text.replace('# 9.', 'Пункт, которого раньше не было.\n\n# 9.'));
const shown = async (client, number) => {
  const { sha256, language } = assertStatus(await client.get(`/api/v1/editions/agreement/${number}?lang=en`), 200);
  return { number, language, sha256 };
};
const own = async (client) => assertStatus(await client.get('/api/v1/me/editions?lang=en'), 200);

test('lists every document with its editions and shows none before it is published', async () => {
  writeEdition({ published: Date.now() + DAY, inForce: Date.now() + 20 * DAY });
  await restart();
  const client = world.client();
  const { documents } = assertStatus(await client.get('/api/v1/editions?lang=en'), 200);
  assert.deepEqual(documents.map(({ kind }) => kind).slice(0, 4), ['agreement', 'consent', 'policy', 'registry-permission']);
  for (const { editions } of documents) {
    assert.deepEqual(editions.map(({ number, state }) => [number, state]), [[1, 'in_force']]);
  }
  assertProblem(await client.get('/api/v1/editions/agreement/2'), 404, 'edition.unknown');
  assertProblem(await client.get('/api/v1/editions/agreement/2/changes'), 404, 'edition.unknown');
  assert.deepEqual(assertStatus(await client.get('/api/v1/editions/agreement/1/changes'), 200).changes, []);
  assertProblem(await client.get('/api/v1/editions/poem/1/changes'), 404, 'edition.unknown');
});

test('announces, tells what changes, takes an acceptance in advance, then binds whoever gave none', async () => {
  const binds = Date.now() + 14_000;
  writeEdition({ published: Date.now() - 15 * DAY, inForce: binds, change: longer });
  await restart();
  const early = await registerByCall(world.client());
  const late = await registerByCall(world.client());

  const { documents } = assertStatus(await world.client().get('/api/v1/editions?lang=en'), 200);
  assert.deepEqual(documents[0].editions.map(({ number, state }) => [number, state]), [[2, 'announced'], [1, 'in_force']]);
  const changes = assertStatus(await world.client().get('/api/v1/editions/agreement/2/changes?lang=en'), 200);
  assert.equal(changes.previous_number, 1);
  assert.equal(changes.edition.summary, 'Summary 2');
  assert.deepEqual(changes.changes.map(({ act, section }) => [act, section]),
    [['changed', '2. What it is about'], ['added', '8. Messages']]);
  assert.match(changes.changes[0].after, /the phone and the SMS/);

  const waiting = await own(early.client);
  assert.deepEqual(waiting.waiting.map(({ number, binds: isDue }) => [number, isDue]), [[2, false]]);
  assert.deepEqual(waiting.accepted.map(({ kind, number, how }) => [kind, number, how]), [['agreement', 1, 'registration']]);
  const seen = await shown(early.client, 2);
  assertProblem(await early.client.post('/api/v1/me/editions/agreement', { ...seen, sha256: 'a'.repeat(64) }), 400, 'edition.mismatch');
  assertProblem(await early.client.post('/api/v1/me/editions/policy', { ...seen, number: 1 }), 400, 'edition.nothing_to_accept');
  const accepted = assertStatus(await early.client.post('/api/v1/me/editions/agreement', seen), 201);
  assert.deepEqual([accepted.how, accepted.number, accepted.language, accepted.sha256], ['use', 2, 'en', seen.sha256]);
  assertProblem(await early.client.post('/api/v1/me/editions/agreement', seen), 409, 'edition.already_accepted');
  assert.deepEqual((await own(early.client)).waiting, []);
  assertStatus(await late.client.get('/api/v1/documents'), 200);

  await pause(binds - Date.now() + 500);
  assertStatus(await early.client.get('/api/v1/documents'), 200);
  for (const path of ['/api/v1/documents', '/api/v1/digital-id', '/api/v1/connections', '/api/v1/me/attributes', '/api/v1/me/numbers']) {
    assertProblem(await late.client.get(path), 403, 'edition.not_accepted');
  }
  for (const path of ['/api/v1/me', '/api/v1/me/deletion', '/api/v1/my-data', '/api/v1/subject-requests', '/api/v1/consents',
    '/api/v1/log/entries', '/api/v1/operations', '/api/v1/sessions', '/api/v1/me/editions']) {
    assertStatus(await late.client.get(path), 200);
  }
  assertStatus(await late.client.post('/api/v1/subject-requests', { kind: 'information' }), 201);
  // The same at the next sign-in, until it is accepted; then all of it is open at once, in every session.
  const again = world.client();
  assertStatus(await signIn(again, late.phone), 201);
  assertProblem(await again.get('/api/v1/documents'), 403, 'edition.not_accepted');
  assert.equal((await own(again)).waiting[0].binds, true);
  assertProblem(await again.post('/api/v1/me/editions/agreement', await shown(again, 1)), 409, 'edition.superseded');
  const atDoor = assertStatus(await again.post('/api/v1/me/editions/agreement', await shown(again, 2)), 201);
  assert.equal(atDoor.how, 'sign_in');
  assertStatus(await again.get('/api/v1/documents'), 200);
  assertStatus(await late.client.get('/api/v1/documents'), 200);
  const { operations } = assertStatus(await again.get('/api/v1/operations'), 200);
  assert.ok(operations.some(({ kind, subject }) => kind === 'agreement.accepted' && subject === 'agreement/2'));
  // Whoever registers now accepts the second at once and is asked nothing.
  const fresh = await registerByCall(world.client());
  assertStatus(await fresh.client.get('/api/v1/documents'), 200);
  assert.deepEqual((await own(fresh.client)).waiting, []);
});

test('says what is wrong with editions before it starts', async () => {
  const check = async () => world.run('config', 'check', '--config', world.configFile);
  const refused = async (reason, words) => {
    const done = await check();
    assert.equal(done.code, 1, done.output);
    assert.match(done.output, new RegExp(reason.replace('.', '\\.')));
    assert.match(done.output, words);
    removeEdition(3);
  };
  assert.equal((await check()).code, 0);
  const now = Date.now();
  writeEdition({ number: 3, published: now - 14 * DAY, inForce: now - 3 * DAY });
  await refused('editions.clash', /agreement\/3.*comes into force no later than edition 2/);
  writeEdition({ number: 3, published: now - 16 * DAY, inForce: now + 30 * DAY });
  await refused('editions.clash', /agreement\/3.*is published before edition 2/);
  writeEdition({ number: 3, published: now + 40 * DAY, inForce: now + 30 * DAY });
  await refused('editions.early', /agreement\/3/);
  writeEdition({ number: 3, published: now, inForce: now + 9 * DAY });
  await refused('editions.notice_short', /less than 10 days/);
  writeEdition({ number: 3, published: now, inForce: now + 30 * DAY, languages: ['ru'] });
  await refused('editions.untranslated', /agreement\/3\.en/);
  writeEdition({ number: 4, published: now, inForce: now + 30 * DAY });
  const gap = await check();
  assert.match(gap.output, /editions\.gap.*there is no edition 3/);
  const started = await world.run('serve', '--config', world.configFile, '--set', 'server.port=0', '--set', 'server.admin_port=0');
  assert.equal(started.code, 1);
  assert.match(started.output, /editions\.gap/);
  removeEdition(4);
});
