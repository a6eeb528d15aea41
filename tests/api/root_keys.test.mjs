// The root key changes while people read their data: nobody notices, an interruption does no harm, the old key can be
// taken away; it lives in a token and comes back from there; and keys that are missing, damaged or of another installation are told apart.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { BERESTA_BIN, startWorld, until } from './harness.mjs';
import { assertStatus, newPhone, raise, registerByCall, signIn } from './people.mjs';

const keys = (world, command) => world.run('keys', command, '--config', world.configFile);

async function run(world, command) {
  const done = await keys(world, command);
  assert.equal(done.code, 0, done.output);
  return done.output;
}

/** [{id, state, place, count}]; of a retired one neither place nor count */
async function rootsOf(world) {
  return [...(await run(world, 'show')).matchAll(/^root key ([0-9a-f]{16}): (in use|next|old|retired)(?:, in the (file|token), (\d+) keys)?$/gm)]
    .map(([, id, state, place, count]) => ({ id, state, place, count: count === undefined ? undefined : Number(count) }));
}

/** Reads everybody's data until told to stop. */
function keepReading(clients) {
  const seen = { reads: 0, failed: [], stopped: false };
  seen.ended = Promise.all(clients.map(async ({ client }, index) => {
    while (!seen.stopped) {
      const response = await client.get('/api/v1/me/attributes');
      seen.reads += 1;
      const whole = response.status === 200 && response.text.includes('family_name');
      if (!whole) seen.failed.push([index, response.status, response.text.slice(0, 200)]);
    }
  }));
  seen.stop = async () => {
    seen.stopped = true;
    await seen.ended;
    return seen;
  };
  return seen;
}

describe('changing the root key', () => {
  let world;
  let people;
  before(async () => {
    world = await startWorld({ changes: { server: { rate_scale: 0 } } }); // a few people who read without a pause
    people = [];
    for (const person of ['0', '1']) {
      const one = await registerByCall(world.client());
      await raise(one.client, { person });
      people.push(one);
    }
  });
  after(() => world.stop());

  test('fails no read of a server that runs, and its successor needs the new key alone', async () => {
    const [first] = await rootsOf(world);
    assert.equal(first.state, 'in use');
    const reading = keepReading(people);
    for (let round = 0; round < 3; round += 1) {
      await run(world, 'rotate-root');
      // New keys are made meanwhile: by people who register.
      await registerByCall(world.client(), newPhone(world));
      assert.match(await run(world, 'retire-root'), /^root key [0-9a-f]{16} is retired$/m);
    }
    const { reads, failed } = await reading.stop();
    assert.deepEqual(failed, []);
    assert.ok(reads > 50, `only ${reads} reads`);
    const roots = await rootsOf(world);
    assert.deepEqual(roots.map(({ state }) => state), ['in use', 'retired', 'retired', 'retired']);
    assert.ok(roots[0].count >= 5, `${roots[0].count}`);
    assert.ok(!readFileSync(join(world.folder, 'root.key'), 'latin1').includes(`old ${first.id}`));

    assert.equal((await world.stopServer('SIGTERM')).code, 0);
    await world.startServer();
    for (const { phone, client } of people) {
      assert.match((await client.get('/api/v1/me/attributes')).text, /family_name/);
      assertStatus(await signIn(world.client(), phone), 201); // found by its blind index
    }
  });

  test('that was broken off goes on, and makes no further key', async () => {
    const seeded = await world.run('bench', 'seed', '--citizens', '4000', '--config', world.configFile);
    assert.equal(seeded.code, 0, seeded.output);
    const [before] = await rootsOf(world);
    const reading = keepReading(people);
    let broken = 0;
    for (let i = 0; i < 6; i += 1) {
      const rotation = spawn(BERESTA_BIN, ['keys', 'rotate-root', '--config', world.configFile], { stdio: 'ignore' });
      const end = new Promise((resolve) => { rotation.on('close', (code, signal) => resolve(signal)); });
      await pause(40 + 25 * i);
      rotation.kill('SIGKILL');
      if ((await end) === 'SIGKILL') broken += 1;
      const roots = (await rootsOf(world)).filter(({ state }) => state !== 'retired');
      if (roots.some(({ state, count }) => state === 'old' && count === 0)) break; // it was done
      assert.ok(roots.length <= 2, JSON.stringify(roots));
    }
    assert.ok(broken > 0, 'not once broken off');
    await run(world, 'rotate-root');
    const roots = await rootsOf(world);
    assert.equal(roots.find(({ id }) => id === before.id).state, 'old');
    assert.equal(roots.filter(({ state, count }) => state === 'old' && count > 0).length, 0);
    await run(world, 'retire-root');
    assert.deepEqual((await reading.stop()).failed, []);
  });

  test('refuses to take a key away that is needed', async () => {
    assert.match(await run(world, 'retire-root'), /there is no old root key/);
    await run(world, 'prepare-root');
    const waiting = (await rootsOf(world)).find(({ state }) => state === 'next');
    assert.equal(waiting.count, 0);
    assert.match(await run(world, 'retire-root'), /there is no old root key/);
    await run(world, 'prepare-root');
    assert.equal((await rootsOf(world)).filter(({ state }) => state === 'next').length, 1, 'prepared once');
    await run(world, 'rotate-root');
    assert.equal((await rootsOf(world)).find(({ state }) => state === 'in use').id, waiting.id);
    await run(world, 'retire-root');
  });

  test('leaves old copies of the data good, and old copies of the keys useless', async () => {
    const folder = join(world.folder, 'copies');
    const made = await world.run('backup', '--config', world.configFile, '--to', folder);
    assert.equal(made.code, 0, made.output);
    const manifest = (part) => new RegExp(`^${part}: (.*)$`, 'm').exec(made.output)[1];
    await run(world, 'rotate-root');
    await run(world, 'retire-root');
    const place = (name) => ['--set', `store.data_url=${world.databases.named(`${name}-main`, 'keys').data_url}`];
    const data = await world.run('restore', '--config', world.configFile, ...place('one'), '--data', manifest('data'));
    assert.equal(data.code, 0, data.output);
    assert.match(data.output, /(person has|people have) data here/);
    const keysTo = ['--set', `store.keys_url=${world.databases.named('main', 'two-keys').keys_url}`];
    const refused = await world.run('restore', '--config', world.configFile, ...place('two'), ...keysTo, '--keys', manifest('keys'));
    assert.equal(refused.code, 1, refused.output);
    assert.match(refused.output, /retired \(backup\.root_retired/);
    assert.match(refused.output, /the copy itself is whole/);
  });
});

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const PIN = '4321';

/** A SoftHSM token of this world's own, empty; the programs that are started from now on find it. */
function makeToken(world) {
  const tokens = join(world.folder, 'tokens');
  mkdirSync(tokens);
  const settings = join(world.folder, 'softhsm2.conf');
  writeFileSync(settings, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env.SOFTHSM2_CONF = settings;
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'root', '--pin', PIN, '--so-pin', '8765'], { stdio: 'ignore' });
  writeFileSync(join(world.folder, 'pin'), `${PIN}\n`, { mode: 0o600 });
  return tokens;
}

