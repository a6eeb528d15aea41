// A database taken back to an older moment: the server notices that it has signed more than it holds, refuses to fork
// its log, says why and what to do, loses nothing meanwhile, and goes on when it may. Also keys of another installation,
// and damage of what is kept beside the keys.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openCheckpoint } from '../../tools/log1/note.mjs';
import { BERESTA_BIN, Running, startWorld, until } from './harness.mjs';
import { exchange } from './client.mjs';
import { assertStatus, reasonOf, registerByCall, signIn } from './people.mjs';

let world;
before(async () => { world = await startWorld({ changes: { transparency: { origin: 'log.example/one' } } }); });
after(() => world?.stop());

const kept = () => join(world.folder, 'issuer', 'log-signed.checkpoint');
const description = async () => (await exchange(world.origin, 'GET', '/.well-known/beresta-log')).json;
const vkeys = async () => (await description()).keys.map(({ vkey }) => vkey);
const newest = async () => openCheckpoint((await exchange(world.origin, 'GET', '/log/checkpoint')).text, await vkeys());
const status = () => world.run('audit', 'status', '--config', world.configFile);

const copyTo = (name) => world.databases.copy(name);
const restore = (name) => world.databases.restore(name);

/** Starts a server that is not expected to become ready; gives the first answer of /readyz. */
async function startRefusing() {
  world.server = new Running(BERESTA_BIN, ['serve', '--config', world.configFile], { cwd: world.folder });
  return until('an answer of readyz', () => world.admin('/readyz').catch(() => undefined), { within: 15_000 });
}
const heartbeat = async () => assertStatus(await world.client().get('/api/v1/data-tracker/heartbeat'), 200);
const grown = (size) => until(`the log to pass ${size}`, async () => {
  const now = await newest();
  return now.size > size && now;
}, { within: 15_000, every: 100 });

async function settled() {
  let last = -1;
  return until('the log to settle', async () => {
    const { size } = await newest();
    const same = size === last && size > 0;
    last = size;
    return same && size;
  }, { within: 15_000, every: 1500 });
}

