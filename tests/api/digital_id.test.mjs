// The Digital ID from the making to the check, with a wallet that shares no code with the server.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import {
  answersKnown, assertProblem, assertStatus, citizenWithDocuments, raise, registerByCall,
} from './people.mjs';
import {
  Wallet, attest, base45, base64url, cbor, codeText, currentSlot, map, newKey, openTrust, payloadOf, raw, sign1,
  verify1, verifyCode,
} from './wallet.mjs';

let world;
let adult;
let checker;
before(async () => {
  world = await startWorld();
  adult = await citizenWithDocuments(world, '0');
  await answersKnown(adult.client);
  checker = world.client();
});
after(() => world.stop());

/** A wallet of the adult on a fresh device; whatever device there was is replaced. */
async function wallet() {
  const made = new Wallet(adult.client.roam());
  await made.register({ replace: true });
  return made;
}
const verdictOf = async (code) => (await verifyCode(checker, code)).verdict;

describe('who may have one', () => {
  test('nobody who is not verified', async () => {
    const { client } = await registerByCall(world.client());
    assertProblem(await client.post('/api/v1/digital-id/challenge'), 403, 'assurance.verified_required');
    const response = await new Wallet(client).tryRegister({ change: { challenge: 'AAAA' } });
    assertProblem(response, 403, 'assurance.verified_required');
  });

  test('nobody under 18', async () => {
    const { client } = await registerByCall(world.client());
    await raise(client, { person: '2' });
    const digitalId = assertStatus(await client.get('/api/v1/digital-id'), 200);
    assert.deepEqual([digitalId.eligible, digitalId.obstacles], [false, ['under_18']]);
    assertProblem(await new Wallet(client).tryRegister(), 403, 'digital_id.under_18');
    const young = new Wallet(client);
    young.key = await newKey();
    assertProblem(await young.tryAttest('age_over_18'), 403, 'digital_id.under_18');
  });

  test('a verified adult sees what a checker would see, before anything is shown', async () => {
    const digitalId = assertStatus(await adult.client.get('/api/v1/digital-id'), 200);
    assert.equal(digitalId.eligible, true);
    const sees = Object.fromEntries(digitalId.questions.map((one) => [one.question, one.checker_sees]));
    assert.deepEqual(sees.age_over_18, { answer: true });
    assert.deepEqual(sees.pensioner, { answer: false });
    assert.deepEqual(Object.keys(sees.identity).sort(), ['answer', 'document', 'full_name', 'portrait']);
  });
});

describe('making it on a device', () => {
  test('needs a proof that the device holds the key', async () => {
    const other = await newKey();
    const cheats = [
      { change: { public_key: base64url(other.point) } },
      { change: { proof: base64url(new Uint8Array(64)) } },
      { change: { proof: base64url(new Uint8Array(64).fill(255)) } },
      { change: { proof: '' } },
      { change: { proof: base64url(new Uint8Array(63).fill(1)) } },
    ];
    for (const cheat of cheats) {
      const response = await new Wallet(adult.client.roam()).tryRegister({ replace: true, ...cheat });
      assertProblem(response, 403, 'device.proof_wrong');
    }
  });

  test('refuses keys that are no points of the curve', async () => {
    const { point } = await newKey();
    const off = point.slice();
    off[64] ^= 1;
    for (const public_key of [off, point.slice(0, 64), point.slice(0, 33), new Uint8Array(65), new Uint8Array(0)]) {
      const change = { public_key: base64url(public_key) };
      const response = await new Wallet(adult.client.roam()).tryRegister({ change });
      assertProblem(response, 400, 'device.key_malformed');
    }
  });

  test('refuses a challenge that is made up, altered or of somebody else', async () => {
    const { client } = await registerByCall(world.client());
    await raise(client, { person: '6' });
    const foreign = await new Wallet(client).challenge();
    const own = await new Wallet(adult.client).challenge();
    const altered = Buffer.from(own, 'base64url');
    altered[3] ^= 1;
    for (const challenge of [foreign, altered.toString('base64url'), base64url(new Uint8Array(32)), 'AAAA', '']) {
      const response = await new Wallet(adult.client).tryRegister({ change: { challenge } });
      assertProblem(response, 400, 'device.challenge_stale');
    }
  });

  test('refuses names that are empty or too long', async () => {
    for (const name of ['', 'я'.repeat(33), 'x'.repeat(65)]) {
      assertProblem(await new Wallet(adult.client.roam()).tryRegister({ name }), 400, 'device.name_malformed');
    }
  });

  test('a second device needs a decision, and takes over at once', async () => {
    const first = await wallet();
    const code = await first.code('age_over_18');
    const second = new Wallet(adult.client.roam());
    assertProblem(await second.tryRegister(), 409, 'wallet.device_exists');
    assert.equal(await verdictOf(code), 'yes');
    const device = await second.register({ replace: true, name: 'Второй' });
    const digitalId = assertStatus(await adult.client.get('/api/v1/digital-id'), 200);
    assert.deepEqual([digitalId.device.device_id, digitalId.device.name], [device.device_id, 'Второй']);
    await until('the old code to be revoked', async () => (await verdictOf(code)) === 'revoked');
    assertProblem(await first.tryAttest('age_over_18'), 404, 'device.unknown');
  });
});

