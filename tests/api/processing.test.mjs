// The register of processing: published as it is, held against the code at every start; and the country of the
// storage: a server of another country does not start on it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startWorld, until } from './harness.mjs';
import { addParty } from './parties.mjs';
import { assertStatus } from './people.mjs';

const SHIPPED = readFileSync(fileURLToPath(new URL('../../processing/register.toml', import.meta.url)), 'utf8');
let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const withRegister = (text) => {
  const file = join(world.folder, 'register.toml');
  writeFileSync(file, text);
  return ['--set', `installation.processing_file=${file}`];
};
const without = (purpose) => SHIPPED.split('[[purposes]]').filter((part) => !part.includes(`name = "${purpose}"`))
  .join('[[purposes]]');

test('is published with every purpose, its basis, term and place', async () => {
  const processing = assertStatus(await world.client().get('/api/v1/processing'), 200);
  assert.equal(processing.country, 'ru');
  assert.equal(processing.policy_number, 1);
  const names = processing.purposes.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ['show_to_citizen', 'fetch_documents', 'issue_digital_id']);
  const known = (list) => new Set(list.map(({ name }) => name));
  const [sources, recipients, terms, categories] = ['sources', 'recipients', 'terms', 'categories']
    .map((part) => known(processing[part]));
  for (const purpose of processing.purposes) {
    assert.ok(purpose.title.ru && purpose.title.en && purpose.text.ru && purpose.text.en, purpose.name);
    assert.ok(purpose.operations.length > 0 && purpose.bases.every(({ norm }) => norm), purpose.name);
    assert.ok(purpose.bases.every((one) => /^[\w .,;:()-]+$/.test(one.norm_in.en)), `norms of ${purpose.name} in English`);
    assert.equal(purpose.place, 'ru');
    assert.ok(terms.has(purpose.term));
    assert.ok(purpose.sources.length > 0 && purpose.sources.every((name) => sources.has(name)));
    assert.ok(purpose.recipients.every((name) => recipients.has(name)));
    assert.ok(purpose.categories.every((name) => categories.has(name)));
  }
  assert.equal(processing.terms.find(({ name }) => name === 'agreements').days, 1095);
});

test('lists live relying parties by name, and no disabled ones', async () => {
  const parties = async () => assertStatus(await world.client().get('/api/v1/processing'), 200)
    .recipients.find(({ name }) => name === 'relying_parties').parties;
  assert.deepEqual(await parties(), []);
  const { client_id: id } = await addParty(world, {});
  await until('the party is listed', async () => (await parties()).length === 1);
  assert.deepEqual(await parties(), [{ en: 'Clinic', ru: 'Поликлиника' }]);
  const disabled = await world.run('relying-party', 'disable', id, '--config', world.configFile);
  assert.equal(disabled.code, 0, disabled.output);
  await until('the party is gone', async () => (await parties()).length === 0);
});

test('without a purpose of the code: neither the check nor a start passes, and both name it', async () => {
  const args = withRegister(without('notify_citizen'));
  for (const command of [['config', 'check'], ['serve']]) {
    const done = await world.run(...command, '--config', world.configFile, ...args);
    assert.equal(done.code, 1, done.output);
    assert.match(done.output, /the purpose "notify_citizen" of the code is not in the register/);
    assert.match(done.output, /register\.toml/);
  }
});

test('with a purpose the code does not know: refused with file and line', async () => {
  const args = withRegister(SHIPPED.replaceAll('"notify_citizen"', '"advertise"'));
  const done = await world.run('config', 'check', '--config', world.configFile, ...args);
  assert.equal(done.code, 1);
  assert.match(done.output, /register\.toml:\d+:\d+.*the code has no purpose "advertise"/);
});

test('config check says that register and code agree', async () => {
  const done = await world.run('config', 'check', '--config', world.configFile);
  assert.equal(done.code, 0, done.output);
  assert.match(done.output, /register\.toml: \d+ purposes, \d+ categories, as in the code/);
  const shown = await world.run('config', 'check', '--show', '--config', world.configFile);
  assert.match(shown.output, /# {3}notify_citizen: profile; account\.contract; kept moment; in ru/);
});

test('storage of one country is refused by a server, and a migration, of another', async () => {
  const kz = ['--set', 'installation.jurisdiction=kz', '--set', 'server.port=0', '--set', 'server.admin_port=0'];
  for (const command of ['serve', 'migrate']) {
    const done = await world.run(command, '--config', world.configFile, ...kz);
    assert.equal(done.code, 1, done.output);
    assert.match(done.output, /store\.place_differs/);
    assert.match(done.output, /tagged \\?"ru\\?" and the server is set up for \\?"kz\\?"/);
  }
});

test('storage made before there were tags is tagged at the next start, with a line in the log', async () => {
  await world.stopServer();
  const { data_url: data, keys_url: keys } = world.databases.settings;
  for (const url of [data, keys]) world.databases.change('DELETE FROM storage_place', url);
  await world.startServer();
  for (const name of ['data', 'keys']) {
    assert.match(world.server.output, new RegExp(`"event":"store.tagged","database":"${name}","country":"ru"`));
  }
});
