// Copies of the databases by the command line while people use the server, and what they are good for: everything
// comes back, what does not belong together is refused, and nobody who was erased comes back with it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import { assertStatus, newPhone, registerByCall, signIn } from './people.mjs';

let world;
let person;
before(async () => {
  world = await startWorld();
  person = await registerByCall(world.client());
});
after(() => world.stop());

let folders = 0;
function newFolder() {
  folders += 1;
  return join(world.folder, `copies-${folders}`);
}

async function backUp(folder, ...more) {
  const done = await world.run('backup', '--config', world.configFile, '--to', folder, ...more);
  assert.equal(done.code, 0, done.output);
  const manifest = (part) => {
    const line = new RegExp(`^${part}: (.*)$`, 'm').exec(done.output);
    return line?.[1];
  };
  return { data: manifest('data'), keys: manifest('keys'), output: done.output };
}

/** Two databases that hold nothing yet. @return {data, keys} their addresses, and the settings that say so */
function elsewhere() {
  folders += 1;
  const { data_url: data, keys_url: keys } = world.databases.named(`data-${folders}`, `keys-${folders}`);
  return { data, keys, settings: ['--set', `store.data_url=${data}`, '--set', `store.keys_url=${keys}`] };
}

const restore = (place, ...more) => world.run('restore', '--config', world.configFile, ...place.settings, ...more);

describe('a copy', () => {
  test('is made beside the running server, for its owner only, and says what it is', async () => {
    const folder = newFolder();
    const { data, keys } = await backUp(folder);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
    const [one, other] = [data, keys].map((path) => JSON.parse(readFileSync(path, 'utf8')));
    assert.deepEqual([one.format, one.database, one.engine, other.database], ['beresta-backup-1', 'data', world.databases.engine, 'keys']);
    assert.equal(one.sha256, execFileSync('sha256sum', [join(folder, one.file)], { encoding: 'utf8' }).split(' ')[0]);
    assert.deepEqual(world.secrets.findIn(readFileSync(data, 'utf8') + readFileSync(keys, 'utf8')), []);
    assert.equal((await world.admin('/readyz')).status, 200);
  });

  test('of both databases brings everybody back, with what they did until then', async () => {
    const folder = newFolder();
    const { data, keys } = await backUp(folder);
    const later = await registerByCall(world.client());
    const place = elsewhere();
    const done = await restore(place, '--data', data, '--keys', keys);
    assert.equal(done.code, 0, done.output);
    assert.match(done.output, /^data: as of \d{4}-/m);
    assert.match(done.output, /^(1 person has|\d+ people have) data here$/m);
    const { configFile } = world;
    await world.stopServer('SIGTERM');
    const signed = join(world.folder, 'issuer', 'log-signed.checkpoint');
    try {
      // The log of the copy is shorter than what was signed since, which is another test's business.
      renameSync(signed, `${signed}.now`);
      world.configFile = join(world.folder, 'moved.toml');
      const moved = readFileSync(configFile, 'utf8').replace(/^(data|keys)_url = .*$/gm,
        (_line, part) => `${part}_url = ${JSON.stringify(place[part])}`);
      writeFileSync(world.configFile, moved, { mode: 0o600 });
      await world.startServer();
      assertStatus(await signIn(world.client(), person.phone), 201);
      assert.equal((await signIn(world.client(), later.phone)).status, 401);
    } finally {
      if (world.server) await world.stopServer('SIGTERM');
      renameSync(`${signed}.now`, signed);
      world.configFile = configFile;
      await world.startServer();
    }
  });

  test('of the keys does not outlive the term for destruction', async () => {
    const folder = newFolder();
    await backUp(folder);
    const aged = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const long_ago = new Date(Date.now() - 31 * 86_400_000).toISOString().replace(/\.\d+Z/, 'Z');
    for (const name of aged) {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), taken_at: long_ago }));
    }
    await new Promise((resolve) => { setTimeout(resolve, 1100); });
    const { output } = await backUp(folder);
    const left = readdirSync(folder);
    assert.equal(left.filter((name) => name.startsWith('data-')).length, 4, 'data may be kept');
    assert.equal(left.filter((name) => name.startsWith('keys-')).length, 2, `${left}`);
    assert.match(output, /^removed, older than 30 days: keys-.*\.json$/m);
    const tooLong = await world.run('backup', '--config', world.configFile, '--to', folder, '--keep-keys-days', '31');
    assert.equal(tooLong.code, 2, tooLong.output);
    assert.match(tooLong.output, /30 days at most/);
  });
});