describe('a database restored from an older copy', () => {
  let person;
  let signed;
  before(async () => {
    person = await registerByCall(world.client());
    await settled();
    copyTo('older.db');
    await registerByCall(world.client());
    await settled();
    copyTo('newer.db');
    signed = await newest();
    await world.stopServer();
    restore('older.db');
  });

  test('is not signed: readiness says why, and the command what to do', async () => {
    const answer = await startRefusing();
    assert.deepEqual([answer.status, reasonOf(answer)], [503, 'log.shorter_than_signed'], answer.text);
    assert.match(answer.json.detail, /audit status/);
    const told = await status();
    assert.equal(told.code, 1, told.output);
    assert.match(told.output, new RegExp(`kept: +${signed.size} entries of log.example/one`));
    assert.match(told.output, /REFUSED: +log\.shorter_than_signed/);
    assert.match(told.output, /origin = "log\.example\/one-2"/);
  });

  test('serves people meanwhile; what happens waits and nothing new is signed', async () => {
    const client = world.client();
    assertStatus(await signIn(client, person.phone), 201);
    const before = await newest();
    assert.ok(before.size < signed.size);
    await registerByCall(world.client());
    const page = assertStatus(await client.get('/api/v1/log/entries?limit=100'), 200);
    assert.ok(page.entries.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal((await newest()).size, before.size);
    assert.match((await status()).output, /waiting: +[1-9]/);
    assert.equal((await world.admin('/readyz')).status, 503);
    assert.deepEqual(await heartbeat(), { status: 'FAIL', message: 'the log is not signed: log.shorter_than_signed' });
    assert.ok(openCheckpoint(readFileSync(kept(), 'utf8'), await vkeys()).root.equals(signed.root), 'what was kept is left alone');
  });

  test('may go on once a copy is there that holds what was signed', async () => {
    await world.stopServer();
    copyTo('served.db');
    restore('newer.db');
    await world.startServer();
    assert.equal((await status()).code, 0);
    assert.deepEqual(await heartbeat(), { status: 'OK' });
    await registerByCall(world.client());
    const now = await grown(signed.size);
    assert.equal(now.origin, 'log.example/one');
    signed = now;
  });

  test('or goes on under another name, and the end of the old log is public', async () => {
    await settled();
    const last = await newest();
    await world.stopServer();
    restore('older.db');
    assert.equal(reasonOf(await startRefusing()), 'log.shorter_than_signed');
    await world.stopServer();
    const config = readFileSync(world.configFile, 'utf8');
    writeFileSync(world.configFile, config.replace('log.example/one', 'log.example/one-2'));
    await world.startServer();
    const now = await until('a checkpoint of the new name', async () => {
      const found = await newest().catch(() => undefined);
      return found?.origin === 'log.example/one-2' && found;
    }, { within: 15_000, every: 100 });
    assert.ok(now.size < last.size);
    const { ended, keys } = await description();
    assert.equal(ended.length, 1);
    const old = keys.map(({ vkey }) => vkey);
    const [, size] = ended[0].split('\n');
    assert.deepEqual([ended[0].split('\n')[0], Number(size)], ['log.example/one', last.size]);
    assert.ok(old.every((vkey) => vkey.startsWith('log.example/one-2+')));
    const whole = await world.run('audit', 'verify', `${world.origin}/log`, ...old.flatMap((vkey) => ['--key', vkey]));
    assert.equal(whole.code, 0, whole.output);
    await registerByCall(world.client());
    await grown(now.size);
  });
});

describe('keys and kept files', () => {
  const refusal = async (spoil, mend) => {
    await settled();
    await world.stopServer();
    spoil();
    const answer = await startRefusing();
    const told = await status();
    assert.equal(answer.status, 503);
    assert.equal(told.code, 1, told.output);
    assert.match(told.output, new RegExp(`REFUSED: +${reasonOf(answer)}`));
    // Mended beside the running server, which sees it by itself.
    mend();
    await until('the server to be ready', async () => (await world.admin('/readyz')).status === 200, { within: 15_000, every: 200 });
    return reasonOf(answer);
  };

  test('a key folder of another installation', async () => {
    const folder = join(world.folder, 'issuer');
    const [key] = readdirSync(folder).filter((name) => /^log-\d.*\.pem$/.test(name));
    assert.equal(await refusal(() => renameSync(join(folder, key), join(world.folder, key)),
      () => renameSync(join(world.folder, key), join(folder, key))), 'log.key_missing');
  });

  test('a kept checkpoint with one byte flipped, and one cut short', async () => {
    let good;
    const spoil = (change) => () => {
      good = readFileSync(kept(), 'utf8');
      writeFileSync(kept(), change(good), { mode: 0o600 });
    };
    const mend = () => writeFileSync(kept(), good);
    const flip = (text) => text.replace(/\n(\d)/, (_, digit) => `\n${(Number(digit) + 1) % 10 || 1}`);
    assert.equal(await refusal(spoil(flip), mend), 'log.kept_unreadable');
    assert.equal(await refusal(spoil((text) => text.slice(0, 30)), mend), 'log.kept_unreadable');
  });

  test('two checkpoints of one size: the database says another root than was signed', async () => {
    await settled();
    await world.stopServer();
    copyTo('good.db');
    const [{ hashes }] = world.databases.select('SELECT hashes FROM log_tile WHERE level = 0 AND tile_index = 0');
    const flipped = (parseInt(hashes.slice(0, 2), 16) ^ 1).toString(16).padStart(2, '0') + hashes.slice(2);
    world.databases.changeBytes('log_tile', 'hashes', flipped, 'level = 0 AND tile_index = 0');
    assert.equal(reasonOf(await startRefusing()), 'log.differs_from_signed');
    await world.stopServer();
    restore('good.db');
    await world.startServer();
  });
});