describe('attestations', () => {
  test('state one answer for one key, by a listed issuer, and nothing else', async () => {
    const [issuer] = await openTrust(checker);
    const mine = await wallet();
    for (const [question, number, answer] of [['age_over_18', 1, true], ['pensioner', 2, false]]) {
      const [{ attestation, key }] = await mine.attestations(question);
      const claims = payloadOf(attestation);
      assert.deepEqual([...claims.keys()], [1, 2, 3, 4, 6]);
      assert.deepEqual([claims.get(1), claims.get(2)], [number, answer]);
      assert.deepEqual(Buffer.from(claims.get(3)), Buffer.from(key.compressed));
      const life = claims.get(4) - claims.get(6);
      assert.ok(life > 0 && life <= 7 * 24 * 3600, String(life));
      assert.ok(claims.get(6) >= issuer.notBefore && claims.get(6) <= issuer.notAfter);
    }
  });

  test("the issuer's signature holds under the listed key", async () => {
    const issuers = await openTrust(checker);
    const [{ attestation }] = await (await wallet()).attestations('age_over_18');
    const { ECDH } = await import('node:crypto');
    const point = ECDH.convertKey(issuers.at(-1).compressed, 'prime256v1', undefined, undefined, 'uncompressed');
    assert.ok(await verify1(attestation, point, 'BRS1-attestation'));
  });

  test('come in batches of up to 16, in the order of the keys', async () => {
    const batch = await (await wallet()).attestations('age_over_18', 16);
    batch.forEach(({ attestation, key }) =>
      assert.deepEqual(Buffer.from(payloadOf(attestation).get(3)), Buffer.from(key.compressed)));
    const times = batch.map(({ attestation }) => [4, 6].map((key) => payloadOf(attestation).get(key)).join());
    assert.equal(new Set(times).size, 1, 'times do not single one out');
  });

  test('are refused without the proof of the device, for other keys or too many', async () => {
    const mine = await wallet();
    const stranger = await newKey();
    const wrong = { proof: base64url(new Uint8Array(64).fill(7)) };
    assertProblem(await mine.tryAttest('age_over_18', 1, wrong), 403, 'device.proof_wrong');
    const other = { public_keys: [base64url(stranger.point)] };
    assertProblem(await mine.tryAttest('age_over_18', 1, other), 403, 'device.proof_wrong');
    assert.equal((await mine.tryAttest('age_over_18', 17)).status, 400);
    assertProblem(await mine.tryAttest('age_over_18', 1, { public_keys: [] }), 400, 'digital_id.batch_size');
    assertProblem(await mine.tryAttest('is_rich'), 400, 'digital_id.question_unknown');
    const elsewhere = { device_id: '01890a5d-ac96-774b-bcce-b302099a8057' };
    assertProblem(await mine.tryAttest('age_over_18', 1, elsewhere), 404, 'device.unknown');
    assert.equal((await mine.tryAttest('age_over_18', 1, { device_id: 'nonsense' })).status, 400);
  });

  test('a proof for one batch does not serve another question of another device', async () => {
    const mine = await wallet();
    const other = new Wallet(adult.client.roam());
    other.key = await newKey();
    other.device = mine.device;
    assertProblem(await other.tryAttest('identity'), 403, 'device.proof_wrong');
  });
});

