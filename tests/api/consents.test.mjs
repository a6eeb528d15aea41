// Consents: all of them in one place, given by a document, for a term, in parts; narrowed and withdrawn with
// effect at once, for codes and tokens that are out as well.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from './harness.mjs';
import { agree, answer, beginSignIn, connect, look, open, post, signInAt, startWorldWith } from './parties.mjs';
import { assertProblem, assertStatus, registerByCall, seen } from './people.mjs';

const BACK = 'https://bank.example/cb';
const DAY = 86_400_000;
let world;
let parties;
let config;

before(async () => {
  ({ world, parties } = await startWorldWith({
    bank: { redirect_uris: [BACK], claims: ['phone_number', 'email'], offline_access: true },
  }));
  config = await connect(world, parties.bank);
});
after(() => world?.stop());

const consents = async (client) => assertStatus(await client.get('/api/v1/consents'), 200);
const one = async (client, purpose) => (await consents(client)).consents.find((each) => each.purpose === purpose);
const narrow = (client, path, json) => client.call('PATCH', `/api/v1/consents/${path}`, { json });
const bankSignIn = (client) => signInAt(config, client, { redirect_uri: BACK, scope: 'openid phone offline_access' });
const inDays = (days) => new Date(Date.now() + days * DAY).toISOString().replace(/\.\d+/, '');

