// Passkeys over the interface: the authenticator is one of node:crypto, and lies one member at a time.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Authenticator, cbor } from './authenticator.mjs';
import { startWorld, until } from './harness.mjs';
import { PASSWORD, assertProblem, assertStatus, phoneOf, reasonOf, registerByCall, signIn } from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

const device = (alg = -7) => new Authenticator({ alg, origin: world.publicUrl, rpId: 'localhost' });
const creation = async (client) => assertStatus(await client.post('/api/v1/me/passkeys/options'), 200);
const add = (client, credential, name = 'Телефон') => client.post('/api/v1/me/passkeys', { name, credential });
const asked = async (client) => assertStatus(await client.post('/api/v1/sessions/passkey/options'), 200);
const enter = (client, credential) => client.post('/api/v1/sessions/passkey', { credential });
const mine = async (client) => assertStatus(await client.get('/api/v1/me/authenticators'), 200);

async function withPasskey(alg) {
  const { client, phone } = await registerByCall(world.client());
  const key = device(alg);
  const passkey = assertStatus(await add(client, key.create(await creation(client))), 201);
  return { client, phone, key, passkey };
}

describe('a passkey', () => {
  for (const [name, alg] of [['ES256', -7], ['EdDSA', -8], ['RS256', -257]]) {
    test(`of ${name} is added and signs in without a number being typed`, async () => {
      const { key } = await withPasskey(alg);
      const other = world.client();
      assertStatus(await enter(other, key.get(await asked(other))), 201);
      const [session] = assertStatus(await other.get('/api/v1/sessions'), 200).sessions;
      assert.deepEqual([session.signed_in_by, session.amr, session.aal], ['passkey', ['hwk', 'user', 'mfa'], 2]);
    });

    test(`of ${name} may vouch for itself`, async () => {
      const { client } = await registerByCall(world.client());
      const right = device(alg);
      assertStatus(await add(client, right.create(await creation(client), { format: 'packed' })), 201);
      const { privateKey } = device(alg);
      const forged = device(alg).create(await creation(client), { format: 'packed', attestationKey: privateKey });
      assertProblem(await add(client, forged), 403, 'passkey.refused');
    });
  }

  test('options name this site, three algorithms and the keys there are, and nothing of the person', async () => {
    const { client, key, phone } = await withPasskey();
    const options = await creation(client);
    assert.deepEqual(options.rp, { id: 'localhost', name: 'Beresta API tests' });
    assert.deepEqual(options.pubKeyCredParams.map(({ alg }) => alg), [-7, -8, -257]);
    assert.deepEqual(options.excludeCredentials.map(({ id }) => id), [key.id.toString('base64url')]);
    assert.ok(Buffer.from(options.challenge, 'base64url').length >= 16);
    assert.ok(!JSON.stringify(options).includes(phone.slice(-7)));
  });

  test('its name is its owner\'s to change, and its removal ends it', async () => {
    const { client, key, passkey } = await withPasskey();
    const path = `/api/v1/me/passkeys/${passkey.passkey_id}`;
    assertStatus(await client.call('PATCH', path, { json: { name: 'Ключ на связке' } }), 204);
    assert.equal((await mine(client)).passkeys[0].name, 'Ключ на связке');
    const stranger = (await registerByCall(world.client())).client;
    assertProblem(await stranger.call('DELETE', path), 404, 'passkey.not_found');
    assertProblem(await stranger.call('PATCH', path, { json: { name: 'моё' } }), 404, 'passkey.not_found');
    assertStatus(await client.call('DELETE', path), 204);
    const other = world.client();
    assertProblem(await enter(other, key.get(await asked(other))), 401, 'passkey.unknown');
  });

  test('its owner is told by SMS', async () => {
    const { phone } = await withPasskey();
    await until('a notice', async () => (await phoneOf(world, phone)).some(({ text }) => /добавлен ключ входа/.test(text ?? '')));
  });
});

