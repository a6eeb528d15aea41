// Registering by phone: the acts after the code, one by one, and what a number with an account gets.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import {
  PASSWORD, acceptAgreement, answer, assertProblem, assertStatus, giveConsent, newPhone, phoneOf, proveNumber, raise,
  readCode, registerByCall, seen, setPassword, signIn, startChallenge,
} from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

describe('the whole way', () => {
  test('a call, a password, the agreement, the consent: and the person is in', async () => {
    const { client, phone } = await registerByCall(world.client());
    const me = assertStatus(await client.get('/api/v1/me'), 200);
    assert.equal(me.assurance.level, 'phone');
    assert.ok(!me.phone_masked.replace(/\D/g, '').includes(phone.slice(2)), 'the number is not shown whole');
    assert.deepEqual(me.assurance.functions.map(({ function: name, open }) => [name, open]),
      [['account', true], ['documents', false], ['digital_id', false]]);
    const { consents, acceptances } = assertStatus(await client.get('/api/v1/consents'), 200);
    const states = Object.fromEntries(consents.map(({ purpose, state }) => [purpose, state]));
    assert.deepEqual(states, { account: 'granted', informing_debts: 'absent', informing_health: 'absent', informing_projects: 'absent',
      informing_surveys: 'absent', registry_documents: 'absent' });
    assert.ok(acceptances.some((one) => one.edition_kind === 'agreement' && one.current));
  });

  test('the history holds each act, newest first', async () => {
    const { client } = await registerByCall(world.client());
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    const kinds = operations.map(({ kind }) => kind);
    assert.deepEqual(new Set(kinds),
      new Set(['session.opened', 'consent.granted', 'agreement.accepted', 'account.registered']));
    assert.deepEqual(operations.map(({ at }) => at), operations.map(({ at }) => at).sort().reverse());
  });

  test('an SMS serves as well, in the language of the person', async () => {
    for (const [language, letters] of [['ru', /[а-яё]/i], ['en', /^[^а-яё]*$/i]]) {
      const client = world.client({ language });
      const phone = newPhone(world);
      await proveNumber(client, phone, 'sms');
      const [message] = await phoneOf(world, phone);
      assert.match(message.text, letters);
    }
  });

  test('a number is understood however it is written', async () => {
    for (const form of ['8 (917) 601-00-01', '+7 917 601 00 01', '79176010001', '8-917-601-00-01']) {
      world.secrets.addPhone('+79176010001');
      world.secrets.add('phone as written', form);
      const challenge = await startChallenge(world.client(), form);
      assert.match(challenge.phone_masked, /01$/);
    }
    assert.equal((await phoneOf(world, '+79176010001')).length > 0, true);
  });
});