async function userinfo(token) {
  const response = await fetch(`${world.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, json: await response.json() };
}

describe('what one has agreed to', () => {
  test('stands in one place, with the text, from its first day on', async () => {
    const { client } = await registerByCall(world.client());
    const all = await consents(client);
    const account = all.consents.find(({ purpose }) => purpose === 'account');
    const edition = await seen(client, 'consent');
    assert.deepEqual([account.state, account.edition_sha256], ['granted', edition.sha256]);
    assert.equal(all.consents.filter(({ state }) => state === 'absent').length, all.consents.length - 1);
    assert.deepEqual([all.past, all.parties], [[], []]);
    assert.equal(all.acceptances[0].edition_sha256, (await seen(client, 'agreement')).sha256);
    assertProblem(await client.delete('/api/v1/consents/account'), 409, 'consent.required_for_account');
    assertProblem(await client.delete('/api/v1/consents/advertising'), 404, 'consent.purpose_unknown');
  });

  test('is asked for by rules that anyone can read', async () => {
    const rules = assertStatus(await world.client().get('/api/v1/consent-rules'), 200);
    assert.match(rules.document_basis, /152-ФЗ/);
    assert.ok(rules.fields.includes('withdrawal'));
    assert.equal(rules.purposes.find(({ purpose }) => purpose === 'account').days, undefined);
    assert.equal(rules.purposes.find(({ purpose }) => purpose === 'party').days, 365);
  });
});

describe('informing', () => {
  const give = async (client, change = {}, topic = 'debts') =>
    client.put(`/api/v1/consents/informing_${topic}`,
      { ...await seen(client, `informing-${topic}`), scope: ['sms', 'email'], ...change });

  test('is given for one topic, through chosen channels, for a year at most', async () => {
    const { client } = await registerByCall(world.client());
    assertProblem(await give(client, { scope: [] }), 400, 'consent.scope_needed');
    assertProblem(await give(client, { scope: undefined }), 400, 'consent.scope_needed');
    assertProblem(await give(client, { scope: ['pigeon'] }), 400, 'consent.scope_unknown');
    assertProblem(await give(client, { scope: [7] }), 400, 'json.member_type');
    assertProblem(await give(client, { expires_at: inDays(-1) }), 400, 'consent.term_past');
    assertProblem(await give(client, { expires_at: inDays(400) }), 400, 'consent.term_too_long');
    assertProblem(await give(client, { expires_at: 'soon' }), 400, 'json.member_range');
    assertProblem(await give(client, { sha256: (await seen(client, 'informing-health')).sha256 }), 400, 'edition.mismatch');
    const given = assertStatus(await give(client), 200);
    assert.deepEqual([given.state, given.scope], ['granted', ['sms', 'email']]);
    const days = (new Date(given.expires_at) - new Date(given.granted_at)) / DAY;
    assert.equal(days, 365);
    assertProblem(await give(client), 409, 'consent.already_granted');
    assert.equal((await one(client, 'informing_health')).state, 'absent', 'no topic comes along with another');
  });

  test('is narrowed channel by channel and given anew', async () => {
    const { client } = await registerByCall(world.client());
    assertProblem(await narrow(client, 'informing_debts', { scope: ['sms'] }), 404, 'consent.not_granted');
    assertStatus(await give(client), 200);
    assertProblem(await narrow(client, 'informing_debts', { scope: [] }), 400, 'consent.narrow_to_nothing');
    assertProblem(await narrow(client, 'informing_debts', { scope: ['cabinet'] }), 400, 'consent.narrow_wider');
    assertProblem(await narrow(client, 'informing_debts', { scope: ['email', 'sms'] }), 400, 'consent.not_narrower');
    assertProblem(await narrow(client, 'account', { scope: ['sms'] }), 400, 'consent.not_divided');
    const narrowed = assertStatus(await narrow(client, 'informing_debts', { scope: ['email'] }), 200);
    assert.deepEqual([narrowed.scope, narrowed.granted_scope], [['email'], ['sms', 'email']]);
    assertStatus(await client.delete('/api/v1/consents/informing_debts'), 204);
    assertStatus(await give(client, { scope: ['cabinet'] }), 200);
    const { past, consents: now } = await consents(client);
    assert.deepEqual([past.length, past[0].state, past[0].scope], [1, 'withdrawn', ['email']]);
    assert.deepEqual(now.find(({ purpose }) => purpose === 'informing_debts').scope, ['cabinet']);
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    const acts = operations.filter(({ kind }) => kind.startsWith('consent.')).map(({ kind, subject }) => `${kind} ${subject}`);
    assert.deepEqual(acts.slice(0, 4), ['consent.granted informing_debts cabinet', 'consent.withdrawn informing_debts',
      'consent.narrowed informing_debts email', 'consent.granted informing_debts sms email']);
  });

  test('ends by itself at its term', async () => {
    const { client } = await registerByCall(world.client());
    const soon = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    assertStatus(await give(client, { expires_at: soon.toISOString().replace('.000', '') }), 200);
    assert.equal((await one(client, 'informing_debts')).state, 'granted');
    await pause(soon - Date.now() + 20);
    assert.equal((await one(client, 'informing_debts')).state, 'expired');
    assertProblem(await client.delete('/api/v1/consents/informing_debts'), 409, 'consent.expired');
    assertProblem(await narrow(client, 'informing_debts', { scope: ['sms'] }), 409, 'consent.expired');
    assertStatus(await give(client), 200);
  });
});

describe('a consent to a party', () => {
  test('is given to the document that was shown, which stays readable', async () => {
    const { client } = await registerByCall(world.client());
    const { url } = await beginSignIn(config, { redirect_uri: BACK, scope: 'openid phone' });
    const { id } = await open(client, url);
    const { document, expires_at } = await look(client, id);
    assert.match(document.text, /«Поликлиника»[\s\S]*Запись к врачу[\s\S]*номер телефона[\s\S]*365 дней/);
    assert.ok(new Date(expires_at) - Date.now() > 364 * DAY);
    const decide = (json) => client.post(`/api/v1/authorizations/${id}/decision`, json);
    assertProblem(await decide({ decision: 'agree' }), 400, 'authorization.document_needed');
    assertProblem(await decide({ decision: 'agree', document_sha256: '0'.repeat(64) }), 409, 'authorization.document_changed');
    assertStatus(await answer(client, id, 'agree'), 200);
    const { parties: [given] } = await consents(client);
    assert.deepEqual([given.state, given.claims, given.document_sha256], ['granted', ['phone_number'], document.sha256]);
    const kept = assertStatus(await client.get(`/api/v1/consent-documents/${document.sha256}`), 200);
    assert.equal(kept.text, document.text);
    assertProblem(await client.get(`/api/v1/consent-documents/${'0'.repeat(64)}`), 404, 'consent.document_unknown');
  });

  test('narrowed, gives a token that is out no more than what is left', async () => {
    const { client } = await registerByCall(world.client());
    const tokens = await signInAt(config, client, { redirect_uri: BACK, scope: 'openid phone email' });
    assert.ok((await userinfo(tokens.access_token)).json.phone_number);
    const path = `parties/${parties.bank.client_id}`;
    assertProblem(await narrow(client, path, { claims: [] }), 400, 'consent.narrow_to_nothing');
    assertProblem(await narrow(client, path, { claims: ['snils'] }), 400, 'consent.narrow_wider');
    assertProblem(await narrow(client, path, { claims: ['email', 'phone_number'] }), 400, 'consent.not_narrower');
    assertProblem(await narrow(client, 'parties/nobody', { claims: ['email'] }), 404, 'connection.unknown');
    assertStatus(await narrow(client, path, { claims: ['email'] }), 204);
    const left = await userinfo(tokens.access_token);
    assert.deepEqual([left.status, Object.keys(left.json)], [200, ['sub']], 'the account has no e-mail');
    const { parties: [given] } = await consents(client);
    assert.deepEqual([given.claims, given.granted_claims.toSorted()], [['email'], ['email', 'phone_number']]);
    const again = await beginSignIn(config, { redirect_uri: BACK, scope: 'openid phone' });
    const { id } = await open(client, again.url);
    assert.equal((await look(client, id)).state, 'consent', 'what was taken back is asked for again');
  });

  test('withdrawn, ends tokens that are out and codes that are on their way', async () => {
    const { client } = await registerByCall(world.client());
    const tokens = await bankSignIn(client);
    const begun = await beginSignIn(config, { redirect_uri: BACK, scope: 'openid phone offline_access' });
    const code = (await agree(client, begun.url)).searchParams.get('code');
    assertStatus(await client.delete(`/api/v1/consents/parties/${parties.bank.client_id}`), 204);
    assert.equal((await userinfo(tokens.access_token)).status, 401);
    const form = { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: begun.kept.pkceCodeVerifier };
    const exchanged = await post(world, '/oauth/token', form, { basic: parties.bank });
    assert.deepEqual([exchanged.status, exchanged.json.error], [400, 'invalid_grant']);
    const refreshed = await post(world, '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, { basic: parties.bank });
    assert.deepEqual([refreshed.status, refreshed.json.error], [400, 'invalid_grant']);
    assertProblem(await client.delete(`/api/v1/consents/parties/${parties.bank.client_id}`), 404, 'connection.unknown');
    await bankSignIn(client);
    assert.equal((await userinfo(tokens.access_token)).status, 401, 'a new consent brings no old token back');
    const states = (await consents(client)).parties.map(({ state }) => state);
    assert.deepEqual(states, ['granted', 'withdrawn']);
  });

  test('is in the log that its giver checks', async () => {
    const { client } = await registerByCall(world.client());
    await bankSignIn(client);
    assertStatus(await client.delete(`/api/v1/consents/parties/${parties.bank.client_id}`), 204);
    await until('the log has the withdrawal', async () => {
      const { text } = await client.get('/api/v1/log/entries');
      return text.includes('party.disconnected') && text.includes('party.agreed');
    });
  });
});
