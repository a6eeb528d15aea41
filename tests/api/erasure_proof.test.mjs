// After an erasure: no plaintext and no usable key of the person in any byte of any file, while the server runs, nor in
// a copy of the day before beside the keys of today. The same search must find them where nothing scrubs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { assertProblem, assertStatus, citizenWithDocuments, codesOf, readCode, registerByCall, signIn } from './people.mjs';

const DELETION = '/api/v1/me/deletion';
const PIECE = 16;

function python(script, ...args) {
  return execFileSync('python3', ['-c', `import json, sqlite3, sys\n${script}`, ...args], { encoding: 'utf8' });
}

/** Every wrapped key of the person, as bytes. */
function wrappedKeys(path, id) {
  return JSON.parse(python(`
database = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
print(json.dumps([row[0].hex() for row in database.execute('SELECT wrapped FROM data_key WHERE citizen_id = ?', [bytes.fromhex(sys.argv[2])])]))`,
  path, id)).map((hex) => Buffer.from(hex, 'hex'));
}

/** Every 16 bytes of what only the wrapped key has: nonce, ciphertext, tag; a key missing any of them is useless, one
 * missing half of them still tells that it was there. */
function piecesOf(wrapped) {
  const sealed = wrapped.subarray(9);
  const pieces = [];
  for (let at = 0; at + PIECE <= sealed.length; at += 4) pieces.push(sealed.subarray(at, at + PIECE));
  return pieces;
}

/** Where any of them is: file names. @param wanted  {what: [bytes]} */
function findIn(folder, wanted) {
  const found = [];
  for (const name of readdirSync(folder).filter((one) => /\.(db|db-wal|db-shm|db-journal)$/.test(one))) {
    const bytes = readFileSync(join(folder, name));
    for (const [what, pieces] of Object.entries(wanted)) {
      if (pieces.some((piece) => bytes.indexOf(piece) !== -1)) found.push(`${what} in ${name}`);
    }
  }
  return found;
}

async function leave(world, { client, phone }) {
  const before = await codesOf(world, phone);
  assertStatus(await client.post(`${DELETION}/challenge`, { channel: 'call' }), 202);
  const code = await readCode(world, phone, before + 1);
  const { receipt } = assertStatus(await client.put(DELETION, { code }), 200);
  world.secrets.add('receipt', receipt);
  await until('the erasure', async () => {
    const { json } = await world.client().post('/api/v1/deletion-receipts', { receipt });
    return json.state === 'erased';
  }, { within: 15_000, every: 100 });
}

