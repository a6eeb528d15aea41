// What the roles of the crawl cannot do by being who they are: operations that want a secret which only a telephone, a
// device, a letter or a fresh step knows. Each is asked once as it should be, by somebody who has come for nothing else,
// whose number is a canary as well; the roles ask the same operation with what they have.
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { sha256 } from '../../tools/log1/merkle.mjs';
import { COSIGNATURE, cosignLine, parseNote, privateKey, publicBytes, vkeyOf } from '../../tools/log1/note.mjs';
import { Authenticator } from './authenticator.mjs';
import { until } from './harness.mjs';
import { post, signInAt } from './parties.mjs';
import {
  PASSWORD, acceptAgreement, answer, assertStatus, codesOf, newPhone, proveNumber, readCode, registerByCall, seen, setPassword,
  signIn, startChallenge,
} from './people.mjs';
import { Wallet } from './wallet.mjs';

const WITNESS = 'witness.example/crawl';
const witnessKey = privateKey(sha256('the witness of the crawl'));
export const WITNESS_VKEY = vkeyOf(WITNESS, COSIGNATURE, publicBytes(witnessKey));
export const SMS_AFTER_S = 1;
/** Entries of a full tile of the log. */
const TILE = 256;

/** Whoever has only a browser; `citizenId` where what they get is their own. */
const browser = (w, citizenId) => ({ name: 'newcomer', client: w.world.client(), citizenId, actor: 'citizen' });
const by = (as, call = {}) => [{ ...call, as }];

/** An account of its own. */
async function account(w) {
  const { client, phone, citizenId } = await registerByCall(w.world.client());
  w.canaries.addNumber(citizenId, phone.slice(-10), 'profile');
  return { name: 'newcomer', client, phone, citizenId, actor: 'citizen' };
}

const codeFor = async (w, phone, ask) => {
  const before = await codesOf(w.world, phone);
  const asked = await ask();
  return { asked, code: await readCode(w.world, phone, before + 1) };
};
const prove = async (w, client, phone) =>
  (await proveNumber(client, phone, 'sms', (await codesOf(w.world, phone)) + 1)).registration_token;

// Registering, step by step.
async function proven(w, phone = newPhone(w.world)) {
  const as = browser(w);
  return { as, phone, token: await prove(w, as.client, phone) };
}
async function withPassword(w, phone) {
  const step = await proven(w, phone);
  assertStatus(await setPassword(step.as.client, step.token), 200);
  return step;
}
const edition = async ({ as, token }, kind) => ({ registration_token: token, ...await seen(as.client, kind) });

// Numbers.
async function numbersOf({ client }) {
  return assertStatus(await client.get('/api/v1/me/numbers'), 200).numbers;
}
async function proveOwn(w, { client }, phone, { number_id: id }) {
  const { asked, code } = await codeFor(w, phone, async () =>
    assertStatus(await client.post(`/api/v1/me/numbers/${id}/challenge`, { channel: 'sms' }), 202));
  return assertStatus(await answer(client, asked, code), 200).registration_token;
}
/** An account that has proven its number, and a new one. */
async function withProofs(w) {
  const as = await account(w);
  const [number] = await numbersOf(as);
  const fresh = newPhone(w.world);
  const json = { new_token: await prove(w, w.world.client(), fresh), own_token: await proveOwn(w, as, as.phone, number) };
  return { as, fresh, number, json };
}
/** An account with a second number, which is proven. */
async function withTwo(w) {
  const { as, fresh, json } = await withProofs(w);
  assertStatus(await as.client.post('/api/v1/me/numbers', json), 204);
  const second = (await numbersOf(as)).find(({ primary }) => !primary);
  const own = await proveOwn(w, as, fresh, second);
  return by(as, { ids: { number_id: second.number_id }, json: { own_token: own } });
}