describe('the check', () => {
  test('yes and no, for the current slot and one neighbour', async () => {
    const mine = await wallet();
    const slot = currentSlot();
    const result = await verifyCode(checker, await mine.code('age_over_18', slot));
    assert.deepEqual([result.verdict, result.question, result.issuer, result.shown_before],
      ['yes', 'age_over_18', 'Test issuer', false]);
    assert.deepEqual(Object.keys(result).filter((name) => /name|document|portrait/.test(name)), []);
    assert.equal(await verdictOf(await mine.code('pensioner')), 'no');
    assert.equal(await verdictOf(await mine.code('age_over_18', currentSlot() - 1)), 'yes');
  });

  test('a pensioner is one', async () => {
    const old = await citizenWithDocuments(world, '1');
    const mine = new Wallet(old.client);
    await mine.register();
    await answersKnown(old.client);
    assert.equal(await verdictOf(await mine.code('pensioner')), 'yes');
  });

  test('shown twice, it is said', async () => {
    const code = await (await wallet()).code('age_over_18');
    assert.equal((await verifyCode(checker, code)).shown_before, false);
    assert.equal((await verifyCode(checker, code)).shown_before, true);
  });

  test('old codes are expired, codes from the future not yet valid', async () => {
    const mine = await wallet();
    // Not two slots ahead: the next slot may begin before the code is checked.
    const slots = { '-2': 'expired', '-120': 'expired', '-1000000': 'expired',
      3: 'not_yet_valid', 120: 'not_yet_valid' };
    for (const [away, verdict] of Object.entries(slots)) {
      assert.equal(await verdictOf(await mine.code('age_over_18', currentSlot() + Number(away))), verdict, away);
    }
    assert.equal(await verdictOf(await mine.code('age_over_18', 0)), 'expired');
  });

  test('a code by the key of another device is forged', async () => {
    const [{ attestation }] = await (await wallet()).attestations('age_over_18');
    assert.equal(await verdictOf(await codeText(attestation, await newKey())), 'forged');
  });

  test("an issuer nobody listed is unknown, and one that borrows the listed kid is forged", async () => {
    const [issuer] = (await openTrust(checker)).slice(-1);
    const [device, rogue] = [await newKey(), await newKey()];
    const own = await attest(rogue, { device: device.compressed });
    assert.equal(await verdictOf(await codeText(own, device)), 'unknown_issuer');
    const named = { kid: issuer.kid, issued: issuer.notBefore };
    const borrowed = await attest(rogue, { device: device.compressed, ...named });
    assert.equal(await verdictOf(await codeText(borrowed, device)), 'forged');
    const early = { issued: issuer.notBefore - 10, expires: issuer.notBefore + 10 };
    const ahead = await attest(rogue, { device: device.compressed, kid: issuer.kid, ...early });
    assert.equal(await verdictOf(await codeText(ahead, device)), 'unknown_issuer');
  });

  test('every single altered byte is noticed', async () => {
    const [{ attestation, key }] = await (await wallet()).attestations('age_over_18');
    const good = await sign1(key, 'BRS1', cbor(map([1, attestation], [2, currentSlot()])));
    const codes = Array.from(good, (_, at) => {
      const bytes = good.slice();
      bytes[at] ^= 1;
      return `BRS1:${base45(bytes)}`;
    });
    for (let at = 0; at < codes.length; at += 100) {
      const part = codes.slice(at, at + 100);
      const { results } = assertStatus(await checker.post('/api/v1/digital-id/verify', { codes: part }), 200);
      results.forEach(({ verdict }, index) =>
        assert.ok(['forged', 'malformed', 'unknown_issuer'].includes(verdict), `byte ${at + index}: ${verdict}`));
    }
  });

  test('CBOR that is not canonical, and lengths that lie, are malformed', async () => {
    const [{ attestation, key }] = await (await wallet()).attestations('age_over_18');
    const slot = currentSlot();
    const text = async (payload) => `BRS1:${base45(await sign1(key, 'BRS1', payload))}`;
    const long = Uint8Array.of(0x1b, 0, 0, 0, 0, ...cbor(slot).slice(1));
    const payloads = {
      'a head longer than needed': cbor(map([1, attestation], [2, raw(long)])),
      'keys out of order': cbor(map([2, slot], [1, attestation])),
      'a key twice': cbor(map([1, attestation], [2, slot], [2, slot])),
      'an unknown key': cbor(map([1, attestation], [2, slot], [3, 1])),
      'a tag': cbor(map([1, attestation], [2, raw(Uint8Array.of(0xc1, ...cbor(slot)))])),
      'a float': cbor(map([1, attestation], [2, raw(Uint8Array.of(0xf9, 0x3c, 0x00))])),
      'an indefinite map': Uint8Array.of(0xbf, ...cbor(1), ...cbor(attestation), ...cbor(2), ...cbor(slot), 0xff),
      'bytes after the end': Uint8Array.of(...cbor(map([1, attestation], [2, slot])), 0),
      'a length that lies': Uint8Array.of(0xa2, 0x01, 0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
      'a negative slot': cbor(map([1, attestation], [2, -5])),
      'an attestation that is text': cbor(map([1, 'text'], [2, slot])),
      nothing: new Uint8Array(0),
    };
    for (const [what, payload] of Object.entries(payloads)) {
      assert.equal(await verdictOf(await text(payload)), 'malformed', what);
    }
    const extended = await text(cbor(map([1, attestation], [2, slot], [16, 'for later'])));
    assert.equal(await verdictOf(extended), 'yes', 'keys from 16 on are room for later');
  });

  test('texts that are no codes are malformed, whatever they are', async () => {
    const code = await (await wallet()).code('age_over_18');
    const texts = ['', 'BRS1:', 'hello', 'https://evil.example/', code.slice(0, -1), code.slice(0, 100),
      code.toLowerCase(), code.replace('BRS1', 'BRS2'), ` ${code}`, `${code}\n`, `${code}A`,
      code.replace('BRS1:', 'BRS1:é'), `BRS1:${'::::'.repeat(100)}`, '0'.repeat(1024)];
    const { results } = assertStatus(await checker.post('/api/v1/digital-id/verify', { codes: texts }), 200);
    assert.deepEqual(results, texts.map(() => ({ verdict: 'malformed' })));
  });

  test('a batch of a hundred is answered in its order', async () => {
    const batch = await (await wallet()).attestations('age_over_18', 10);
    const good = await Promise.all(batch.map(({ attestation, key }) => codeText(attestation, key)));
    const codes = Array.from({ length: 100 }, (_, index) => (index % 10 === 3 ? 'BRS1:NOTHING' : good[index % 10]));
    const { results } = assertStatus(await checker.post('/api/v1/digital-id/verify', { codes }), 200);
    assert.deepEqual(results.map(({ verdict }) => verdict),
      codes.map((_, index) => (index % 10 === 3 ? 'malformed' : 'yes')));
  });

  test('none, too many, both kinds or no text at all are refused', async () => {
    const verify = (body) => checker.post('/api/v1/digital-id/verify', body);
    for (const body of [{}, { codes: [] }, { codes: Array(101).fill('x') }, { codes: [1] }, { code: 5 },
      { code: 'x', codes: ['x'] }, { code: 'x'.repeat(1025) }, { codes: ['x'.repeat(1025)] }]) {
      assert.equal((await verify(body)).status, 400, JSON.stringify(body).slice(0, 60));
    }
  });
});

describe('who am I', () => {
  test('shows name, document and portrait, and the portrait is the one in the code', async () => {
    const mine = await wallet();
    const code = await mine.code('identity');
    assert.ok(code.length <= 600, String(code.length));
    const result = await verifyCode(checker, code);
    const { name, passport } = adult.record;
    assert.deepEqual([result.verdict, result.full_name, result.document.replace(/\D/g, '')],
      ['yes', [name.family_name, name.given_name, name.middle_name].join(' '), passport.series + passport.number]);
    const portrait = await checker.post('/api/v1/digital-id/portrait', { code });
    assertStatus(portrait, 200);
    assert.equal(createHash('sha256').update(portrait.body).digest('hex'), result.portrait_sha256);
  });

  test('no portrait for other questions, old codes, forged codes or nonsense', async () => {
    const mine = await wallet();
    const [{ attestation }] = await mine.attestations('identity');
    const codes = [await mine.code('age_over_18'), await mine.code('identity', currentSlot() - 5),
      await codeText(attestation, await newKey()), 'nonsense', ''];
    for (const code of codes) {
      assertProblem(await checker.post('/api/v1/digital-id/portrait', { code }), 403, 'code.not_valid');
    }
  });

  test('a revoked code shows neither name nor portrait', async () => {
    const mine = await wallet();
    const [{ attestation, key }] = await mine.attestations('identity');
    assertStatus(await mine.client.delete(`/api/v1/digital-id/devices/${mine.device.device_id}`), 204);
    const code = await codeText(attestation, key);
    const result = await verifyCode(checker, code);
    assert.deepEqual([result.verdict, result.full_name, result.document], ['revoked', undefined, undefined]);
    assertProblem(await checker.post('/api/v1/digital-id/portrait', { code }), 403, 'code.not_valid');
  });
});

describe('removing', () => {
  test('takes effect at once online, for the whole batch', async () => {
    const mine = await wallet();
    const batch = await mine.attestations('age_over_18', 4);
    assertStatus(await mine.client.delete(`/api/v1/digital-id/devices/${mine.device.device_id}`), 204);
    for (const { attestation, key } of batch) {
      assert.equal(await verdictOf(await codeText(attestation, key)), 'revoked');
    }
    assert.equal(assertStatus(await mine.client.get('/api/v1/digital-id'), 200).device, undefined);
    assertProblem(await mine.tryAttest('age_over_18'), 404, 'device.unknown');
    const again = await mine.client.delete(`/api/v1/digital-id/devices/${mine.device.device_id}`);
    assertProblem(again, 404, 'device.unknown');
  });

  test("somebody else's device cannot be removed", async () => {
    const mine = await wallet();
    const { client } = await registerByCall(world.client());
    assertProblem(await client.delete(`/api/v1/digital-id/devices/${mine.device.device_id}`), 404, 'device.unknown');
    assertProblem(await client.delete('/api/v1/digital-id/devices/nonsense'), 404, 'id.unknown');
    assert.equal(await verdictOf(await mine.code('age_over_18')), 'yes');
  });
});

test('the command line says the same, also about a picture', async () => {
  const mine = await wallet();
  const trust = await checker.get('/.well-known/beresta-trust');
  const { trust_root } = assertStatus(await checker.get('/api/v1/configuration'), 200);
  const { writeFileSync } = await import('node:fs');
  const { join } = await import('node:path');
  const [list, picture] = [join(world.folder, 'trust.cbor'), join(world.folder, 'code.png')];
  writeFileSync(list, trust.body);
  const verify = (text) => world.run('qr', 'verify', '--trust', list, '--root', trust_root, text);
  const good = await mine.code('age_over_18');
  assert.equal((await verify(good)).code, 0);
  assert.equal((await verify(await mine.code('pensioner'))).code, 1);
  assert.equal((await verify(await mine.code('age_over_18', currentSlot() - 10))).code, 3);
  assert.equal((await verify('nonsense')).code, 6);
  assert.equal((await world.run('qr', 'show', good, '--png', picture)).code, 0);
  assert.equal((await verify(picture)).code, 0);
});