describe('an erased person', () => {
  let world;
  let gone;
  let bystander;
  let wanted;
  let id;
  let yesterday;
  before(async () => {
    world = await startWorld({ changes: { account: { deletion_term_s: 1 } } });
    gone = await citizenWithDocuments(world);
    bystander = await registerByCall(world.client());
    id = gone.citizenId.replaceAll('-', '');
    // The one of the log is made when the first entry gets its place there.
    const keys = await until('keys of profile, documents and log', () => {
      const found = wrappedKeys(join(world.folder, 'keys.db'), id);
      return found.length >= 3 && found;
    }, { within: 15_000, every: 200 });
    const { record, phone } = gone;
    const texts = [phone, phone.slice(1), record.snils, record.name.family_name, record.name.given_name,
      record.snils.replace(/\D/g, '')];
    wanted = { plaintext: texts.map((text) => Buffer.from(text)), key: keys.flatMap(piecesOf) };
    const folder = join(world.folder, 'copies');
    const made = await world.run('backup', '--config', world.configFile, '--to', folder);
    assert.equal(made.code, 0, made.output);
    yesterday = Object.fromEntries(['data', 'keys'].map((part) => [part, new RegExp(`^${part}: (.*)$`, 'm').exec(made.output)[1]]));
  });
  after(() => world?.stop());

  test('was to be found before: the search would see it', () => {
    const found = findIn(world.folder, wanted);
    assert.ok(found.some((one) => /^key in keys\.db/.test(one)), `${found}`);
    assert.deepEqual(found.filter((one) => one.startsWith('plaintext')), []);
    assert.ok(findIn(join(world.folder, 'copies'), wanted).some((one) => one.startsWith('key in keys-')), 'in the copy');
  });

  test('is in no byte of data file, free page or log, while the server runs', async () => {
    await leave(world, gone);
    assertProblem(await signIn(world.client(), gone.phone), 401, 'sign_in.refused');
    // The copies made before are looked at below.
    assert.deepEqual(findIn(world.folder, wanted), []);
    assertStatus(await bystander.client.get('/api/v1/me'), 200);
    assert.equal(wrappedKeys(join(world.folder, 'keys.db'), bystander.citizenId.replaceAll('-', '')).length > 0, true);
  });

  test('does not come back with the data of yesterday beside the keys of today', async () => {
    const place = join(world.folder, 'restored');
    mkdirSync(place);
    assert.equal((await world.stopServer()).code, 0);
    copyFileSync(join(world.folder, 'keys.db'), join(place, 'keys.db'));
    const { configFile } = world;
    const moved = readFileSync(configFile, 'utf8').replace(/^(data_url|keys_url) = .*$/gm,
      (_line, key) => `${key} = "sqlite:${join(place, key === 'data_url' ? 'main.db' : 'keys.db')}"`);
    world.configFile = join(place, 'beresta.toml');
    writeFileSync(world.configFile, moved, { mode: 0o600 });
    const done = await world.run('restore', '--config', world.configFile, '--data', yesterday.data);
    assert.equal(done.code, 0, done.output);
    assert.match(done.output, /^1 of them has no key: they were erased/m);
    assert.deepEqual(findIn(place, wanted), []);
    // The log of yesterday is shorter than what was signed since: not what is asked here.
    const signed = join(world.folder, 'issuer', 'log-signed.checkpoint');
    renameSync(signed, `${signed}.today`);
    try {
      await world.startServer();
      // The rows of yesterday let them in; there is nothing to be seen.
      const back = world.client();
      await signIn(back, gone.phone);
      for (const path of ['/api/v1/me', '/api/v1/me/attributes', '/api/v1/documents', '/api/v1/me/numbers', '/api/v1/digital-id']) {
        const { text } = await back.get(path);
        for (const secret of [gone.record.name.family_name, gone.record.snils, gone.phone]) {
          assert.ok(!text.includes(secret), `${path} tells ${secret.length} characters`);
        }
      }
      assertStatus(await bystander.client.get('/api/v1/me'), 200);
      assert.deepEqual(findIn(place, wanted), []);
    } finally {
      if (world.server) await world.stopServer();
      renameSync(`${signed}.today`, signed);
      world.configFile = configFile;
      await world.startServer();
    }
  });
});

describe('the search itself', () => {
  let world;
  let keysFile;
  before(async () => {
    world = await startWorld();
    await registerByCall(world.client());
    assert.equal((await world.stopServer()).code, 0);
    keysFile = join(world.folder, 'keys.db');
  });
  after(() => world?.stop());

  /** Deletes everybody's keys in a copy, as told; what the search finds then. */
  function deleteIn(name, pragmas, end = '') {
    const folder = join(world.folder, name);
    mkdirSync(folder);
    const path = join(folder, 'keys.db');
    copyFileSync(keysFile, path);
    const keys = JSON.parse(python(`
database = sqlite3.connect(sys.argv[1])
print(json.dumps([row[0].hex() for row in database.execute('SELECT wrapped FROM data_key')]))`, path)).map((hex) => Buffer.from(hex, 'hex'));
    assert.ok(keys.length > 0);
    python(`
import os
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for pragma in ${JSON.stringify(pragmas)}:
    database.execute('PRAGMA ' + pragma)
database.execute('UPDATE data_key SET created_at_utc = created_at_utc + 1')
database.execute('DELETE FROM data_key')
assert database.execute('SELECT count(*) FROM data_key').fetchone() == (0,)
${end}
os._exit(0)  # as a server that goes on: no tidying up at the end`, path);
    return findIn(folder, { key: keys.flatMap(piecesOf) });
  }

  test('finds what is left without secure_delete', () => {
    const found = deleteIn('insecure', ['journal_mode=WAL', 'secure_delete=OFF'], "database.execute('PRAGMA wal_checkpoint(TRUNCATE)')");
    assert.deepEqual(found, ['key in keys.db']);
  });
  test('finds what is left in the log', () => {
    assert.ok(deleteIn('unscrubbed', ['journal_mode=WAL', 'secure_delete=ON']).includes('key in keys.db-wal'));
  });
  test('finds nothing where both are seen to', () => {
    assert.deepEqual(deleteIn('scrubbed', ['journal_mode=WAL', 'secure_delete=ON'], "database.execute('PRAGMA wal_checkpoint(TRUNCATE)')"), []);
  });
});