// Passkeys.
const enrol = async ({ client }, { publicUrl }) => {
  const key = new Authenticator({ alg: -7, origin: publicUrl, rpId: 'localhost' });
  return { key, credential: key.create(assertStatus(await client.post('/api/v1/me/passkeys/options'), 200)) };
};
async function withPasskey(w) {
  const as = await account(w);
  const { key, credential } = await enrol(as, w.world);
  assertStatus(await as.client.post('/api/v1/me/passkeys', { name: 'Ключ', credential }), 201);
  return { ...as, key };
}
async function passkeyAnswer(w) {
  const { key, citizenId, phone } = await withPasskey(w);
  const as = { ...browser(w, citizenId), phone };
  const options = assertStatus(await as.client.post('/api/v1/sessions/passkey/options'), 200);
  return { as, json: { credential: key.get(options) } };
}
async function byPasskey(w) {
  const { as, json } = await passkeyAnswer(w);
  assertStatus(await as.client.post('/api/v1/sessions/passkey', json), 201);
  return as;
}
/** Half of a sign-in: the password was right, the passkey is still to come. */
async function ticket(w) {
  const owner = await withPasskey(w);
  const as = browser(w, owner.citizenId);
  const { ticket: given } = assertStatus(await signIn(as.client, owner.phone, PASSWORD), 202);
  w.world.secrets.add('ticket', given);
  return { as, key: owner.key, given };
}
async function lostNumber(w) {
  const as = await byPasskey(w);
  const [{ number_id: id }] = await numbersOf(as);
  return { as, ids: { number_id: id }, json: { new_token: await prove(w, w.world.client(), newPhone(w.world)) } };
}

// Leaving.
async function leaving(w) {
  const as = await account(w);
  const { code } = await codeFor(w, as.phone, async () =>
    assertStatus(await as.client.post('/api/v1/me/deletion/challenge', { channel: 'call' }), 202));
  return { as, code };
}
async function gone(w) {
  const { as, code } = await leaving(w);
  const { receipt } = assertStatus(await as.client.put('/api/v1/me/deletion', { code }), 200);
  w.world.secrets.add('receipt', receipt);
  return { as, receipt };
}

/** The body an act would send to `path`, which is not sent. */
async function bodyOf(client, path, act) {
  let body;
  await act({
    post: (address, json) => {
      if (address !== path) return client.post(address, json);
      body = json;
      return { status: 0 };
    },
  });
  return body;
}

async function signedInAtShop(w) {
  const as = await account(w);
  await signInAt(w.config, as.client, { scope: 'openid phone' });
  return as;
}

async function cosigned(w) {
  const note = (await w.world.client().get('/log/checkpoint')).text;
  const { text } = parseNote(note);
  const line = cosignLine(text, WITNESS, witnessKey, Math.floor(Date.now() / 1000));
  return { body: note + line, headers: { 'content-type': 'text/plain' } };
}

const treeSize = async (w) => Number((await w.world.client().get('/log/checkpoint')).text.split('\n')[1]);

/** Writes to the log until it has a full tile. */
async function fullTile(w) {
  const { client } = await account(w);
  const block = '/api/v1/me/blocks/documents';
  for (let left = TILE - await treeSize(w); left > 0; left -= 2) {
    assertStatus(await client.roam().put(block), 204);
    assertStatus(await client.roam().delete(block), 204);
  }
  await until('a full tile', async () => await treeSize(w) >= TILE, { within: 20_000, every: 200 });
  return by(browser(w), { ids: { level: '0', a: '000' } });
}

