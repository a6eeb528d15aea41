// What citizens do, step by step over the interface: prove a number, register, confirm who they are, fetch
// documents. Tests about one step use these for the steps before it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { until } from './harness.mjs';

export const PASSWORD = 'четыре слова не связаны';
let numbers = 0;

/** A mobile number nobody in this run has had. */
export function newPhone(world) {
  numbers += 1;
  const phone = `+7917600${String(1000 + numbers)}`;
  world.secrets.addPhone(phone);
  return phone;
}

export function reasonOf(response) {
  return response.json?.type?.replace('urn:beresta:problem:', '');
}

/** The problem expected, and no other; the words were checked by the contract. */
export function assertProblem(response, status, reason) {
  assert.deepEqual([response.status, reasonOf(response)], [status, reason], response.text);
  return response.json;
}

export function assertStatus(response, status) {
  assert.equal(response.status, status, response.text);
  return response.json;
}

/** Calls and messages a phone has received, newest first. */
export function phoneOf(world, phone) {
  return world.sandboxAsks('GET', `/phone/messages?to=${encodeURIComponent(phone)}`);
}

/** The words before a code; a long one stands in groups. */
const kCode = /(?:ваш код|your code is) (\d[\d ]*\d)/;

export function codeOf(message) {
  return message.kind === 'call' ? message.from.slice(-5) : kCode.exec(message.text)[1].replaceAll(' ', '');
}

/** A call, or an SMS with a code: not a notice. */
const hasCode = (message) => message.kind === 'call' || kCode.test(message.text);

/** How many codes the phone has received. */
export async function codesOf(world, phone) {
  return (await phoneOf(world, phone)).filter(hasCode).length;
}

/** Waits until the phone has received `count` codes in all; gives the newest one. */
export async function readCode(world, phone, count = 1) {
  const messages = await until(`code ${count} for the phone`, async () => {
    const received = (await phoneOf(world, phone)).filter(hasCode);
    return received.length >= count && received;
  });
  const code = codeOf(messages[0]);
  world.secrets.add('code', code);
  return code;
}

export async function startChallenge(client, phone, channel = 'call') {
  return assertStatus(await client.post('/api/v1/challenges', { phone, channel }), 202);
}

/** The first nonce from `from` on that does, or does not, what a puzzle asks for. */
export function solve({ puzzle, bits }, { from = 0, rightly = true } = {}) {
  const seed = createHash('sha256').update(puzzle).digest();
  const nonce = Buffer.alloc(8);
  for (let i = from; ; i += 1) {
    nonce.writeUInt32BE(i, 4);
    const first = createHash('sha256').update(seed).update(nonce).digest().readUInt32BE(0);
    if ((Math.clz32(first) >= bits) === rightly) return i;
  }
}

/** Asks for a code as a browser does that may have to work for it. */
export async function startChallengeWorking(client, phone, channel = 'sms') {
  const first = await client.post('/api/v1/challenges', { phone, channel });
  if (first.status !== 403) return assertStatus(first, 202);
  assertProblem(first, 403, 'challenge.work_needed');
  const work = assertStatus(await client.post('/api/v1/challenges/work', { phone }), 200);
  const proof = { work_puzzle: work.puzzle, work_nonce: solve(work) };
  return assertStatus(await client.post('/api/v1/challenges', { phone, channel, ...proof }), 202);
}

export function answer(client, challenge, code) {
  return client.post(`/api/v1/challenges/${challenge.challenge_id}/answer`, { code });
}

/** A code that is not the right one but looks like it. */
export const wrongCode = (code) => code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));

/** Proves a number. @return RegistrationStarted */
export async function proveNumber(client, phone, channel = 'call', messages = 1) {
  const challenge = await startChallenge(client, phone, channel);
  return assertStatus(await answer(client, challenge, await readCode(client.world, phone, messages)), 200);
}

/** What the person has seen of the edition in force. */
export async function seen(client, kind) {
  const edition = assertStatus(await client.get(`/api/v1/editions/${kind}/current`), 200);
  return { number: edition.number, language: edition.language, sha256: edition.sha256 };
}

export function setPassword(client, registration_token, password = PASSWORD) {
  // The word itself stands in the names of routes.
  if (password.toLowerCase() !== 'password') client.world.secrets.add('password', password);
  return client.put('/api/v1/registration/password', { registration_token, password });
}

export async function acceptAgreement(client, registration_token) {
  return client.put('/api/v1/registration/agreement', { registration_token, ...(await seen(client, 'agreement')) });
}

export async function giveConsent(client, registration_token) {
  return client.put('/api/v1/registration/consent', { registration_token, ...(await seen(client, 'consent')) });
}

