// No log, no read: every operation of the contract is asked in every role, with real ids of people whose data are
// canaries. Each answer that tells somebody else's data has an access record of its own, each record an answer, and
// the person it is about sees exactly these. An operation added to the contract fails until it is asked here.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accessRows, byOthers } from './access_rows.mjs';
import { Canaries, balance } from './canaries.mjs';
import { exchange } from './client.mjs';
import { operations } from './contract.mjs';
import { ERRANDS } from './crawl_errands.mjs';
import { EXEMPT, FIRST, LAST, REFUSED } from './crawl_table.mjs';
import { makeCrawlWorld } from './crawl_world.mjs';
import { until } from './harness.mjs';
import { assertStatus } from './people.mjs';

/** What shows somebody's data to somebody else; nothing but these may, and each of them does. */
const SHOWING = ['issueTokens', 'getUserinfo', 'getUserinfoByPost', 'getDeskRequest', 'getRequestPersonData',
  'getRequestEvidence', 'getDeskDispute', 'showPortrait'].sort();

const byName = Object.fromEntries(operations.map((one) => [one.operationId, one]));
const DRIVEN = { ...FIRST, ...LAST };
let w;
let networks = 0;
const readings = [];
const asked = [];
/** PDFs that were given, and to whom. */
const pages = [];

before(async () => { w = await makeCrawlWorld(); });
after(() => w?.world.stop());

function pathOf({ template }, ids, query) {
  const path = template.replace(/\{(\w+)\}/g, (_, name) => {
    assert.ok(ids[name] !== undefined, `${template}: no id for ${name}`);
    return encodeURIComponent(ids[name]);
  });
  return query ? `${path}?${new URLSearchParams(query)}` : path;
}

