// The world of the crawl: two citizens whose every value is a canary, staff of each role, parties with tokens, a
// checker with a code; and the ids of what is theirs.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { Authenticator } from './authenticator.mjs';
import { Canaries } from './canaries.mjs';
import { SMS_AFTER_S, WITNESS_VKEY } from './crawl_errands.mjs';
import { until } from './harness.mjs';
import { CALLBACK, beginSignIn, connect, open, signInAt, startWorldWith } from './parties.mjs';
import { answersKnown, assertStatus, citizenWithDocuments, registerByCall, seen, startChallenge } from './people.mjs';
import { DAY, copyEditions, writeEdition } from './second_edition.mjs';
import { Wallet } from './wallet.mjs';
import { pseudonym } from '../../tools/log1/record.mjs';

const MINE = '/api/v1/subject-requests';
const DESK = '/api/v1/desk/subject-requests';
const NOBODY = '01a00000-0000-7000-8000-000000000000';
const WORDS = { a: 'приметная черёмуха у калитки', b: 'приметный можжевельник за баней', answer: 'приметная рябина у крыльца' };

async function staff(world, role) {
  const { client, phone, citizenId } = await registerByCall(world.client());
  const granted = await world.run('staff', 'grant', '--phone', phone, '--role', role, '--config', world.configFile);
  if (granted.code !== 0) throw new Error(granted.output);
  return { name: role === 'registrar' ? 'registrar' : 'officer', client, phone, citizenId, actor: `staff:${role}:${citizenId}` };
}

async function giveEmail(citizen, address) {
  const { client } = citizen;
  assertStatus(await client.put('/api/v1/me/email', { email: address }), 202);
  const letters = await until(`a letter to ${address}`, async () => {
    const all = await client.world.sandboxAsks('GET', `/mail/messages?to=${encodeURIComponent(address)}`);
    return all.length > 0 && all;
  }, { within: 8000 });
  const [code] = /\b\d{8}\b/.exec(letters[0].text);
  client.world.secrets.add('code', code);
  assertStatus(await client.post('/api/v1/me/email/confirmation', { code }), 204);
  citizen.email = address;
}

const file = async (citizen, kind, text) => {
  const made = assertStatus(await citizen.client.post(MINE, { kind, text }), 201);
  citizen.words.push(text);
  return made.request_id;
};
const take = async (officer, id) => {
  assertStatus(await officer.client.call('POST', `${DESK}/${id}/taking`, { headers: { 'if-match': '"1"' } }), 200);
  return id;
};

/** A citizen with a value of every kind. */
async function person(world, index, name) {
  const citizen = await citizenWithDocuments(world, index);
  citizen.words = [];
  citizen.address = `Казань, ул. ${name === 'a' ? 'Канареечная' : 'Соловьиная'}, д. 1`;
  world.secrets.add('address', citizen.address);
  assertStatus(await citizen.client.put('/api/v1/me/attributes/living_address', { value: citizen.address }), 204);
  const address = `canary.${name}@mail.example`;
  world.secrets.add('e-mail', address);
  await giveEmail(citizen, address);
  const key = new Authenticator({ alg: -7, origin: world.publicUrl, rpId: 'localhost' });
  const options = assertStatus(await citizen.client.post('/api/v1/me/passkeys/options'), 200);
  const passkey = assertStatus(await citizen.client.post('/api/v1/me/passkeys', { name: 'Ключ', credential: key.create(options) }), 201);
  return { ...citizen, passkey };
}

function canariesOf(canaries, citizen, portrait) {
  const { citizenId: id, record, phone } = citizen;
  canaries.addNumber(id, phone.slice(-10), 'profile');
  canaries.add(id, citizen.email, 'profile');
  canaries.add(id, citizen.address, 'profile');
  canaries.addNumber(id, record.passport.series + record.passport.number, 'documents');
  canaries.addNumber(id, record.oms?.number, 'documents');
  canaries.addBody(id, portrait, 'documents');
  for (const words of citizen.words) canaries.add(id, words, 'requests');
  // What an entry of theirs says is shown to an officer as part of their requests and objections.
  canaries.add(id, pseudonym(id), 'requests');
  canaries.addNumber(id, record.snils, 'profile', 'documents');
  canaries.addNumber(id, record.tax?.inn, 'profile', 'documents');
  for (const part of ['family_name', 'middle_name']) canaries.add(id, record.name[part], 'profile', 'documents');
}

/** The text by which A let a party have data. */
function documentOf(consents) {
  const digest = Object.values(consents).flat().map((one) => one?.document_sha256).find(Boolean);
  assert.ok(digest, 'no consent to a party has a document');
  return digest;
}

/** Two disputes of A: one open, one answered with words that are A's alone. */
async function disputesOf({ a, officer }) {
  const { entries } = assertStatus(await a.client.get('/api/v1/log/entries?limit=100'), 200);
  const [disputed, objection] = entries.slice(8).map(({ entry_id: id }) => id);
  for (const id of [disputed, objection]) {
    assertStatus(await a.client.post(`/api/v1/log/entries/${id}/dispute`, { reason: 'other' }), 204);
  }
  assertStatus(await officer.client.post(`/api/v1/desk/disputes/${objection}/answer`, { outcome: 'wrongful', text: WORDS.answer }), 200);
  a.words.push(WORDS.answer);
  return { disputed, objection };
}

