// Codes from an app (made by oathtool), recovery codes, and what a phone alone no longer does.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import {
  PASSWORD, assertProblem, assertStatus, phoneOf, proveNumber, registerByCall, setPassword, signIn,
} from './people.mjs';

let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

/**
 * What the person's app shows, `steps` half minutes after it was set up. Counted from there and not from now,
 * so that a half minute that ends while a test runs changes nothing.
 */
function appOf(secret, setUpAt = Date.now()) {
  return (steps = 0) => {
    const moment = new Date(setUpAt + steps * 30_000).toISOString().replace('T', ' ').slice(0, 19);
    const code = execFileSync('oathtool', ['--totp', '-b', '-N', `${moment} UTC`, secret]).toString().trim();
    world.secrets.add('one-time code', code);
    return code;
  };
}

const finish = (client, body) => client.post('/api/v1/sessions/second-factor', body);
const wrong = (code) => code.replace(/\d$/, (digit) => String((Number(digit) + 5) % 10));

async function ticketOf(client, phone) {
  const needed = assertStatus(await signIn(client, phone), 202);
  world.secrets.add('ticket', needed.ticket);
  return needed;
}

async function begin(client) {
  const enrolment = assertStatus(await client.post('/api/v1/me/totp'), 201);
  world.secrets.add('totp secret', enrolment.secret);
  return enrolment;
}

/** An account with an app and recovery codes. The code of this half minute has been used. */
async function protectedAccount() {
  const person = await registerByCall(world.client());
  const { secret } = await begin(person.client);
  const app = appOf(secret);
  assert.equal((await person.client.put('/api/v1/me/totp', { totp_code: app() })).status, 204);
  const { codes } = assertStatus(await person.client.post('/api/v1/me/recovery-codes'), 201);
  for (const code of codes) world.secrets.add('recovery code', code);
  return { ...person, app, codes };
}

describe('codes from an app', () => {
  test('count once one was confirmed', async () => {
    const { client, phone } = await registerByCall(world.client());
    const { secret, otpauth_uri } = await begin(client);
    const app = appOf(secret);
    const uri = new URL(otpauth_uri);
    assert.deepEqual([uri.host, uri.searchParams.get('secret'), uri.searchParams.get('digits')], ['totp', secret, '6']);
    assertStatus(await signIn(world.client(), phone), 201);
    assertProblem(await client.put('/api/v1/me/totp', { totp_code: wrong(app()) }), 403, 'totp.code_wrong');
    assert.equal((await client.put('/api/v1/me/totp', { totp_code: app() })).status, 204);
    assertProblem(await client.post('/api/v1/me/totp'), 409, 'totp.already_on');
    const other = world.client();
    const { ticket, methods } = await ticketOf(other, phone);
    assert.deepEqual(methods, ['totp']);
    assertProblem(await other.get('/api/v1/me'), 401, 'http.unauthenticated');
    assertStatus(await finish(other, { ticket, totp_code: app(1) }), 201);
    const { sessions } = assertStatus(await other.get('/api/v1/sessions'), 200);
    const { amr, aal } = sessions.find(({ current }) => current);
    assert.deepEqual([amr, aal], [['pwd', 'otp'], 2]);
  });

  test('work once: the same one, and the one before it, are refused', async () => {
    const { phone, app } = await protectedAccount();
    const client = world.client();
    const { ticket } = await ticketOf(client, phone);
    for (const steps of [0, -1]) {
      assertProblem(await finish(client, { ticket, totp_code: app(steps) }), 403, 'totp.code_wrong');
    }
    assertStatus(await finish(client, { ticket, totp_code: app(1) }), 201);
    assertProblem(await finish(client, { ticket, totp_code: app(1) }), 404, 'second_factor.unknown');
  });

  test('one code used eight times at once opens one session', async () => {
    const { phone, app } = await protectedAccount();
    const clients = Array.from({ length: 8 }, () => world.client());
    const tickets = await Promise.all(clients.map(async (client) => (await ticketOf(client, phone)).ticket));
    const totp_code = app(1);
    const answers = await Promise.all(clients.map((client, i) => finish(client, { ticket: tickets[i], totp_code })));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1, answers.map(({ text }) => text).join());
  });

  test('five wrong ones end the ticket, make the app wait, and warn its owner', async () => {
    const { phone, app, codes } = await protectedAccount();
    const client = world.client();
    const { ticket } = await ticketOf(client, phone);
    for (let i = 0; i < 5; i += 1) {
      assertProblem(await finish(client, { ticket, totp_code: '00000x' }), 403, 'totp.code_wrong');
    }
    const totp_code = app(1);
    assertProblem(await finish(client, { ticket, totp_code }), 404, 'second_factor.unknown');
    const { ticket: next } = await ticketOf(client, phone);
    const problem = assertProblem(await finish(client, { ticket: next, totp_code }), 429, 'totp.wait');
    assert.ok(problem.retry_after_s > 800 && problem.retry_after_s <= 901);
    await until('a warning', async () => (await phoneOf(world, phone)).some(({ text }) => /подбирает второй код/.test(text ?? '')));
    assertStatus(await finish(client, { ticket: next, recovery_code: codes[0] }), 201);
  });

  test('a code of the app does not stand in for the password before a change', async () => {
    const { client, app } = await protectedAccount();
    const again = (body) => client.post('/api/v1/sessions/current/reauthentication', body);
    const before = assertStatus(await again({ password: PASSWORD }), 200);
    const after = assertStatus(await again({ totp_code: app(1) }), 200);
    assert.deepEqual([after.aal, after.authenticated_at], [2, before.authenticated_at]);
    assertProblem(await client.put('/api/v1/me/password', { new_password: 'новые чернила и перо' }), 403, 'reauthentication.required');
    assertProblem(await again({ password: PASSWORD, totp_code: '123456' }), 400, 'second_factor.one_of_them');
  });
});

