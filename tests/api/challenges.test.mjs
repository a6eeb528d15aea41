// Proving a number: what is refused before a code is sent, codes by call and SMS, and their limits.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startWorld } from './harness.mjs';
import {
  answer, assertProblem, assertStatus, codeOf, newPhone, phoneOf, readCode, signIn, startChallenge, startChallengeWorking,
  wrongCode,
} from './people.mjs';

const SMS_AFTER_S = 2;
let world;
before(async () => { world = await startWorld({ changes: { limits: { sms_after_s: SMS_AFTER_S } } }); });
after(() => world.stop());

describe('numbers that cannot register', () => {
  const numbers = {
    'phone.malformed': ['', 'позвоните мне', '12', '+7 917 555', '+7 917 555 01 42 99 88 77 66',
      '+7917555-01-42 доб. 5',
      '+', '8'.repeat(60)],
    'phone.not_mobile': ['+7 843 200-11-22', '8 800 555-35-35'],
    'phone.premium_rate': ['+7 809 200-00-00'],
    'phone.region_not_served': ['+7 701 234 56 78', '+49 1512 3456789', '+996 555 123456', '+1 202-555-0142'],
  };
  for (const [reason, texts] of Object.entries(numbers)) {
    for (const phone of texts) {
      test(`${JSON.stringify(phone.slice(0, 24))} is refused as ${reason}`, async () => {
        world.secrets.add('odd phone', phone);
        for (const channel of ['call', 'sms']) {
          const response = await world.client().post('/api/v1/challenges', { phone, channel });
          const { title } = assertProblem(response, 400, response.json.type.endsWith('not_mobile')
            && reason === 'phone.region_not_served' ? 'phone.not_mobile' : reason);
          assert.ok(title.length > 0);
        }
      });
    }
  }

  test('a number longer than any is refused before it is looked at', async () => {
    assertProblem(await world.client().post('/api/v1/challenges', { phone: '9'.repeat(65), channel: 'sms' }),
      400, 'json.member_too_long');
  });

  test('an unknown channel is refused', async () => {
    assertProblem(await world.client().post('/api/v1/challenges', { phone: newPhone(world), channel: 'pigeon' }),
      400, 'challenge.channel_unknown');
  });

  test('sign-in tells the same about such numbers', async () => {
    assertProblem(await signIn(world.client(), 'no number'), 400, 'phone.malformed');
  });
});

describe('codes', () => {
  test('a wrong code costs a try and the right one still works', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await readCode(world, phone);
    const problem = assertProblem(await answer(client, challenge, wrongCode(code)), 403, 'challenge.code_wrong');
    assert.equal(problem.attempts_left, 2);
    assertStatus(await answer(client, challenge, code), 200);
  });

  test('the five digits of a call may be tried once, then a long code comes by SMS', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const call = await startChallenge(client, phone);
    assert.equal(call.attempts_left, 1);
    const code = await readCode(world, phone);
    const problem = assertProblem(await answer(client, call, wrongCode(code)), 403, 'challenge.code_wrong');
    assert.equal(problem.attempts_left, 0);
    assertProblem(await answer(client, call, code), 409, 'challenge.exhausted');
    const text = await startChallenge(client, phone);
    assert.deepEqual([text.channel, text.code_digits, text.attempts_left], ['sms', 10, 3]);
    assertStatus(await answer(client, text, await readCode(world, phone, 2)), 200);
  });

  test('after three wrong codes the right one is worth nothing', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await readCode(world, phone);
    for (const left of [2, 1, 0]) {
      const problem = assertProblem(await answer(client, challenge, wrongCode(code)), 403, 'challenge.code_wrong');
      assert.equal(problem.attempts_left, left);
    }
    assertProblem(await answer(client, challenge, code), 409, 'challenge.exhausted');
    assertProblem(await client.post(`/api/v1/challenges/${challenge.challenge_id}/sms`), 409, 'challenge.ended');
  });

  test('a code is used once', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone);
    const code = await readCode(world, phone);
    assertStatus(await answer(client, challenge, code), 200);
    assertProblem(await answer(client, challenge, code), 409, 'challenge.used');
  });

  test('of ten right answers at once exactly one gets the ticket', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone);
    const code = await readCode(world, phone);
    const answers = await Promise.all(Array.from({ length: 10 }, () => answer(client.roam(), challenge, code)));
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, ...Array(9).fill(409)]);
  });

  test('twenty wrong answers at once cost no more than three tries', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await readCode(world, phone);
    const guess = () => answer(client.roam(), challenge, wrongCode(code));
    const guesses = await Promise.all(Array.from({ length: 20 }, guess));
    const left = guesses.filter(({ status }) => status === 403).map(({ json }) => json.attempts_left).sort();
    assert.deepEqual(left, [0, 1, 2]);
    assertProblem(await answer(client, challenge, code), 409, 'challenge.exhausted');
  });

  test('a code is of no use in another browser', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await readCode(world, phone);
    assertProblem(await answer(world.client(), challenge, code), 404, 'challenge.unknown');
    assertStatus(await answer(client, challenge, code), 200);
  });

  test('a newer code replaces the earlier one', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const first = await startChallenge(client, phone);
    const firstCode = await readCode(world, phone);
    const second = await startChallenge(client, phone);
    const secondCode = await readCode(world, phone, 2);
    assertProblem(await answer(client, first, firstCode), 409, 'challenge.replaced');
    assertStatus(await answer(client, second, secondCode), 200);
  });

  test("a code answers its own challenge, not somebody else's", async () => {
    const [one, other] = [newPhone(world), newPhone(world)];
    const client = world.client();
    const first = await startChallenge(client, one, 'sms');
    await startChallenge(world.client(), other, 'sms');
    const foreign = await readCode(world, other);
    if (foreign === await readCode(world, one)) return; // one in a million
    assertProblem(await answer(client, first, foreign), 403, 'challenge.code_wrong');
  });

  test('unknown and nonsense challenges are not found', async () => {
    const unknown = { challenge_id: '01890a5d-ac96-774b-bcce-b302099a8057' };
    assertProblem(await answer(world.client(), unknown, '12345'), 404, 'challenge.unknown');
    assertProblem(await answer(world.client(), { challenge_id: 'nonsense' }, '12345'), 404, 'id.unknown');
  });

  test('what is no code at all costs no try', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await readCode(world, phone);
    for (const nonsense of [{ code: 12345 }, { code: null }, { code: '1'.repeat(17) }, {},
      { code: '12345', again: true }]) {
      assert.equal((await client.post(`/api/v1/challenges/${challenge.challenge_id}/answer`, nonsense)).status, 400);
    }
    const problem = assertProblem(await answer(client, challenge, wrongCode(code)), 403, 'challenge.code_wrong');
    assert.equal(problem.attempts_left, 2);
  });
});