describe('what does not fit', () => {
  let folder;
  let copies;
  before(async () => {
    folder = newFolder();
    copies = await backUp(folder);
  });

  /** Copies whose manifest, or whose copy, was changed. */
  function altered(part, change) {
    const place = newFolder();
    mkdirSync(place);
    const manifest = JSON.parse(readFileSync(copies[part], 'utf8'));
    copyFileSync(join(folder, manifest.file), join(place, manifest.file));
    const path = join(place, 'manifest.json');
    const text = change(manifest, join(place, manifest.file));
    writeFileSync(path, text ?? JSON.stringify(manifest));
    return path;
  }
  const cases = {
    'one byte flipped': ['data', (_manifest, file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] ^= 1;
      writeFileSync(file, bytes);
    }, /damaged or another one \(backup\.damaged/],
    'cut short': ['keys', (_manifest, file) => writeFileSync(file, readFileSync(file).subarray(0, 5000)), /backup\.damaged/],
    'the copy gone': ['data', (_manifest, file) => rmSync(file), /backup\.file_missing/],
    'another root key': ['keys', (manifest) => { manifest.root_key_id = '00'.repeat(8); }, /another root key/],
    'another country': ['data', (manifest) => { manifest.jurisdiction = 'kz'; }, /jurisdiction kz/],
    'another engine': ['data', (manifest) => { manifest.engine = manifest.engine === 'sqlite' ? 'postgresql' : 'sqlite'; }, /backup\.other_engine/],
    'a newer program': ['data', (manifest) => { manifest.schema_version = 9999; }, /store\.too_new/],
    'a way out of the folder': ['data', (manifest) => { manifest.file = '../main.db'; }, /backup\.manifest_malformed/],
    'no manifest': ['data', () => 'sqlite', /backup\.manifest_malformed/],
  };
  for (const [name, [part, change, words]] of Object.entries(cases)) {
    test(`${name}: is refused, and nothing is filled`, async () => {
      const place = elsewhere();
      const done = await restore(place, `--${part}`, altered(part, change));
      assert.equal(done.code, 1, done.output);
      assert.match(done.output, words);
      for (const part of ['data', 'keys']) assert.ok(world.databases.isEmpty(place[part]), part);
    });
  }

  test('the keys where the data belong', async () => {
    const done = await restore(elsewhere(), '--data', copies.keys);
    assert.equal(done.code, 1);
    assert.match(done.output, /a copy of the other database/);
  });

  test('a database that holds something', async () => {
    const done = await world.run('restore', '--config', world.configFile, '--data', copies.data);
    assert.equal(done.code, 1);
    assert.match(done.output, /holds something already/);
    assertStatus(await signIn(world.client(), person.phone), 201);
  });

  test('data without keys: says that the key database is missing, and keeps what was filled', async () => {
    const place = elsewhere();
    const done = await restore(place, '--data', copies.data);
    assert.equal(done.code, 1);
    assert.match(done.output, /^data: as of /m);
    assert.match(done.output, /no such database, or nothing in it.*store\.missing.*(keys-\d+\.db|"data_key")/);
    const again = await restore(place, '--keys', copies.keys);
    assert.equal(again.code, 0, again.output);
  });

  test('data beside keys of other people', async () => {
    const place = elsewhere();
    assert.equal((await restore(place, '--data', copies.data, '--keys', copies.keys)).code, 0);
    world.databases.empty(place.data);
    world.databases.change(`UPDATE data_key SET citizen_id = ${world.databases.randomBytes()}`, place.keys);
    const done = await restore(place, '--data', copies.data);
    assert.equal(done.code, 1);
    assert.match(done.output, /these keys are not of these data/);
  });
});

describe('somebody whose keys were erased', () => {
  test('does not come back with data of yesterday beside the keys of today', async () => {
    const folder = newFolder();
    const gone = await registerByCall(world.client(), newPhone(world));
    const yesterday = await backUp(folder);
    const place = elsewhere();
    assert.equal((await restore(place, '--data', yesterday.data, '--keys', yesterday.keys)).code, 0);
    const { databases } = world;
    databases.empty(place.data);
    // Today: their keys are gone, as an erasure leaves it.
    const theirs = `citizen_id = ${databases.bytes(gone.citizenId.replaceAll('-', ''))}`;
    assert.match(JSON.stringify(databases.select(`SELECT category FROM data_key WHERE ${theirs}`, place.keys)), /profile/);
    databases.change(`DELETE FROM data_key WHERE ${theirs}`, place.keys);
    const done = await restore(place, '--data', yesterday.data);
    assert.equal(done.code, 0, done.output);
    assert.match(done.output, /^1 of them has no key: they were erased/m);
    const number = Buffer.from(gone.phone.slice(1)).toString('hex');
    for (const part of ['data', 'keys']) assert.deepEqual(databases.placesOf(number, place[part]), [], part);
  });
});
