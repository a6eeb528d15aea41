// The transparency log over HTTP, judged by the second implementation in tools/log1: every proof, signature and
// tile is recomputed from what strangers can fetch; a server that dies at any moment never forks its log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { leafHash, root, isConsistent, sha256 } from '../../tools/log1/merkle.mjs';
import { COSIGNATURE, cosignLine, openCheckpoint, parseNote, privateKey, publicBytes, vkeyOf } from '../../tools/log1/note.mjs';
import { checkEntry, pseudonym, tilePath } from '../../tools/log1/record.mjs';
import { exchange } from './client.mjs';
import { startWorld, until } from './harness.mjs';
import { allowRegistries, assertProblem, assertStatus, raise, registerByCall, requestDocuments, seen, settledDocuments } from './people.mjs';

const WITNESS = 'witness.example/w1';
const witnessKey = privateKey(sha256('api test witness'));
let world;
let vkeys;

before(async () => {
  world = await startWorld({
    changes: { transparency: { witnesses: [vkeyOf(WITNESS, COSIGNATURE, publicBytes(witnessKey))] } },
  });
  const { json } = await fetchLog('/.well-known/beresta-log');
  vkeys = [...json.keys.map(({ vkey }) => vkey), ...json.witnesses];
});
after(() => world.stop());

const fetchLog = (path) => exchange(world.origin, 'GET', path);
const newest = async (path = '/log/checkpoint') => openCheckpoint((await fetchLog(path)).text, vkeys);

/** The whole log by its tiles, as a monitor takes it; every leaf hash checked against its entry. */
async function mirror(size) {
  const leaves = [];
  for (let tile = 0; tile * 256 < size; tile += 1) {
    const width = Math.min(256, size - tile * 256);
    const [hashes, bundle] = await Promise.all([fetchLog(`/log/${tilePath(0, tile, width)}`),
      fetchLog(`/log/${tilePath('entries', tile, width)}`)]);
    assert.equal(hashes.body.length, width * 32);
    assert.equal(bundle.body.length, width * 34);
    assert.match(hashes.headers['cache-control'], /immutable/);
    for (let at = 0; at < width; at += 1) {
      const leaf = hashes.body.subarray(at * 32, at * 32 + 32);
      assert.equal(bundle.body.readUInt16BE(at * 34), 32);
      assert.ok(leafHash(bundle.body.subarray(at * 34 + 2, at * 34 + 34)).equals(leaf));
      leaves.push(leaf);
    }
  }
  return leaves;
}

/** Waits until all of the person's entries have their place. */
async function settledEntries(client, atLeast = 1) {
  return until('the entries to have their places', async () => {
    const page = assertStatus(await client.get('/api/v1/log/entries?limit=100'), 200);
    const ready = page.entries.length >= atLeast && page.entries.every(({ index }) => index !== undefined);
    return ready && page;
  }, { within: 10_000, every: 100 });
}