describe('recovery codes', () => {
  test('are ten, work once each, however they are typed', async () => {
    const { client, phone, codes } = await protectedAccount();
    assert.equal(new Set(codes).size, 10);
    const other = world.client();
    const { ticket, methods } = await ticketOf(other, phone);
    assert.deepEqual(methods, ['totp', 'recovery_code']);
    const typed = ` ${codes[3].toLowerCase().replaceAll('-', ' ')} `;
    assertStatus(await finish(other, { ticket, recovery_code: typed }), 201);
    const { ticket: next } = await ticketOf(world.client(), phone);
    assertProblem(await finish(world.client(), { ticket: next, recovery_code: codes[3] }), 403, 'recovery_code.wrong');
    assert.equal(assertStatus(await client.get('/api/v1/me/authenticators'), 200).recovery_codes_left, 9);
  });

  test('one used eight times at once opens one session', async () => {
    const { phone, codes } = await protectedAccount();
    const clients = Array.from({ length: 8 }, () => world.client());
    const tickets = await Promise.all(clients.map(async (client) => (await ticketOf(client, phone)).ticket));
    const answers = await Promise.all(clients.map((client, i) => finish(client, { ticket: tickets[i], recovery_code: codes[0] })));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.ok(answers.every(({ status }) => status === 201 || status === 403), answers.map(({ text }) => text).join());
  });

  test('of somebody else, replaced, or made up open nothing', async () => {
    const { client, phone, codes } = await protectedAccount();
    const other = await protectedAccount();
    const fresh = assertStatus(await client.post('/api/v1/me/recovery-codes'), 201).codes;
    for (const code of fresh) world.secrets.add('recovery code', code);
    const browser = world.client();
    const { ticket } = await ticketOf(browser, phone);
    for (const recovery_code of [codes[0], other.codes[0], '', '0000-0000-0000']) {
      assertProblem(await finish(browser, { ticket, recovery_code }), 403, 'recovery_code.wrong');
    }
    assertStatus(await finish(browser, { ticket, recovery_code: fresh[0] }), 201);
  });
});

describe('a phone alone', () => {
  const recover = (client, body) => client.post('/api/v1/registration/recovery', body);
  const NEW = 'новые чернила и перо';

  test('recovers no account that has an app: a recovery code is needed as well', async () => {
    const { client, phone, codes } = await protectedAccount();
    const thief = world.client();
    const { registration_token } = await proveNumber(thief, phone, 'call', 2);
    assertStatus(await setPassword(thief, registration_token, NEW), 200);
    assertProblem(await recover(thief, { registration_token }), 403, 'recovery.proof_needed');
    assertProblem(await recover(thief, { registration_token, recovery_code: '0000-0000-0000' }), 403, 'recovery_code.wrong');
    assertStatus(await client.get('/api/v1/me'), 200);
    assertStatus(await signIn(world.client(), phone), 202);
    assertStatus(await recover(thief, { registration_token, recovery_code: codes[0] }), 201);
    assertProblem(await client.get('/api/v1/me'), 401, 'http.unauthenticated');
  });

  test('is no second factor for whoever has something stronger', async () => {
    const { phone } = await protectedAccount();
    const thief = world.client();
    const { registration_token } = await proveNumber(thief, phone, 'call', 2);
    const { ticket } = await ticketOf(thief, phone);
    assertProblem(await finish(thief, { ticket, registration_token }), 403, 'second_factor.method');
  });
});

describe('a second factor', () => {
  test('is one thing, in its place, of the right type', async () => {
    const { phone, app } = await protectedAccount();
    const client = world.client();
    const { ticket } = await ticketOf(client, phone);
    const bodies = [
      {}, { ticket }, { ticket, totp_code: 123456 }, { ticket, totp_code: '123456', recovery_code: 'x' },
      { ticket, passkey: 'x' }, { ticket, passkey: {} }, { ticket: 1, totp_code: '123456' }, { totp_code: '123456' },
      { ticket, totp_code: '1'.repeat(17) }, { ticket, totp_code: '123456', aal: 2 }];
    for (const body of bodies) assert.equal((await finish(client, body)).status, 400, JSON.stringify(body));
    assertProblem(await finish(client, { ticket: 'AAAA', totp_code: '123456' }), 404, 'second_factor.unknown');
    assertStatus(await finish(client, { ticket, totp_code: app(1) }), 201);
  });
});
