// Leaving: what is said before, the call that confirms, the term to change one's mind, and what is left
// afterwards, looked for in the database files themselves.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { agree, beginSignIn, connect, post, signInAt, startWorldWith } from './parties.mjs';
import {
  assertProblem, assertStatus, citizenWithDocuments, codesOf, phoneOf, proveNumber, readCode, registerByCall,
  signIn, startChallenge, wrongCode,
} from './people.mjs';

const DELETION = '/api/v1/me/deletion';

const ask = (client, channel = 'call') => client.post(`${DELETION}/challenge`, { channel });
const confirm = (client, code) => client.put(DELETION, { code });

/** The whole way to a frozen account. @return Deletion */
async function leave(client, phone) {
  const before = await codesOf(client.world, phone);
  assertStatus(await ask(client), 202);
  const deletion = assertStatus(await confirm(client, await readCode(client.world, phone, before + 1)), 200);
  client.world.secrets.add('receipt', deletion.receipt);
  return deletion;
}

const lookUp = (world, receipt) => world.client().post('/api/v1/deletion-receipts', { receipt });

/** Rows of the citizen by table, for every table that has a citizen in it, by the schema, so that a new one is looked
 * at too. */
function rowsOf({ databases }, id) {
  const tables = databases.columns().filter(([, column]) => column === 'citizen_id').map(([table]) => table);
  const counts = tables.map((table) => `SELECT '${table}' AS place, count(*) AS rows_of FROM ${table} WHERE citizen_id = ${databases.bytes(id)}`);
  return Object.fromEntries(databases.select(counts.join(' UNION ALL ')).map(({ place, rows_of: rows }) => [place, rows]));
}

const keysOf = ({ databases }, id) =>
  databases.select(`SELECT category FROM data_key WHERE citizen_id = ${databases.bytes(id)}`, databases.settings.keys_url);

/** Which columns of the data hold these bytes; none when they lie in pages that nothing points to. */
const columnsWith = ({ databases }, digits) => databases.columns().filter(([table, column]) =>
  databases.select(`SELECT ${column} AS held FROM ${table}`).some(({ held }) => {
    const text = String(held);
    return text.includes(digits) || Buffer.from(text).toString('hex').includes(digits);
  })).map((place) => place.join('.'));

/** Lets the budgets forget: their counters know a number by its keyed digest and die long before a real term. */
function forgetBudgets({ databases }) {
  const [{ late }] = databases.select('SELECT max(expires_at_utc) AS late FROM abuse_counter');
  assert.ok(late < (Date.now() + 3 * 24 * 3600 * 1000) * 1000, 'a counter outlives three days');
  databases.change('DELETE FROM abuse_counter');
}