describe('my log', () => {
  test('shows consents and readings by others, each with a proof that holds', async () => {
    const { client, citizenId } = await registerByCall(world.client());
    await raise(client);
    await allowRegistries(client);
    await requestDocuments(client);
    await settledDocuments(client);
    const page = await settledEntries(client, 4);
    const checkpoint = openCheckpoint(page.checkpoint, vkeys);
    const records = page.entries.map((entry) => checkEntry(entry, checkpoint, citizenId));
    const kinds = new Set(records.map(({ kind }) => kind));
    for (const kind of ['access', 'consent.granted', 'agreement.accepted', 'account.registered']) assert.ok(kinds.has(kind), kind);
    const access = records.find(({ kind, actor }) => kind === 'access' && actor === 'platform:documents');
    assert.deepEqual([access.purpose, access.category], ['fetch_documents', 'profile']);
    const ids = page.entries.map(({ entry_id }) => entry_id);
    assert.deepEqual(ids, [...ids].sort().reverse());
  });

  test('holds nothing of anybody else, and nothing readable is public', async () => {
    const one = await registerByCall(world.client());
    const other = await registerByCall(world.client());
    const mine = await settledEntries(one.client, 3);
    const theirs = await settledEntries(other.client, 3);
    const taken = new Set(mine.entries.map(({ entry_id }) => entry_id));
    assert.ok(theirs.entries.every(({ entry_id }) => !taken.has(entry_id)));
    for (const { record } of theirs.entries) assert.equal(JSON.parse(record).citizen, pseudonym(other.citizenId));
    assertProblem(await one.client.post(`/api/v1/log/entries/${theirs.entries[0].entry_id}/dispute`, { reason: 'other' }), 404, 'entry.unknown');
    assertProblem(await world.client().get('/api/v1/log/entries'), 401, 'http.unauthenticated');
  });

  test('comes in pages that hold each entry once', async () => {
    const { client } = await registerByCall(world.client());
    const all = await settledEntries(client, 3);
    const seenIds = [];
    let cursor = '';
    for (;;) {
      const page = assertStatus(await client.get(`/api/v1/log/entries?limit=2${cursor}`), 200);
      seenIds.push(...page.entries.map(({ entry_id }) => entry_id));
      if (!page.next_cursor) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    assert.deepEqual(seenIds, all.entries.map(({ entry_id }) => entry_id));
    assertProblem(await client.get('/api/v1/log/entries?limit=101'), 400, 'page.limit');
    assertProblem(await client.get('/api/v1/log/entries?cursor=x'), 400, 'page.cursor');
  });

  test('takes a dispute once, and the dispute itself is in the log', async () => {
    const { client } = await registerByCall(world.client());
    const { entries: [entry] } = await settledEntries(client, 3);
    const dispute = (reason) => client.post(`/api/v1/log/entries/${entry.entry_id}/dispute`, { reason });
    assertProblem(await dispute('because'), 400, 'entry.reason_unknown');
    assertStatus(await dispute('unknown_party'), 204);
    assertProblem(await dispute('unknown_party'), 409, 'entry.already_disputed');
    const page = await settledEntries(client, 4);
    assert.equal(page.entries.find(({ entry_id }) => entry_id === entry.entry_id).dispute.reason, 'unknown_party');
    assert.equal(JSON.parse(page.entries[0].record).kind, 'entry.disputed');
    const listed = await world.run('audit', 'disputes', '--config', world.configFile);
    assert.equal(listed.code, 0, listed.output);
    assert.match(listed.output, new RegExp(`${entry.entry_id}.*unknown_party`));
  });

  test('proves to a browser that remembers an older tree that nothing was taken away', async () => {
    const { client } = await registerByCall(world.client());
    const before = openCheckpoint((await settledEntries(client, 3)).checkpoint, vkeys);
    await registerByCall(world.client());
    const later = await until('the log to grow', async () => {
      const { checkpoint, proof } = assertStatus(await client.get(`/api/v1/log/consistency?from=${before.size}`), 200);
      const to = openCheckpoint(checkpoint, vkeys);
      return to.size > before.size && { to, proof: proof.map((hash) => Buffer.from(hash, 'base64')) };
    });
    assert.ok(isConsistent(before, later.to, later.proof));
    assert.ok(!isConsistent({ ...before, root: sha256('x') }, later.to, later.proof));
    assertProblem(await client.get('/api/v1/log/consistency?from=1000000000'), 400, 'proof.sizes');
  });
});

describe('the public log', () => {
  test('is whole: entries, tiles and checkpoint agree', async () => {
    const { client } = await registerByCall(world.client());
    await settledEntries(client);
    const checkpoint = await newest();
    assert.equal(checkpoint.origin, `${new URL(world.publicUrl).host}/log`);
    assert.ok(root(await mirror(checkpoint.size)).equals(checkpoint.root));
  });

  test('holds every edition of every public document, readable by all', async () => {
    const checkpoint = await until('the editions', async () => {
      const { json } = await fetchLog('/log/public-entries');
      return json.entries.every(({ index }) => index !== undefined) && json.entries.length > 0 && newest();
    });
    const leaves = await mirror(checkpoint.size);
    const { json } = await fetchLog('/log/public-entries');
    const subjects = json.entries.map((entry) => {
      const record = JSON.parse(entry.record);
      assert.equal(record.citizen, '');
      const commitment = sha256('beresta-log-1 entry\n', Buffer.from(entry.salt, 'base64'), entry.record);
      assert.ok(leafHash(commitment).equals(leaves[entry.index]));
      return record.subject;
    });
    const { number, sha256: digest } = await seen(world.client(), 'agreement');
    assert.ok(subjects.includes(`agreement/${number}/ru/${digest}`), subjects.join());
  });

  test('serves tiles at one address each, to pages of any origin', async () => {
    const { size } = await newest();
    for (const path of ['tile/0/000.p/0', 'tile/0/0', 'tile/0/x000/000', 'tile/9/000', 'tile/0/000.p/256',
      `tile/0/000.p/${size + 1}`, 'tile/0/999', 'tile/entries/999.p/1', 'tile/0/%30%30%30.p/1']) {
      assert.equal((await fetchLog(`/log/${path}`)).status, 404, path);
    }
    const answer = await exchange(world.origin, 'GET', '/log/checkpoint', { headers: { origin: 'https://monitor.example' } });
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8');
    assert.match(answer.headers['cache-control'], /max-age=1\b/);
  });

  test('takes cosignatures of known witnesses and nobody else', async () => {
    const client = world.client();
    const hand = (body) => client.call('POST', '/log/cosignatures', { body, headers: { 'content-type': 'text/plain' } });
    const note = (await fetchLog('/log/checkpoint')).text;
    const { text } = parseNote(note);
    const line = (by, name = WITNESS) => cosignLine(text, name, by, Math.floor(Date.now() / 1000));
    assertProblem(await hand(note), 403, 'checkpoint.unsigned');
    assertProblem(await hand(note + line(privateKey(sha256('stranger')))), 403, 'checkpoint.unsigned');
    assertProblem(await hand(note + cosignLine(`${text}x\n`, WITNESS, witnessKey, 5)), 403, 'checkpoint.signature');
    assertProblem(await hand('nothing'), 400, 'note.malformed');
    assertProblem(await hand(`${text.replace(/\n(\d+)\n/, '\n1$1\n')}\n${note.split('\n\n')[1]}`), 403, 'checkpoint.signature');
    assertStatus(await hand(note + line(witnessKey)), 204);
    assertStatus(await hand(note + line(witnessKey)), 204);
    const cosigned = await newest('/log/checkpoint/cosigned');
    assert.deepEqual(cosigned.witnesses, [WITNESS]);
    assert.equal(cosigned.text, text);
  });
});

describe("in the form of Estonia's Data Tracker", () => {
  test('lists the readings with words, receiver and system', async () => {
    const { client } = await registerByCall(world.client({ language: 'en' }));
    await raise(client, { person: '1' });
    await allowRegistries(client);
    await requestDocuments(client, ['snils']);
    await settledDocuments(client, ['snils']);
    const { totalUsages, usages } = assertStatus(await client.get('/api/v1/data-tracker/findUsage'), 200);
    assert.equal(totalUsages, usages.length);
    const fetched = usages.find(({ receiverCode }) => receiverCode === 'platform:documents');
    assert.deepEqual([fetched.action, fetched.receiverSystem], ['Asking a registry for documents with your permission', 'Beresta API tests']);
    const one = assertStatus(await client.get('/api/v1/data-tracker/findUsage?limit=1&offset=1'), 200);
    assert.deepEqual(one.usages, usages.slice(1, 2));
    assert.equal(one.totalUsages, totalUsages);
    const none = assertStatus(await client.get('/api/v1/data-tracker/findUsage?periodEnd=2020-01-31T10:20:30'), 200);
    assert.deepEqual(none, { totalUsages: 0, usages: [] });
    assertProblem(await client.get('/api/v1/data-tracker/findUsage?periodStart=now'), 400, 'usage.parameter');
  });

  test('says since when, and that it lives', async () => {
    const client = world.client();
    const { periodStart } = assertStatus(await client.get('/api/v1/data-tracker/usagePeriod'), 200);
    assert.ok(Date.parse(periodStart) <= Date.now());
    assert.deepEqual(assertStatus(await client.get('/api/v1/data-tracker/heartbeat'), 200), { status: 'OK' });
  });
});

test('a server killed again and again goes on with one log', async () => {
  const heads = new Map();
  const remember = async () => {
    const answer = await fetchLog('/log/checkpoint').catch(() => undefined);
    if (answer?.status !== 200) return;
    const { size, root: hash } = openCheckpoint(answer.text, vkeys);
    const known = heads.get(size);
    assert.ok(known === undefined || known.equals(hash), `two checkpoints of size ${size}`);
    heads.set(size, hash);
  };
  for (let round = 0; round < 8; round += 1) {
    const { client } = await registerByCall(world.client());
    const disputing = Array.from({ length: 12 }, async () => {
      const entries = (await client.get('/api/v1/log/entries').catch(() => undefined))?.json?.entries ?? [];
      for (const { entry_id } of entries) await client.post(`/api/v1/log/entries/${entry_id}/dispute`, { reason: 'other' }).catch(() => undefined);
    });
    const end = Date.now() + 200 * round;
    do { await remember(); } while (Date.now() < end);
    await world.stopServer('SIGKILL');
    await Promise.allSettled(disputing);
    await world.startServer();
    await remember();
  }
  const { client } = await registerByCall(world.client());
  await settledEntries(client, 3);
  await remember();
  const last = await newest();
  const leaves = await mirror(last.size);
  assert.ok(root(leaves).equals(last.root));
  for (const [size, hash] of heads) assert.ok(root(leaves.slice(0, size)).equals(hash), `size ${size} is not part of the log`);
  // The killed server's lease has to run out before the next one may carry the log on, so there are not many.
  assert.ok(heads.size >= 2, `only ${heads.size} checkpoints were seen`);
});

describe('beresta audit verify', () => {
  test('finds the log of a running server whole, and an export true', async () => {
    const { client, citizenId } = await registerByCall(world.client());
    const page = await settledEntries(client, 3);
    const { writeFileSync } = await import('node:fs');
    const file = `${world.folder}/export.json`;
    writeFileSync(file, JSON.stringify(page));
    const keys = vkeys.flatMap((vkey) => ['--key', vkey]);
    const whole = await world.run('audit', 'verify', `${world.origin}/log`, ...keys);
    assert.equal(whole.code, 0, whole.output);
    assert.match(whole.output, /\d+ entries/);
    const mine = await world.run('audit', 'verify', '--export', file, '--citizen', citizenId, ...keys);
    assert.equal(mine.code, 0, mine.output);
    page.entries[1].record = page.entries[1].record.replace('citizen', 'Citizen');
    writeFileSync(file, JSON.stringify(page));
    const altered = await world.run('audit', 'verify', '--export', file, ...keys);
    assert.equal(altered.code, 1, altered.output);
    assert.match(altered.output, new RegExp(page.entries[1].entry_id));
  });
});