describe('the steps after the code', () => {
  async function proven() {
    const client = world.client();
    const phone = newPhone(world);
    const { registration_token, account, next } = await proveNumber(client, phone);
    assert.deepEqual([account, next], ['new', 'password']);
    return { client, phone, token: registration_token };
  }

  test('no step can be jumped over', async () => {
    const { client, token } = await proven();
    assertProblem(await acceptAgreement(client, token), 409, 'registration.out_of_order');
    assertProblem(await giveConsent(client, token), 409, 'registration.out_of_order');
    assertProblem(await client.post('/api/v1/registration/recovery', { registration_token: token }),
      409, 'registration.out_of_order');
    assertStatus(await setPassword(client, token), 200);
    assertProblem(await giveConsent(client, token), 409, 'registration.out_of_order');
  });

  test('until the last act there is no account', async () => {
    const { client, phone, token } = await proven();
    assertStatus(await setPassword(client, token), 200);
    assertStatus(await acceptAgreement(client, token), 200);
    assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
    assertProblem(await client.get('/api/v1/me'), 401, 'http.unauthenticated');
  });

  test('a password may be changed until the account is made', async () => {
    const { client, phone, token } = await proven();
    assertStatus(await setPassword(client, token, 'первый вариант пароля'), 200);
    assertStatus(await setPassword(client, token, 'второй вариант пароля'), 200);
    assertStatus(await acceptAgreement(client, token), 200);
    assertStatus(await giveConsent(client, token), 201);
    assertProblem(await signIn(world.client(), phone, 'первый вариант пароля'), 401, 'sign_in.refused');
    assertStatus(await signIn(world.client(), phone, 'второй вариант пароля'), 201);
  });

  const passwords = {
    'password.too_short': ['', 'короче', '1234567', 'пароль7'],
    'password.common': ['12345678', 'qwertyui', 'password', 'aaaaaaaa', 'PASSWORD', 'hgfedcba'],
    'password.too_long': ['п'.repeat(129), 'x'.repeat(257)],
  };
  for (const [reason, list] of Object.entries(passwords)) {
    test(`${reason} for ${list.map((one) => one.slice(0, 10)).join(', ')}`, async () => {
      const { client, token } = await proven();
      for (const password of list) assertProblem(await setPassword(client, token, password), 400, reason);
      assertStatus(await setPassword(client, token), 200);
    });
  }

  test("one's own number is no password", async () => {
    const { client, phone, token } = await proven();
    for (const own of [phone.slice(1), `8${phone.slice(2)}`, phone.slice(2)]) {
      assertProblem(await setPassword(client, token, own), 400, 'password.common');
    }
  });

  test('spaces, emoji and every script are allowed in a password', async () => {
    for (const password of ['  пробелы вокруг  ', 'қазақша құпиясөз', '🌲🌲🌲🌲🌲🌲🌲🦊', '漢字のパスワード']) {
      const { client, phone, token } = await proven();
      assertStatus(await setPassword(client, token, password), 200);
      assertStatus(await acceptAgreement(client, token), 200);
      assertStatus(await giveConsent(client, token), 201);
      assertStatus(await signIn(world.client(), phone, password), 201);
      const shorter = [...password.trim()].slice(1).join('');
      assertProblem(await signIn(world.client(), phone, shorter), 401, 'sign_in.refused');
    }
  });

  test('an agreement that was not shown cannot be accepted', async () => {
    const { client, token } = await proven();
    assertStatus(await setPassword(client, token), 200);
    const edition = await seen(client, 'agreement');
    const accept = (change) =>
      client.put('/api/v1/registration/agreement', { registration_token: token, ...edition, ...change });
    assertProblem(await accept({ sha256: '0'.repeat(64) }), 400, 'edition.mismatch');
    assertProblem(await accept({ number: 9999 }), 404, 'edition.unknown');
    assertProblem(await accept({ language: edition.language === 'ru' ? 'en' : 'ru' }), 400, 'edition.mismatch');
    assertProblem(await accept({ sha256: (await seen(client, 'consent')).sha256 }), 400, 'edition.mismatch');
    assertProblem(await accept({ number: 0 }), 400, 'json.member_range');
    assertStatus(await accept({}), 200);
    assertProblem(await client.put('/api/v1/registration/consent',
      { registration_token: token, ...edition }), 400, 'edition.mismatch');
  });

  test('a finished registration and a made-up token lead nowhere', async () => {
    const { client, token } = await proven();
    assertStatus(await setPassword(client, token), 200);
    assertStatus(await acceptAgreement(client, token), 200);
    assertStatus(await giveConsent(client, token), 201);
    assertProblem(await setPassword(client, token), 404, 'registration.unknown');
    assertProblem(await giveConsent(client, token), 404, 'registration.unknown');
    assertProblem(await setPassword(client, 'A'.repeat(43)), 404, 'registration.unknown');
    assertProblem(await setPassword(client, ''), 404, 'registration.unknown');
  });

  test('the last act twice at once makes one account', async () => {
    const { client, phone, token } = await proven();
    assertStatus(await setPassword(client, token), 200);
    assertStatus(await acceptAgreement(client, token), 200);
    const body = { registration_token: token, ...(await seen(client, 'consent')) };
    const both = await Promise.all([1, 2, 3].map(() => world.client().put('/api/v1/registration/consent', body)));
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 404, 404]);
    assertStatus(await signIn(world.client(), phone), 201);
  });

  test('two registrations of one number: the second finds it taken', async () => {
    const phone = newPhone(world);
    const tokens = [];
    for (const messages of [1, 2]) {
      const { registration_token } = await proveNumber(world.client(), phone, 'sms', messages);
      assertStatus(await setPassword(world.client(), registration_token), 200);
      assertStatus(await acceptAgreement(world.client(), registration_token), 200);
      tokens.push(registration_token);
    }
    assertStatus(await giveConsent(world.client(), tokens[0]), 201);
    assertProblem(await giveConsent(world.client(), tokens[1]), 409, 'registration.number_taken');
  });
});

describe('a number that has an account', () => {
  test('nothing tells so before the code, and only its owner after it', async () => {
    const { phone } = await registerByCall(world.client());
    const client = world.client();
    const known = await client.post('/api/v1/challenges', { phone, channel: 'sms' });
    const unknown = await world.client().post('/api/v1/challenges', { phone: newPhone(world), channel: 'sms' });
    assert.deepEqual(Object.keys(known.json), Object.keys(unknown.json));
    assert.equal(known.body.length, unknown.body.length);
    const code = await readCode(world, phone, 2);
    const started = assertStatus(await answer(client, known.json, code), 200);
    assert.deepEqual([started.account, started.next], ['existing', 'password']);
  });

  test('gets a new password by code; every other session is closed', async () => {
    const { client: old, phone } = await registerByCall(world.client());
    const client = world.client();
    const { registration_token, account } = await proveNumber(client, phone, 'sms', 2);
    assert.equal(account, 'existing');
    const step = assertStatus(await setPassword(client, registration_token, 'совсем другой пароль'), 200);
    assert.equal(step.next, 'recovery');
    assertProblem(await acceptAgreement(client, registration_token), 409, 'registration.out_of_order');
    assertStatus(await client.post('/api/v1/registration/recovery', { registration_token }), 201);
    assertStatus(await client.get('/api/v1/me'), 200);
    assertProblem(await old.get('/api/v1/me'), 401, 'http.unauthenticated');
    assertProblem(await signIn(world.client(), phone), 401, 'sign_in.refused');
    assertStatus(await signIn(world.client(), phone, 'совсем другой пароль'), 201);
  });

  test('once verified, the phone alone does not reset the password', async () => {
    const { client, phone } = await registerByCall(world.client());
    await raise(client, { person: '4' });
    const { registration_token, account, next } = await proveNumber(world.client(), phone, 'sms', 2);
    assert.deepEqual([account, next], ['existing_verified', 'sign_in']);
    assertProblem(await setPassword(world.client(), registration_token), 403, 'recovery.provider_needed');
    assertStatus(await signIn(world.client(), phone, PASSWORD), 201);
  });
});