describe('a root key in a token', () => {
  let world;
  let tokens;
  const keyring = () => readFileSync(join(world.folder, 'root.key'), 'latin1');
  const people = [];
  before(async () => {
    world = await startWorld({ server: false, changes: { server: { rate_scale: 0 } } });
    tokens = makeToken(world);
    const used = await world.run('keys', 'use-token', 'root', '--module', MODULE, '--pin-file', join(world.folder, 'pin'),
      '--config', world.configFile);
    assert.equal(used.code, 0, used.output);
    await run(world, 'rotate-root');
    await run(world, 'retire-root');
    await world.startServer();
  });
  after(() => world?.stop());

  test('serves people; what lies in the file opens nothing', async () => {
    for (const person of ['0', '1']) {
      const one = await registerByCall(world.client());
      await raise(one.client, { person });
      assert.match((await one.client.get('/api/v1/me/attributes')).text, /family_name/);
      people.push(one);
    }
    const [root] = await rootsOf(world);
    assert.deepEqual([root.state, root.place], ['in use', 'token']);
    assert.ok(root.count >= 2, `${root.count}`);
    assert.ok(!keyring().includes(' file '));
  });

  test('without its token the server does not start, and says so', async () => {
    const settings = process.env.SOFTHSM2_CONF;
    process.env.SOFTHSM2_CONF = join(world.folder, 'no.conf');
    writeFileSync(process.env.SOFTHSM2_CONF, `directories.tokendir = ${mkdtempSync(join(world.folder, 'none-'))}\n`);
    const done = await world.run('serve', '--config', world.configFile).finally(() => { process.env.SOFTHSM2_CONF = settings; });
    assert.equal(done.code, 1, done.output);
    assert.match(done.output, /key\.token_failed/);
  });

  test('is left for the file while the server runs: no read fails, and the token is not needed any more', async () => {
    const [before] = await rootsOf(world);
    const reading = keepReading(people);
    assert.match(await run(world, 'use-file'), /from now on/);
    assert.ok(keyring().includes('token root '), 'the root key in use is still there');
    await run(world, 'rotate-root');
    people.push(await registerByCall(world.client(), newPhone(world)));
    assert.match(await run(world, 'retire-root'), new RegExp(`^root key ${before.id} is retired$`, 'm'));
    const seen = reading.reads;
    await until('reads after the change', () => reading.reads > seen + 20);
    const { reads, failed } = await reading.stop();
    assert.deepEqual(failed, []);
    assert.ok(reads > 50, `only ${reads} reads`);
    const [root] = await rootsOf(world);
    assert.deepEqual([root.state, root.place], ['in use', 'file']);
    assert.ok(root.count >= 3, `${root.count}`);
    assert.ok(!keyring().includes('token'), 'the token is not named any more');

    assert.equal((await world.stopServer('SIGTERM')).code, 0);
    rmSync(tokens, { recursive: true });
    await world.startServer();
    for (const { phone, client } of people) {
      assertStatus(await client.get('/api/v1/me/attributes'), 200);
      assertStatus(await signIn(world.client(), phone), 201); // found by its blind index
    }
    assert.match((await people[0].client.get('/api/v1/me/attributes')).text, /family_name/);
  });
});