describe('a registration is refused', () => {
  const lies = {
    'from another origin': [403, { origin: 'https://evil.example' }],
    'from another port': [403, { origin: 'http://localhost:1' }],
    'from a longer host': [403, { origin: 'http://localhost.evil.example' }],
    'for another relying party': [403, { rpId: 'evil.example' }],
    'of another ceremony': [403, { type: 'webauthn.get' }],
    'inside a frame': [403, { crossOrigin: true }],
    'from a page on top of another': [403, { moreClientData: { topOrigin: 'https://evil.example' } }],
    'without anybody present': [403, { flags: 0x44 }],
    'without the holder being checked': [403, { flags: 0x41 }],
    'without a credential': [400, { flags: 0x05 }],
    'backed up though that cannot be': [400, { flags: 0x55 }],
    'with bytes at its end': [400, { tail: Buffer.from([0]) }],
    'with an unknown attestation': [400, { format: 'tpm' }],
    'with a certificate that is none': [400, { format: 'packed', x5c: [Buffer.from('no certificate')] }],
    'with an empty chain': [400, { format: 'packed', x5c: [] }],
    'with a statement of another algorithm': [403, { format: 'packed', statementAlg: -257 }],
    'with a key of an algorithm we did not offer': [400, { coseKey: cbor(new Map([[1, 2], [3, -35], [-1, 2]])) }],
    'with a key that is no point': [400, { coseKey: cbor(new Map([[1, 2], [3, -7], [-1, 1], [-2, Buffer.alloc(32, 1)], [-3, Buffer.alloc(32, 1)]])) }],
    'with an id that is too long': [400, { credentialId: randomBytes(1024) }],
    'with an id of no bytes': [400, { credentialId: Buffer.alloc(0) }],
    'that is no CBOR': [400, { object: Buffer.from('ff', 'hex') }],
    'that is another CBOR': [400, { object: cbor(new Map([['fmt', 'none']])) }],
  };
  for (const [how, [status, lie]] of Object.entries(lies)) {
    test(how, async () => {
      const { client } = await registerByCall(world.client());
      const refused = await add(client, device().create(await creation(client), lie));
      assertProblem(refused, status, status === 403 ? 'passkey.refused' : 'passkey.malformed');
      assert.deepEqual((await mine(client)).passkeys, []);
    });
  }

  test('with a challenge of somebody else, of another purpose, altered, or used', async () => {
    const { client } = await registerByCall(world.client());
    const stranger = (await registerByCall(world.client())).client;
    const own = await creation(client);
    for (const challenge of [
      (await creation(stranger)).challenge, (await asked(client)).challenge, randomBytes(40).toString('base64url'),
      own.challenge.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), '', own.challenge.slice(0, 20)]) {
      const refused = await add(client, device().create({ ...own, challenge }));
      assert.ok(['passkey.challenge_unknown', 'passkey.malformed'].includes(reasonOf(refused)), refused.text);
    }
    assertStatus(await add(client, device().create(own)), 201);
    assertProblem(await add(client, device().create(own)), 409, 'passkey.challenge_unknown');
  });

  test('without a session, or of a key that is here already', async () => {
    const { client, key } = await withPasskey();
    assertProblem(await world.client().post('/api/v1/me/passkeys/options'), 401, 'http.unauthenticated');
    assertProblem(await add(client, key.create(await creation(client))), 409, 'passkey.already_here');
  });
});

describe('a certificate of a maker', () => {
  const kGood = '/C=RU/O=Maker/OU=Authenticator Attestation/CN=Test batch 1';

  /** Made by OpenSSL's own command. @return {key, der} */
  function certificate({ subject = kGood, extensions = ['basicConstraints=critical,CA:FALSE'] } = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'beresta-x5c-'));
    const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.der')];
    const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', keyFile);
    const more = extensions.flatMap((line) => ['-addext', line]);
    openssl('req', '-x509', '-new', '-key', keyFile, '-subj', subject, '-outform', 'DER', '-out', file, '-days', '3',
      '-config', writeEmptyConfig(folder), ...more);
    const made = { key: createPrivateKey(readFileSync(keyFile)), der: readFileSync(file) };
    rmSync(folder, { recursive: true });
    return made;
  }

  function writeEmptyConfig(folder) {
    const path = join(folder, 'openssl.cnf');
    writeFileSync(path, '[req]\ndistinguished_name = dn\n[dn]\n');
    return path;
  }

  async function vouched(options) {
    const { client } = await registerByCall(world.client());
    const { key, der } = certificate(options);
    const lies = { format: 'packed', statementAlg: -7, attestationKey: options?.signedBy ?? key, x5c: [options?.der ?? der] };
    return add(client, device().create(await creation(client), lies));
  }

  const kAaguid = (bytes) => `1.3.6.1.4.1.45724.1.1.4=DER:0410${bytes}`;
  const kNotCa = 'basicConstraints=critical,CA:FALSE';

  test('that is well made vouches for a key', async () => {
    assertStatus(await vouched(), 201);
    assertStatus(await vouched({ extensions: [kNotCa, kAaguid('00'.repeat(16))] }), 201);
  });

  const refused = {
    'of an authority': [400, { extensions: ['basicConstraints=critical,CA:TRUE'] }],
    'without basic constraints': [400, { extensions: ['keyUsage=digitalSignature'] }],
    'of another unit': [400, { subject: '/C=RU/O=Maker/OU=Sales/CN=Test' }],
    'without a country': [400, { subject: '/O=Maker/OU=Authenticator Attestation/CN=Test' }],
    'without an organisation': [400, { subject: '/C=RU/OU=Authenticator Attestation/CN=Test' }],
    'for another model': [403, { extensions: [kNotCa, kAaguid('01'.repeat(16))] }],
    'with a critical model': [400, { extensions: [kNotCa, `1.3.6.1.4.1.45724.1.1.4=critical,DER:0410${'00'.repeat(16)}`] }],
    'that did not sign': [403, { signedBy: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
  };
  for (const [what, [status, options]] of Object.entries(refused)) {
    test(`${what} does not`, async () => {
      assertProblem(await vouched(options), status, status === 403 ? 'passkey.refused' : 'passkey.malformed');
    });
  }
});