describe('no call came', () => {
  test('an SMS asked for too early is refused and says when', async () => {
    const client = world.client();
    const challenge = await startChallenge(client, newPhone(world));
    assert.equal(challenge.sms_after_s, SMS_AFTER_S);
    const problem = assertProblem(
      await client.post(`/api/v1/challenges/${challenge.challenge_id}/sms`), 429, 'challenge.sms_too_early');
    assert.ok(problem.retry_after_s >= 1 && problem.retry_after_s <= SMS_AFTER_S + 1);
  });

  test('after that time the SMS comes and the code of the call is worth nothing', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const call = await startChallenge(client, phone);
    const callCode = await readCode(world, phone);
    await pause(SMS_AFTER_S * 1000 + 200);
    const sms = assertStatus(await client.post(`/api/v1/challenges/${call.challenge_id}/sms`), 202);
    assert.equal(sms.channel, 'sms');
    assert.notEqual(sms.challenge_id, call.challenge_id);
    const smsCode = await readCode(world, phone, 2);
    assertProblem(await answer(client, call, callCode), 409, 'challenge.replaced');
    assertStatus(await answer(client, sms, smsCode), 200);
  });

  test('the operator being down loses nothing: the message comes when it is back', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await world.withFault({ target: 'operator.*', mode: 'outage', times: 1 },
      async () => {
        const started = await startChallenge(client, phone, 'sms');
        await pause(300);
        return started;
      });
    const code = await readCode(world, phone);
    assertStatus(await answer(client, challenge, code), 200);
  });

  test('an answer of the operator that got lost does not ring twice', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    await world.withFault({ target: 'operator.sms', mode: 'lost_answer', times: 1 }, async () => {
      const challenge = await startChallenge(client, phone, 'sms');
      const code = await readCode(world, phone);
      assertStatus(await answer(client, challenge, code), 200);
      await pause(1500);
    });
    assert.equal((await phoneOf(world, phone)).length, 1);
  });
});

describe('limits', () => {
  test('a sixth code within the hour costs work and is one long code for all who ask', async () => {
    const phone = newPhone(world);
    for (let i = 0; i < 5; i += 1) await startChallenge(world.client(), phone, 'sms');
    const refused = await world.client().post('/api/v1/challenges', { phone, channel: 'call' });
    assertProblem(refused, 403, 'challenge.work_needed');
    const client = world.client();
    const first = await startChallengeWorking(client, phone, 'call');
    assert.deepEqual([first.channel, first.code_digits], ['sms', 10]);
    const code = await readCode(world, phone, 6);
    const other = world.client();
    const second = await startChallengeWorking(other, phone);
    assert.equal(second.sent_at, first.sent_at);
    assert.equal((await phoneOf(world, phone)).length, 6);
    assertStatus(await answer(other, second, code), 200);
    assertProblem(await answer(client, first, code), 409, 'challenge.used');
  });

  test('one network asking for code after code is slowed down', async () => {
    const client = world.client();
    const statuses = [];
    for (let i = 0; i < 16; i += 1) {
      const response = await client.post('/api/v1/challenges', { phone: newPhone(world), channel: 'sms' });
      statuses.push(response.status);
      if (response.status === 429) assertProblem(response, 429, 'http.rate_limited');
    }
    assert.ok(statuses.includes(202) && statuses.includes(429), statuses.join(' '));
    assertStatus(await client.get('/api/v1/configuration'), 200);
  });

  test('a made-up first address in X-Forwarded-For does not get around it', async () => {
    const { network } = world.client();
    const statuses = [];
    for (let i = 0; i < 16; i += 1) {
      const response = await world.client().post('/api/v1/challenges', { phone: newPhone(world), channel: 'sms' },
        { headers: { 'x-forwarded-for': `198.51.100.${i}, ${network}` } });
      statuses.push(response.status);
    }
    assert.ok(statuses.includes(429), statuses.join(' '));
  });
});

test('what the phone was sent says who sends it and holds the code', async () => {
  const phone = newPhone(world);
  await startChallenge(world.client(), phone, 'sms');
  const code = await readCode(world, phone);
  const [message] = await phoneOf(world, phone);
  assert.equal(codeOf(message), code);
  assert.ok(message.text.replace(code, '').trim().length > 10, 'a bare number would look like fraud');
  assert.ok(message.text.length <= 160);
});