describe('before and after confirming', () => {
  let world;
  before(async () => { world = await startWorld(); });
  after(() => world.stop());

  test('what goes, what stays, why and how long is said before anything happens', async () => {
    const { client } = await registerByCall(world.client());
    const deletion = assertStatus(await client.get(DELETION), 200);
    assert.deepEqual([deletion.state, deletion.term_s, deletion.receipt], ['none', 14 * 24 * 3600, undefined]);
    assert.deepEqual(deletion.ends_at_once, ['sessions', 'digital_id']);
    assert.ok(deletion.erased_after_term.includes('keys'));
    assert.deepEqual(deletion.kept.map(({ what, days }) => [what, days]), [['consent_record', 1095]]);
    assert.match(deletion.kept[0].basis, /152-ФЗ/);
  });

  test('the last five digits of the calling number confirm it, and nothing else does', async () => {
    const { client, phone } = await registerByCall(world.client());
    assertProblem(await confirm(client, '12345'), 409, 'deletion.not_asked');
    assertProblem(await ask(client, 'sms'), 409, 'deletion.call_first');
    const challenge = assertStatus(await ask(client), 202);
    assert.deepEqual([challenge.channel, challenge.code_digits], ['call', 5]);
    const code = await readCode(world, phone, 2);
    const wrong = assertProblem(await confirm(client, wrongCode(code)), 403, 'challenge.code_wrong');
    assert.equal(wrong.attempts_left, 2);
    assert.equal(assertStatus(await confirm(client, code), 200).state, 'frozen');
    assertProblem(await confirm(client, code), 409, 'deletion.not_asked');
  });

  test('a code for something else does not delete', async () => {
    const { client, phone } = await registerByCall(world.client());
    assertStatus(await ask(client), 202);
    await readCode(world, phone, 2);
    await startChallenge(world.client(), phone); // the newest code belongs to a recovery
    const foreign = await readCode(world, phone, 3);
    assertProblem(await confirm(client, foreign), 403, 'challenge.code_wrong');
    assert.equal(assertStatus(await client.get(DELETION), 200).state, 'none');
  });

  test('asking without a session, or with another body, is refused', async () => {
    assertProblem(await world.client().get(DELETION), 401, 'http.unauthenticated');
    assertProblem(await ask(world.client()), 401, 'http.unauthenticated');
    const { client } = await registerByCall(world.client());
    assertProblem(await client.post(`${DELETION}/challenge`, { channel: 'pigeon' }), 400, 'challenge.channel_unknown');
    assertStatus(await client.post(`${DELETION}/challenge`, { channel: 'call', phone: '+79170000000' }), 400);
    assertStatus(await client.put(DELETION, {}), 400);
    assertProblem(await client.post(`${DELETION}/challenge`, { channel: 'call' }, { csrf: false }), 403, 'http.csrf');
  });

  test('a frozen account shows the way back and the way out, and nothing else', async () => {
    const { client, phone } = await registerByCall(world.client());
    const other = world.client();
    assertStatus(await signIn(other, phone), 201);
    const deletion = await leave(client, phone);
    assert.match(deletion.receipt, /^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(Date.parse(deletion.erases_at) - Date.parse(deletion.confirmed_at), 14 * 24 * 3600 * 1000);
    assertProblem(await other.get('/api/v1/me'), 401, 'http.unauthenticated');
    for (const path of ['/api/v1/documents', '/api/v1/operations', '/api/v1/sessions', '/api/v1/me/attributes']) {
      assertProblem(await client.get(path), 403, 'http.account_frozen');
    }
    assert.equal(assertStatus(await client.get('/api/v1/me'), 200).closing, true);
    const again = world.client();
    assert.equal(assertStatus(await signIn(again, phone), 201).me.closing, true);
    assertProblem(await again.get('/api/v1/documents'), 403, 'http.account_frozen');
    assert.equal(assertStatus(await again.get(DELETION), 200).receipt, deletion.receipt);
    assertStatus(await again.delete('/api/v1/sessions/current'), 204);
  });

  test('one sign-in within the term undoes it', async () => {
    const { client, phone } = await registerByCall(world.client());
    const { receipt } = await leave(client, phone);
    const back = world.client();
    assertStatus(await signIn(back, phone), 201);
    assertStatus(await back.delete(DELETION), 204);
    assertProblem(await back.delete(DELETION), 404, 'deletion.none');
    assert.equal(assertStatus(await back.get('/api/v1/me'), 200).closing, undefined);
    for (const one of [back, client]) assertStatus(await one.get('/api/v1/documents'), 200);
    const { operations } = assertStatus(await back.get('/api/v1/operations'), 200);
    const kinds = operations.map(({ kind }) => kind);
    assert.ok(kinds.includes('account.deletion_confirmed') && kinds.includes('account.deletion_cancelled'));
    assert.equal(assertStatus(await lookUp(world, receipt), 200).state, 'cancelled');
  });

  test('two confirmations at once: exactly one counts', async () => {
    const { client, phone } = await registerByCall(world.client());
    assertStatus(await ask(client), 202);
    const code = await readCode(world, phone, 2);
    const answers = await Promise.all([confirm(client, code), confirm(client, code)]);
    assert.deepEqual(answers.map(({ status }) => status === 200).sort(), [false, true]);
  });

  test('receipts that are none are told apart from unknown ones', async () => {
    for (const text of ['', '7K3M', 'U'.repeat(20), '0'.repeat(21)]) {
      assertProblem(await lookUp(world, text), 400, 'receipt.malformed');
    }
    assertProblem(await lookUp(world, '0000 0000 0000 0000 0000'), 404, 'receipt.unknown');
  });
});

describe('the Digital ID', () => {
  let world;
  before(async () => { world = await startWorld(); });
  after(() => world.stop());

  test('is gone the moment the deletion is confirmed', async () => {
    const { client, phone } = await citizenWithDocuments(world);
    await leave(client, phone);
    assertProblem(await client.get('/api/v1/digital-id'), 403, 'http.account_frozen');
    assertStatus(await client.delete(DELETION), 204);
    const { device } = assertStatus(await client.get('/api/v1/digital-id'), 200);
    assert.equal(device, undefined);
  });
});

describe('when the term has passed', () => {
  let world;
  before(async () => { world = await startWorld({ changes: { account: { deletion_term_s: 1 } } }); });
  after(() => world.stop());

  test('nothing of the person is left but what was said, and the receipt proves it', async () => {
    const { client, phone, record } = await citizenWithDocuments(world);
    const bystander = await registerByCall(world.client());
    const me = assertStatus(await client.get('/api/v1/me'), 200);
    const id = me.citizen_id.replaceAll('-', '');
    const { databases } = world;
    const [{ blind_index: index }] = databases.select(
      `SELECT blind_index FROM login_index WHERE kind = 'phone' AND citizen_id = ${databases.bytes(id)}`);
    const held = Object.entries(rowsOf(world, id)).filter(([, rows]) => rows > 0).map(([table]) => table);
    assert.ok(['citizen', 'login_index', 'personal_record', 'consent', 'document'].every((one) => held.includes(one)));
    assert.ok(keysOf(world, id).length >= 2);

    const { receipt } = await leave(client, phone);
    const done = await until('the erasure', async () => {
      const found = assertStatus(await lookUp(world, receipt.toLowerCase().replaceAll('-', ' ')), 200);
      return found.state === 'erased' && found;
    }, { within: 15_000, every: 100 });

    // The proof counts what was there before, by table, and names what is kept, why and until when.
    const erased = Object.fromEntries(done.report.erased.map(({ table, rows }) => [table, rows]));
    for (const table of held.filter((one) => !['account_deletion'].includes(one))) assert.ok(erased[table] > 0, table);
    assert.ok(erased.data_key >= 2);
    assert.deepEqual(done.report.kept.map(({ table }) => table), ['kept_consent']);
    const days = (Date.parse(done.report.kept_until) - Date.parse(done.ended_at)) / (24 * 3600 * 1000);
    assert.equal(days, 1095);
    assert.match(done.report_sha256, /^[0-9a-f]{64}$/);

    // The person hears of it, although nothing that leads to them is stored any more.
    const farewell = await until('the last message', async () =>
      (await phoneOf(world, phone)).find(({ text }) => text?.includes(receipt)), { within: 8000 });
    assert.match(farewell.text, /удалён/);

    // Their session and their login are nobody's.
    assertProblem(await client.get('/api/v1/me'), 401, 'http.unauthenticated');
    assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
    assertStatus(await bystander.client.get('/api/v1/me'), 200);

    await world.stopServer();
    const left = rowsOf(world, id);
    assert.ok(Object.keys(left).length >= 20, 'the schema was read');
    assert.deepEqual(Object.entries(left).filter(([, rows]) => rows > 0), []);
    assert.deepEqual(keysOf(world, id), []);
    forgetBudgets(world);
    const traces = { id, index, masked: Buffer.from(me.phone_masked).toString('hex') };
    for (const text of [phone, record.snils, record.name.family_name, record.name.given_name]) {
      traces[`plaintext of ${text.length} characters`] = Buffer.from(text).toString('hex');
    }
    for (const [what, digits] of Object.entries(traces)) {
      assert.deepEqual(databases.placesOf(digits, databases.settings.keys_url), [], what);
      if (what === 'masked') continue; // a mask fits a hundred thousand numbers
      const places = databases.placesOf(digits);
      assert.deepEqual(places, [], `${what} is still in ${places.length > 0 && columnsWith(world, digits)}`);
    }
    const kept = databases.select('SELECT act, edition_kind, edition_number FROM kept_consent ORDER BY act');
    // Under this very receipt: otherwise nobody could ever show what it proves.
    assert.deepEqual(databases.select(`SELECT count(*) AS kept FROM kept_consent k
      JOIN deletion_receipt r ON r.receipt_hash = k.receipt_hash AND r.state = 'erased'`), [{ kept: 3 }]);
    assert.deepEqual(kept.map(({ act }) => act), ['acceptance', 'account', 'registry_documents']);
    await world.startServer();
    // The number is free for a new account.
    const { account } = await proveNumber(world.client(), phone, 'call', (await codesOf(world, phone)) + 1);
    assert.equal(account, 'new');
  });

  test('too late is said as such, and a code is not asked for', async () => {
    const { client, phone } = await registerByCall(world.client());
    const { receipt } = await leave(client, phone);
    await until('the erasure', async () => assertStatus(await lookUp(world, receipt), 200).state === 'erased',
      { within: 15_000, every: 100 });
    assertProblem(await client.delete(DELETION), 401, 'http.unauthenticated');
  });
});

describe('services signed in to', () => {
  const BACK = 'https://bank.example/cb';
  const told = [];
  let listener;
  let world;
  let parties;
  let config;
  before(async () => {
    listener = http.createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      told.push(new URLSearchParams(body).get('logout_token'));
      response.end();
    });
    await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${listener.address().port}/logout`;
    ({ world, parties } = await startWorldWith({
      bank: { redirect_uris: [BACK], claims: ['phone_number'], offline_access: true, backchannel_logout_uri: address },
      resource: { redirect_uris: [], claims: [], introspects_all: true },
    }, { changes: { account: { deletion_term_s: 6 } } }));
    config = await connect(world, parties.bank);
  });
  after(async () => {
    listener?.close();
    await world?.stop();
  });
  const wanted = { redirect_uri: BACK, scope: 'openid phone offline_access' };
  const active = async (token) => (await post(world, '/oauth/introspect', { token }, { basic: parties.resource })).json.active;
  const refresh = (token) =>
    post(world, '/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, { basic: parties.bank });

  test('tokens end when the account is frozen, agreements go when it is erased', async () => {
    const { client, phone } = await registerByCall(world.client());
    const tokens = await signInAt(config, client, wanted);
    assert.equal(await active(tokens.access_token), true);
    const { url, kept } = await beginSignIn(config, wanted);
    const onItsWay = await agree(client, url);
    const { receipt } = await leave(client, phone);

    // Frozen: no token speaks for the person, none can be made, and the party hears of it.
    assert.equal(await active(tokens.access_token), false);
    const userinfo = await fetch(`${world.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    assert.equal(userinfo.status, 401);
    assert.equal((await refresh(tokens.refresh_token)).json.error, 'invalid_grant');
    const late = await post(world, '/oauth/token', {
      grant_type: 'authorization_code', code: onItsWay.searchParams.get('code'), redirect_uri: BACK,
      code_verifier: kept.pkceCodeVerifier,
    }, { basic: parties.bank });
    assert.deepEqual([late.status, late.json.error], [400, 'invalid_grant']);
    await until('the logout token', () => told.length > 0);
    const next = await beginSignIn(config, wanted);
    const answer = await client.get(next.url.pathname + next.url.search);
    assert.ok(!/[?&]code=/.test(answer.headers.location ?? ''), 'a frozen account signs in nowhere');

    const done = await until('the erasure', async () => {
      const found = assertStatus(await lookUp(world, receipt), 200);
      return found.state === 'erased' && found;
    }, { within: 20_000, every: 200 });
    const erased = Object.fromEntries(done.report.erased.map(({ table, rows }) => [table, rows]));
    for (const table of ['party_grant', 'token_family', 'access_token', 'refresh_token']) assert.ok(erased[table] > 0, table);
    // The agreement, the account's consent and the one to the party.
    assert.deepEqual(done.report.kept, [{ table: 'kept_consent', rows: 3 }]);
    assert.equal(await active(tokens.access_token), false);
    assert.equal((await refresh(tokens.refresh_token)).json.error, 'invalid_grant');
  });
});