function headersOf(operation, call, role) {
  const oauth = operation.template.startsWith('/oauth/');
  const bearer = role.bearer && (call.bearer || !oauth);
  const basic = role.party && oauth && !call.bearer;
  return {
    ...(call.form && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(bearer && { authorization: `Bearer ${role.bearer}` }),
    ...(basic && { authorization: `Basic ${Buffer.from(`${role.party.client_id}:${role.party.client_secret}`).toString('base64')}` }),
    ...call.headers,
  };
}

/** One call; what it tells about others becomes readings. */
async function ask(operation, call, role) {
  const path = pathOf(operation, { ...w.ids, ...call.ids }, call.query);
  const body = call.form ? new URLSearchParams(call.form).toString() : call.body;
  networks += 1;
  role.client.network = `10.${200 + (networks >> 8)}.${networks & 255}.7`; // or the crawl would spend one network's limits
  const from = Date.now();
  const response = call.admin
    ? await exchange(`http://127.0.0.1:${w.world.adminPort}`, operation.method, path)
    : await role.client.call(operation.method, path, { json: call.json, body, headers: headersOf(operation, call, role) });
  const to = Date.now();
  asked.push({ operationId: operation.operationId, role: role.name, status: response.status, reason: response.json?.type });
  const found = w.canaries.findIn(response, call.carried);
  if (response.type === 'application/pdf') pages.push({ role: role.name, found });
  for (const [citizen, categories] of Object.entries(found)) {
    // Where nobody is asked who they are, the owner is a stranger too.
    if (!call.asker && !call.bearer && citizen === role.citizenId) continue;
    for (const category of categories) {
      readings.push({ operationId: operation.operationId, role: role.name, citizen, category, actor: call.asker ?? role.actor, from, to });
    }
  }
}

/** Everything somebody's page "Who looked" tells. */
async function allEntries(client) {
  const records = [];
  for (let cursor = ''; cursor !== undefined;) {
    const page = assertStatus(await client.get(`/api/v1/log/entries?limit=100${cursor}`), 200);
    records.push(...page.entries.map(({ record }) => JSON.parse(record)));
    cursor = page.next_cursor && `&cursor=${page.next_cursor}`;
  }
  return records;
}

async function drive(table) {
  for (const [operationId, calls] of Object.entries(table)) {
    for (const role of w.roles) {
      for (const call of await calls(w, role)) await ask(byName[operationId], call, role);
    }
    for (const call of (await ERRANDS[operationId]?.(w)) ?? []) await ask(byName[operationId], call, call.as);
  }
}

describe('the crawl', () => {
  test('knows every operation of the contract, or why it is left out', () => {
    const known = new Set([...Object.keys(DRIVEN), ...Object.keys(EXEMPT)]);
    assert.deepEqual(Object.keys({ ...REFUSED, ...ERRANDS }).filter((id) => !DRIVEN[id]), [], 'lines for nothing that is asked');
    assert.deepEqual(operations.map(({ operationId }) => operationId).filter((id) => !known.has(id)), [],
      'operations nobody asks: give them a line in crawl_table.mjs');
    assert.deepEqual([...known].filter((id) => !byName[id]), [], 'lines for operations that are gone');
    for (const [id, reason] of Object.entries({ ...EXEMPT, ...REFUSED })) assert.ok(reason.length > 30, `${id}: a reason is a sentence`);
  });

  test('asks each of them in each role', { timeout: 300_000 }, async () => {
    await drive(FIRST);
    const shown = readings.length;
    for (const citizen of [w.a, w.b]) citizen.seen = await allEntries(citizen.client);
    await drive(LAST);
    assert.equal(readings.length, shown, 'what shows data stands in FIRST: it is compared with what people see');
    const pairs = new Set(asked.map(({ operationId, role }) => `${operationId} ${role}`));
    assert.equal(pairs.size, Object.keys(DRIVEN).length * w.roles.length + Object.keys(ERRANDS).length);
    assert.ok(asked.every(({ status }) => status < 500), JSON.stringify(asked.filter(({ status }) => status >= 500)));
    // An operation that is refused to everybody shows nothing and proves nothing.
    const good = new Set(asked.filter(({ status }) => status < 400).map(({ operationId }) => operationId));
    assert.deepEqual(Object.keys(DRIVEN).filter((id) => !good.has(id)), Object.keys(DRIVEN).filter((id) => REFUSED[id]),
      'answered to nobody, against those that may be');
    assert.deepEqual(asked.filter(({ role, status }) => role === 'newcomer' && status >= 400), [], 'errands in vain');
  });

  test('finds data of others only where they are shown on purpose', () => {
    assert.deepEqual([...new Set(readings.map(({ operationId }) => operationId))].sort(), SHOWING);
    const wrong = readings.filter(({ operationId, role }) => operationId !== 'showPortrait' && !['shop', 'officer'].includes(role));
    assert.deepEqual(wrong, []);
  });

  test('finds a record for each reading, and a reading for each record', () => {
    const records = byOthers(accessRows(w.world));
    const { unrecorded, unexplained } = balance(readings, records);
    assert.deepEqual(unrecorded, [], 'data were shown without a record');
    assert.deepEqual(unexplained, [], 'records of what nobody was shown');
    assert.equal(readings.length, records.length);
    assert.ok(records.length >= 20, `only ${records.length}`);
    assert.ok(records.every(({ hasEntry, waits, hasLeaf }) => hasEntry && (waits || hasLeaf)), 'a record without its entry in the log');
  });

  test('would notice one record less, one more, and one of another time, actor or category', () => {
    const records = byOthers(accessRows(w.world));
    for (const at of [0, Math.floor(records.length / 2), records.length - 1]) {
      const without = records.toSpliced(at, 1);
      const { unrecorded } = balance(readings, without);
      assert.deepEqual(unrecorded.map(({ citizen, category, actor }) => [citizen, category, actor]),
        [[records[at].citizen, records[at].category, records[at].actor]]);
      assert.equal(balance(readings, [...records, records[at]]).unexplained.length, 1);
      for (const change of [{ at: records[at].at + 60_000 }, { actor: 'checker?' }, { category: 'none' }, { citizen: w.stranger }]) {
        assert.equal(balance(readings, records.with(at, { ...records[at], ...change })).unrecorded.length, 1);
      }
    }
  });

  test('is what its owners see, entry for entry', () => {
    for (const citizen of [w.a, w.b]) {
      const records = byOthers(accessRows(w.world)).filter((row) => row.citizen === citizen.citizenId);
      const theirs = citizen.seen.filter(({ kind, actor }) => kind === 'access' && !actor.startsWith('platform:'));
      const keys = (list) => list.map(({ actor, purpose, category }) => `${actor} ${purpose} ${category}`).sort();
      assert.deepEqual(keys(theirs), keys(records));
      assert.ok(records.length > 0);
    }
  });
});

test('the canaries are found where they are known to be', async () => {
  // A search that finds nothing anywhere would pass every crawl: each one's owner is shown all of theirs.
  const { a, b } = w;
  const found = await until('both owners to be shown their own', async () => {
    const results = w.shownToOwners.map((response) => w.canaries.findIn(response));
    return results.some((one) => one[a.citizenId]) && results.some((one) => one[b.citizenId]) && results;
  });
  const categories = (id) => [...new Set(found.flatMap((one) => one[id] ?? []))].sort();
  assert.deepEqual(categories(a.citizenId), ['documents', 'profile', 'requests']);
  assert.deepEqual(categories(b.citizenId), ['documents', 'profile', 'requests']);
  // In print as well: a letter and the copy of all data, each given to its owner alone.
  const inPrint = pages.filter((page) => page.role === 'A').flatMap((page) => page.found[a.citizenId] ?? []);
  assert.deepEqual([...new Set(inPrint)].sort(), ['documents', 'profile', 'requests']);
  const canaries = new Canaries();
  canaries.addNumber('x', '112-233-445 95', 'profile');
  assert.deepEqual(canaries.findIn({ headers: {}, body: Buffer.from('{"snils":"112-233-445 95"}') }), { x: ['profile'] });
  assert.deepEqual(canaries.findIn({ headers: {}, body: Buffer.from('{"snils":"112-233-445 95"}') }, '11223344595'), {});
  assert.deepEqual(canaries.findIn({ headers: {}, body: Buffer.from('112-233-445 96') }), {});
  const token = `{"id_token":"eyJh.${Buffer.from('{"n":"11223344595"}').toString('base64url')}.x"}`;
  assert.deepEqual(canaries.findIn({ headers: {}, body: Buffer.from(token) }), { x: ['profile'] });
});