/** The whole registration; the client is signed in afterwards. */
export async function registerByCall(client, phone = newPhone(client.world)) {
  const { registration_token } = await proveNumber(client, phone);
  assertStatus(await setPassword(client, registration_token), 200);
  assertStatus(await acceptAgreement(client, registration_token), 200);
  const { me } = assertStatus(await giveConsent(client, registration_token), 201);
  return { client, phone, password: PASSWORD, citizenId: me.citizen_id };
}

export function signIn(client, phone, password = PASSWORD) {
  return client.post('/api/v1/sessions', { phone, password });
}

/** The identity provider's pages, walked through by a program with its own cookies. */
class ProviderVisit {
  cookies = new Map();

  constructor(callbackPrefix) { this.callbackPrefix = callbackPrefix; }

  /** Follows redirects; stops before it would leave for the callback. */
  async open(address, form) {
    let [url, init] = [new URL(address), form && { method: 'POST', body: new URLSearchParams(form) }];
    for (let hops = 0; hops < 12; hops += 1) {
      if (url.href.startsWith(this.callbackPrefix)) return { url };
      const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
      const response = await fetch(url, { ...init, headers, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        this.cookies.set(name, value);
      }
      const text = await response.text();
      const location = response.headers.get('location');
      if (!location) return { url, status: response.status, text };
      [url, init] = [new URL(location, url), undefined];
    }
    throw new Error('the identity provider redirects for ever');
  }
}

/**
 * Signs in at the provider. @param who  {person: '0'} or {snils, password}
 * @return the callback's path and query, for the client to open
 */
export async function visitProvider(world, authorizationUrl, who, decision = 'allow') {
  const visit = new ProviderVisit(`${world.publicUrl}/api/v1/identity-provider/callback`);
  const login = await visit.open(authorizationUrl);
  assert.equal(login.status, 200, login.text);
  const consent = await visit.open(`${login.url.origin}${login.url.pathname}/login`, who);
  const end = await visit.open(`${consent.url.origin}${consent.url.pathname}/${decision}`, {});
  assert.ok(end.url.href.startsWith(visit.callbackPrefix), end.text);
  for (const name of ['code', 'state']) world.secrets.add(`provider ${name}`, end.url.searchParams.get(name));
  return end.url.pathname + end.url.search;
}

/** @param provider  its id; may be left out where there is only one */
export async function leaveForProvider(client, intent = 'raise', provider = undefined) {
  const { authorization_url } = assertStatus(
    await client.post('/api/v1/identity-provider/authorizations', { intent, provider }), 201);
  return authorization_url;
}

/** Leaves, signs in there and comes back. @return where the server sends the browser: path and query */
export async function goToProvider(client, who, { intent = 'raise', decision = 'allow', provider } = {}) {
  const url = await leaveForProvider(client, intent, provider);
  const back = await client.get(await visitProvider(client.world, url, who, decision));
  assertStatus(back, 303);
  return back.headers.location;
}

/** Raises the level of a signed-in client as demo person number `person`, or as `{snils, password}`. */
export async function raise(client, who = { person: '0' }, provider = undefined) {
  const record = who.person === undefined ? { snils: who.snils } : { index: who.person };
  const person = await client.world.person(record);
  assert.equal(await goToProvider(client, who, { provider }), '/level?result=verified');
  return person;
}

export async function allowRegistries(client) {
  return assertStatus(
    await client.put('/api/v1/consents/registry_documents', await seen(client, 'registry-permission')), 200);
}

export const KINDS = ['passport', 'driving_licence', 'snils', 'oms', 'inn'];

export async function listDocuments(client) {
  const { documents } = assertStatus(await client.get('/api/v1/documents'), 200);
  return Object.fromEntries(documents.map((document) => [document.kind, document]));
}

/** Waits until none of the kinds is on its way. */
export function settledDocuments(client, kinds = KINDS, within = 6000) {
  return until('documents to settle', async () => {
    const documents = await listDocuments(client);
    return kinds.every((kind) => documents[kind].state !== 'fetching') && documents;
  }, { within, every: 50 });
}

export async function requestDocuments(client, kinds = KINDS) {
  return assertStatus(await client.post('/api/v1/documents', { kinds }), 202);
}

/** Waits until every question of the Digital ID has its answer. */
export function answersKnown(client) {
  return until('the answers from the registries', async () => {
    const { questions } = assertStatus(await client.get('/api/v1/digital-id'), 200);
    return questions.length > 0 && questions.every(({ state }) => state === 'ready');
  }, { within: 15_000, every: 100 });
}

/** A verified citizen with permission given and all documents asked for. */
export async function citizenWithDocuments(world, person = '0') {
  const citizen = await registerByCall(world.client());
  const record = await raise(citizen.client, { person });
  await allowRegistries(citizen.client);
  await requestDocuments(citizen.client);
  const documents = await settledDocuments(citizen.client);
  return { ...citizen, record, documents };
}