async function idsOf(w) {
  const { a, b, officer, world } = w;
  const get = async (path) => assertStatus(await a.client.get(path), 200);
  const { sessions } = await get('/api/v1/sessions');
  const { numbers } = await get('/api/v1/me/numbers');
  const requests = {
    request: await file(a, 'contest', WORDS.a),
    answered: await file(a, 'copy', undefined),
    second: await file(a, 'contest', `${WORDS.a}, вторая`),
    taken: await take(officer, await file(a, 'contest', `${WORDS.a}, другая`)),
    third: await take(officer, await file(a, 'contest', `${WORDS.a}, третья`)),
    fourth: await take(officer, await file(a, 'contest', `${WORDS.a}, четвёртая`)),
    ofB: await take(officer, await file(b, 'contest', WORDS.b)),
  };
  const { entries } = await until('an entry with its place', async () => {
    const page = await get('/api/v1/log/entries?limit=5');
    return page.entries.at(-1)?.index !== undefined && page;
  });
  const consents = await get('/api/v1/consents');
  const challenge = await startChallenge(world.client(), b.phone, 'call');
  return {
    kind: 'agreement', number: '1', provider: 'esia', purpose: 'registry_documents', client_id: w.parties.spare.client_id,
    challenge_id: challenge.challenge_id, session_id: sessions[0].session_id, number_id: numbers[0].number_id,
    passkey_id: a.passkey.passkey_id, name: 'living_address', logout_id: NOBODY, entry_id: entries.at(-1).entry_id,
    device_id: w.wallet.device.device_id, level: '0', a: 'x000', b: 'x000', c: 'x000', d: 'x000', e: '000',
    authorization: w.authorizationId, category: 'profile', sha256: documentOf(consents), ...requests, ...await disputesOf(w),
  };
}

/** An agreement that waits, a witness, and an SMS that may be asked for soon. */
function changes({ folder }) {
  const editions = copyEditions(folder);
  writeEdition(editions, { published: Date.now() - 15 * DAY, inForce: Date.now() + 20 * DAY });
  return {
    installation: { editions_dir: editions }, limits: { sms_after_s: SMS_AFTER_S }, transparency: { witnesses: [WITNESS_VKEY] },
  };
}

export async function makeCrawlWorld() {
  const claims = ['family_name', 'given_name', 'phone_number', 'email', 'snils', 'id_doc'];
  const { world, parties } = await startWorldWith({
    shop: { claims, offline_access: true, device_grant: true },
    other: { redirect_uris: ['https://other.example/cb'], claims: ['phone_number'], service_scopes: ['orders:read'] },
    resource: { redirect_uris: [], claims: [], introspects_all: true },
    spare: { redirect_uris: ['https://spare.example/cb'], claims: ['phone_number'], device_grant: true },
  }, { changes });
  const w = { world, parties, callback: CALLBACK, stranger: NOBODY };
  [w.a, w.b] = [await person(world, '0', 'a'), await person(world, '1', 'b')];
  w.officer = await staff(world, 'data_protection_officer');
  await answersKnown(w.a.client);
  w.wallet = new Wallet(w.a.client);
  await w.wallet.register();
  [w.attestation] = await w.wallet.attestations('identity');
  w.config = await connect(world, parties.shop);
  w.tokens = await signInAt(w.config, w.a.client, { scope: 'openid profile phone email snils id_doc offline_access' });
  const { url } = await beginSignIn(w.config, { scope: 'openid phone' });
  w.authorization = Object.fromEntries(url.searchParams);
  w.authorizationId = (await open(w.a.client, url)).id;
  w.permission = await seen(w.a.client, 'registry-permission');
  const second = assertStatus(await world.client().get('/api/v1/editions/agreement/2'), 200);
  w.second = { number: 2, language: second.language, sha256: second.sha256 };
  w.ids = await idsOf(w);
  await finish(w);
  return w;
}

async function finish(w) {
  const { world, parties, a, b, config } = w;
  const service = await connect(world, parties.other);
  const own = await oidc.clientCredentialsGrant(service, { scope: 'orders:read' });
  for (const name of ['access_token']) world.secrets.add(name, own[name]);
  w.canaries = new Canaries();
  w.shownToOwners = [];
  for (const citizen of [a, b]) {
    const portrait = await citizen.client.get('/api/v1/documents/passport/portrait');
    canariesOf(w.canaries, citizen, portrait.body);
    const { requests } = assertStatus(await citizen.client.get(MINE), 200);
    const open = requests.find(({ kind }) => kind === 'contest');
    w.shownToOwners.push(portrait, await citizen.client.get('/api/v1/documents'), await citizen.client.get('/api/v1/me/attributes'),
      await citizen.client.get(`${MINE}/${open.request_id}`));
  }
  w.treeSize = Number((await world.client().get('/log/checkpoint')).text.split('\n')[1]);
  const anonymous = (name, more = {}) => ({ name, client: world.client(), ...more });
  // Whoever has least comes first: the last ones take things away.
  w.roles = [
    anonymous('anonymous'),
    anonymous('checker'),
    anonymous('other party', { party: parties.other, bearer: own.access_token, actor: `party:${parties.other.client_id}` }),
    anonymous('introspecting party', { party: parties.resource, actor: `party:${parties.resource.client_id}` }),
    anonymous('shop', { party: parties.shop, bearer: w.tokens.access_token, config, actor: `party:${parties.shop.client_id}` }),
    await staff(world, 'registrar'),
    w.officer,
    { name: 'B', ...b, actor: 'citizen' },
    { name: 'A', ...a, actor: 'citizen' },
  ];
}