describe('keys that are not what they should be', () => {
  let world;
  let other;
  let good;
  before(async () => {
    world = await startWorld();
    await registerByCall(world.client());
    assert.equal((await world.stopServer()).code, 0);
    other = await startWorld({ server: false });
    good = readFileSync(join(world.folder, 'root.key'), 'latin1');
  });
  after(async () => {
    await other?.stop({ logs: false });
    await world?.stop();
  });

  /** Starts with this keyring; what the server said instead. */
  async function refusal(text, ...more) {
    const path = join(world.folder, 'root.key');
    if (text !== undefined) writeFileSync(path, text, { mode: 0o600 });
    const done = await world.run('serve', '--config', world.configFile, ...more);
    writeFileSync(path, good, { mode: 0o600 });
    assert.equal(done.code, 1, done.output);
    return done.output;
  }

  test('missing: says so, and where', async () => {
    assert.match(await refusal(undefined, '--set', `keys.root_key_file=${join(world.folder, 'no.key')}`),
      /no\.key is not there/);
  });
  test('cut short: says so', async () => {
    assert.match(await refusal(good.slice(0, 40)), /key\.malformed/);
    assert.match(await refusal(''), /key\.malformed/);
  });
  test('of another installation: says that neither is damaged', async () => {
    const said = await refusal(readFileSync(join(other.folder, 'root.key'), 'latin1'));
    assert.match(said, /key\.other_deployment","detail":"all \d+ keys are wrapped by [0-9a-f]{16}/);
    assert.match(said, /neither is damaged/);
  });
  test('an old copy of the keyring, after a change: says which root key is missing', async () => {
    await run(world, 'rotate-root');
    const changed = readFileSync(join(world.folder, 'root.key'), 'latin1');
    assert.match(await refusal(good), /key\.(other_deployment|root_missing)/);
    writeFileSync(join(world.folder, 'root.key'), changed, { mode: 0o600 });
    await run(world, 'retire-root');
    good = readFileSync(join(world.folder, 'root.key'), 'latin1');
    assert.match(await refusal(changed.replace(/^current/m, 'x')), /key\.malformed/);
  });
  test('cut short after a change: says what is missing', async () => {
    assert.match(await refusal(good.slice(0, good.indexOf('derivation'))), /its end is missing/);
    const flipped = good.replace(/ file (.)/, (_all, digit) => ` file ${digit === '0' ? '1' : '0'}`);
    assert.match(await refusal(flipped), /digits that are not those of the root key [0-9a-f]{16}/);
  });
  test('data without keys: the server does not start, and says that the data are whole', async () => {
    const empty = ['--set', `store.keys_url=${world.databases.named('main', 'empty-keys').keys_url}`];
    const made = await world.run('migrate', '--config', world.configFile, ...empty);
    assert.equal(made.code, 0, made.output);
    const said = await refusal(undefined, ...empty);
    assert.match(said, /key\.none_for_data/);
    assert.match(said, /the main database is not damaged/);
  });
  test('keys without data are harmless', async () => {
    const empty = ['--set', `store.data_url=${world.databases.named('empty-main', 'keys').data_url}`];
    assert.equal((await world.run('migrate', '--config', world.configFile, ...empty)).code, 0);
    const shown = await world.run('keys', 'show', '--config', world.configFile, ...empty);
    assert.equal(shown.code, 0, shown.output);
  });
  test('another key database than the keyring is of: told by `keys show` too', async () => {
    const foreign = join(world.folder, 'foreign.key');
    copyFileSync(join(other.folder, 'root.key'), foreign);
    const shown = await world.run('keys', 'show', '--config', world.configFile, '--set', `keys.root_key_file=${foreign}`);
    assert.equal(shown.code, 1);
    assert.match(shown.output, /key\.other_deployment/);
  });
  test('with everything back in its place the server starts', async () => {
    await world.startServer();
    assert.equal((await world.admin('/readyz')).status, 200);
  });
});