/** operationId -> (w) => calls, each with `as`, who asks. */
export const ERRANDS = {
  switchChallengeToSms: async (w) => {
    const as = browser(w);
    const { challenge_id: id } = await startChallenge(as.client, newPhone(w.world));
    await pause(SMS_AFTER_S * 1000 + 100);
    return by(as, { ids: { challenge_id: id } });
  },
  answerChallenge: async (w) => {
    const [{ phone }, as] = [await account(w), browser(w)];
    const { asked, code } = await codeFor(w, phone, () => startChallenge(as.client, phone, 'sms'));
    return by(as, { ids: { challenge_id: asked.challenge_id }, json: { code } });
  },
  setRegistrationPassword: async (w) => {
    const { as, token } = await proven(w);
    return by(as, { json: { registration_token: token, password: PASSWORD } });
  },
  acceptRegistrationAgreement: async (w) => {
    const step = await withPassword(w);
    return by(step.as, { json: await edition(step, 'agreement') });
  },
  giveRegistrationConsent: async (w) => {
    const step = await withPassword(w);
    assertStatus(await acceptAgreement(step.as.client, step.token), 200);
    return by(step.as, { json: await edition(step, 'consent') });
  },
  recoverAccount: async (w) => {
    const { phone, citizenId } = await account(w);
    const { as, token } = await withPassword(w, phone);
    return by({ ...as, citizenId }, { json: { registration_token: token } });
  },
  signInByPasskey: async (w) => {
    const { as, json } = await passkeyAnswer(w);
    return by(as, { json });
  },
  startSecondFactorPasskey: async (w) => {
    const { as, given } = await ticket(w);
    return by(as, { json: { ticket: given } });
  },
  giveSecondFactor: async (w) => {
    const { as, key, given } = await ticket(w);
    const options = assertStatus(await as.client.post('/api/v1/sessions/second-factor/passkey', { ticket: given }), 200);
    return by(as, { json: { ticket: given, passkey: key.get(options) } });
  },
  addNumber: async (w) => {
    const { as, json } = await withProofs(w);
    return by(as, { json });
  },
  replaceNumber: async (w) => {
    const { as, number, json } = await withProofs(w);
    return by(as, { ids: { number_id: number.number_id }, json });
  },
  makeNumberPrimary: withTwo,
  removeNumber: withTwo,
  replaceLostNumber: async (w) => {
    const { as, ids, json } = await lostNumber(w);
    return by(as, { ids, json });
  },
  cancelNumberChange: async (w) => {
    const { as, ids, json } = await lostNumber(w);
    assertStatus(await as.client.post(`/api/v1/me/numbers/${ids.number_id}/loss`, json), 202);
    return by(as);
  },
  confirmEmail: async (w) => {
    const as = await account(w);
    const email = `canary.${as.phone.slice(1)}@mail.example`;
    w.world.secrets.add('e-mail', email);
    w.canaries.add(as.citizenId, email, 'profile');
    assertStatus(await as.client.put('/api/v1/me/email', { email }), 202);
    const [letter] = await until('a letter', async () => {
      const letters = await w.world.sandboxAsks('GET', `/mail/messages?to=${encodeURIComponent(email)}`);
      return letters.length > 0 && letters;
    }, { within: 8000 });
    const [code] = /\b\d{8}\b/.exec(letter.text);
    w.world.secrets.add('code', code);
    return by(as, { json: { code } });
  },
  createPasskey: async (w) => {
    const as = await account(w);
    return by(as, { json: { name: 'Ключ', credential: (await enrol(as, w.world)).credential } });
  },
  confirmTotp: async (w) => {
    const as = await account(w);
    const { secret } = assertStatus(await as.client.post('/api/v1/me/totp'), 201);
    w.world.secrets.add('totp secret', secret);
    const code = execFileSync('oathtool', ['--totp', '-b', secret]).toString().trim();
    w.world.secrets.add('one-time code', code);
    return by(as, { json: { totp_code: code } });
  },
  confirmDeletion: async (w) => {
    const { as, code } = await leaving(w);
    return by(as, { json: { code } });
  },
  cancelDeletion: async (w) => by((await gone(w)).as),
  lookUpReceipt: async (w) => by(browser(w), { json: { receipt: (await gone(w)).receipt } }),
  enterUserCode: async (w) => {
    const { json } = await post(w.world, '/oauth/device_authorization', { scope: 'openid phone' }, { basic: w.parties.shop });
    w.world.secrets.add('device code', json.device_code);
    return by(await account(w), { json: { user_code: json.user_code } });
  },
  getLogout: async (w) => {
    const as = await account(w);
    const { id_token: hint } = await signInAt(w.config, as.client, { scope: 'openid phone' });
    const { headers } = await as.client.get(`/oauth/end_session?${new URLSearchParams({ id_token_hint: hint })}`);
    const id = headers.location.replace('/sign-out?request=', '');
    w.world.secrets.add('logout id', id);
    return by(as, { ids: { logout_id: id } });
  },
  getLogCosignedCheckpoint: async (w) => {
    const { body, headers } = await cosigned(w);
    assertStatus(await w.world.client().call('POST', '/log/cosignatures', { body, headers }), 204);
    return by(browser(w));
  },
  addLogCosignatures: async (w) => by(browser(w), await cosigned(w)),
  getLogTile: fullTile,
  registerDevice: async (w) => by({ ...w.b, name: 'newcomer', actor: 'citizen' }, {
    json: await bodyOf(w.b.client, '/api/v1/digital-id/devices', (client) => new Wallet(client).tryRegister()),
  }),
  issueAttestations: async (w) => by({ ...w.a, name: 'newcomer', actor: 'citizen' }, {
    json: await bodyOf(w.a.client, '/api/v1/digital-id/attestations', (client) =>
      Object.assign(new Wallet(client), { key: w.wallet.key, device: w.wallet.device }).tryAttest('identity')),
  }),
  narrowConsent: async (w) => {
    const as = await account(w);
    const given = { ...await seen(as.client, 'informing-debts'), scope: ['sms', 'email'] };
    assertStatus(await as.client.put('/api/v1/consents/informing_debts', given), 200);
    return by(as, { ids: { purpose: 'informing_debts' }, json: { scope: ['sms'] } });
  },
  disconnectParty: async (w) => by(await signedInAtShop(w), { ids: { client_id: w.parties.shop.client_id } }),
};