describe('a sign-in by passkey is refused', () => {
  const lies = {
    'from another origin': { origin: 'https://evil.example' },
    'for another relying party': { rpId: 'evil.example' },
    'of another ceremony': { type: 'webauthn.create' },
    'inside a frame': { crossOrigin: true },
    'without anybody present': { flags: 0x04 },
    'without the holder being checked': { flags: 0x01 },
    'when it says it may be copied and did not before': { flags: 0x0d },
    'with a signature cut short': { signature: (bytes) => bytes.subarray(0, -1) },
    'with a signature and more': { signature: (bytes) => Buffer.concat([bytes, Buffer.from([0])]) },
    'without a signature': { signature: () => Buffer.alloc(0) },
    'signed by another key': { signedBy: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
  };
  for (const [how, lie] of Object.entries(lies)) {
    test(how, async () => {
      const { key } = await withPasskey();
      const other = world.client();
      assertProblem(await enter(other, key.get(await asked(other), lie)), 403, 'passkey.refused');
      assert.equal(other.cookies.get('__Host-session'), undefined);
    });
  }

  test('by a key nobody has, or for somebody else', async () => {
    const { key } = await withPasskey();
    const { key: stranger } = await withPasskey();
    const other = world.client();
    const options = await asked(other);
    for (const lie of [{ credentialId: randomBytes(32) }, { userHandle: stranger.userHandle }, { userHandle: '' }]) {
      assertProblem(await enter(other, key.get(options, lie)), 401, 'passkey.unknown');
    }
  });

  test('with a challenge of another browser, and when it is repeated', async () => {
    const { key } = await withPasskey();
    const here = world.client();
    const options = await asked(here);
    const elsewhere = world.client();
    await asked(elsewhere);
    const sent = key.get(options);
    assertProblem(await enter(elsewhere, sent), 409, 'passkey.challenge_unknown');
    const { cookies } = here.roam();
    assertStatus(await enter(here, sent), 201);
    const again = world.client();
    again.cookies = cookies;
    assertProblem(await enter(again, sent), 409, 'passkey.challenge_unknown');
  });

  test('when it is sent eight times at once: exactly one gets in', async () => {
    const { key } = await withPasskey();
    const first = world.client();
    const sent = key.get(await asked(first));
    const answers = await Promise.all(Array.from({ length: 8 }, () => enter(first.roam(), sent)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(7).fill(409)]);
  });

  test('when its counter has gone back: the key is a copy, and its owner is told', async () => {
    const { client, phone, key } = await withPasskey();
    key.count = 20;
    const other = world.client();
    assertStatus(await enter(other, key.get(await asked(other))), 201);
    const copy = world.client();
    assertProblem(await enter(copy, key.get(await asked(copy), { count: 5 })), 403, 'passkey.copied');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.ok(operations.some(({ kind }) => kind === 'passkey.copied'));
    await until('a notice', async () => (await phoneOf(world, phone)).some(({ text }) => /сняли копию/.test(text ?? '')));
  });
});

describe('a passkey beside a password', () => {
  test('is asked for, need not check its holder, and opens only with its own ticket', async () => {
    const { phone, key } = await withPasskey();
    const other = world.client();
    const needed = assertStatus(await signIn(other, phone), 202);
    world.secrets.add('ticket', needed.ticket);
    assert.deepEqual(needed.methods, ['passkey']);
    assert.equal(other.cookies.get('__Host-session'), undefined);
    const options = assertStatus(await other.post('/api/v1/sessions/second-factor/passkey', { ticket: needed.ticket }), 200);
    assert.deepEqual(options.allowCredentials.map(({ id }) => id), [key.id.toString('base64url')]);
    const sent = key.get(options, { flags: 0x01, userHandle: undefined });
    const { ticket } = assertStatus(await signIn(world.client(), phone), 202);
    assertProblem(await other.post('/api/v1/sessions/second-factor', { ticket, passkey: sent }), 409, 'passkey.challenge_unknown');
    assertStatus(await other.post('/api/v1/sessions/second-factor', { ticket: needed.ticket, passkey: sent }), 201);
  });

  test('lets its owner set a new password without the old one', async () => {
    const { phone, key } = await withPasskey();
    const other = world.client();
    assertStatus(await enter(other, key.get(await asked(other))), 201);
    const password = 'новые чернила и перо';
    world.secrets.add('password', password);
    assert.equal((await other.put('/api/v1/me/password', { new_password: password })).status, 204);
    assertProblem(await signIn(world.client(), phone, PASSWORD), 401, 'sign_in.refused');
    assertStatus(await signIn(world.client(), phone, password), 202);
  });
});
