// Pumping and guessing: budgets that end, work that is asked for and taken once, browsers that are recognised, and
// parameters in places where they do not belong.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startWorld } from './harness.mjs';
import {
  PASSWORD, answer, assertProblem, assertStatus, codeOf, newPhone, readCode, reasonOf, registerByCall, signIn, solve, startChallenge,
  startChallengeWorking, wrongCode,
} from './people.mjs';

const CHALLENGES = '/api/v1/challenges';
const EASY_WORK = { work_bits_first: 10, work_bits_max: 12 };
const ratioOf = async (world, kind) => {
  const { text } = await world.admin('/metrics');
  return Number(new RegExp(`beresta_challenge_budget_ratio\\{kind="${kind}"\\} (\\S+)`).exec(text)[1]);
};

describe('money', () => {
  let world;
  before(async () => {
    world = await startWorld({
      changes: { budgets: { money_per_day_minor: 1000, prices_minor: { '*.sms': '100', 'RU.call': '10' }, work_from_percent: 100 } },
    });
  });
  after(() => world.stop());

  test('ends for strangers before it ends for those who live here, and nothing else ends with it', async () => {
    const owner = await registerByCall(world.client());
    for (let i = 0; i < 7; i += 1) await startChallenge(world.client(), newPhone(world), 'sms');
    const problem = assertProblem(
      await world.client().post(CHALLENGES, { phone: newPhone(world), channel: 'sms' }), 429, 'challenge.budget_spent');
    assert.ok(problem.retry_after_s > 0);
    const known = await world.client().post(CHALLENGES, { phone: owner.phone, channel: 'sms' });
    assertProblem(known, 429, 'challenge.budget_spent');
    assert.ok(await ratioOf(world, 'money_day') >= 0.7);
    await startChallenge(owner.client, owner.phone, 'sms');
    assertStatus(await signIn(world.client(), owner.phone), 201);
  });
});

describe('a network that asks too much', () => {
  let world;
  before(async () => { world = await startWorld({ changes: { server: { rate_scale: 0 }, budgets: { per_network_hour: 8, ...EASY_WORK } } }); });
  after(() => world.stop());

  test('works for its codes, then gets none; the next network is not concerned', async () => {
    const client = world.client();
    for (let i = 0; i < 4; i += 1) await startChallenge(client, newPhone(world), 'sms');
    assertProblem(await client.post(CHALLENGES, { phone: newPhone(world), channel: 'sms' }), 403, 'challenge.work_needed');
    for (let i = 0; i < 4; i += 1) await startChallengeWorking(client, newPhone(world));
    const phone = newPhone(world);
    const work = assertStatus(await client.post(`${CHALLENGES}/work`, { phone }), 200);
    const body = { phone, channel: 'sms', work_puzzle: work.puzzle, work_nonce: solve(work) };
    assertProblem(await client.post(CHALLENGES, body), 429, 'challenge.budget_spent');
    assert.ok(await ratioOf(world, 'network_hour') >= 1);
    await startChallenge(world.client(), phone, 'sms');
  });

  test('works for a letter to its e-mail by the same rule, then gets none', async () => {
    const { client } = await registerByCall(world.client());
    for (let i = 0; i < 3; i += 1) await startChallenge(client, newPhone(world), 'sms');
    const email = 'alsu.busy@mail.example';
    world.secrets.add('e-mail', email);
    const set = (proof) => client.put('/api/v1/me/email', { email, ...proof });
    assertProblem(await set(), 403, 'challenge.work_needed');
    const work = async () => {
      const puzzle = assertStatus(await client.post('/api/v1/me/email/work', { email }), 200);
      return { work_puzzle: puzzle.puzzle, work_nonce: solve(puzzle) };
    };
    assertStatus(await set(await work()), 202);
    for (let i = 0; i < 3; i += 1) await startChallengeWorking(client, newPhone(world));
    assertProblem(await set(await work()), 429, 'challenge.budget_spent');
  });

  test('a piece of work is taken once, for its number only, and not when it is wrong', async () => {
    const client = world.client();
    const [phone, other] = [newPhone(world), newPhone(world)];
    for (let i = 0; i < 4; i += 1) await startChallenge(client, newPhone(world), 'sms');
    const work = assertStatus(await client.post(`${CHALLENGES}/work`, { phone }), 200);
    const work_nonce = solve(work);
    const altered = work.puzzle.slice(0, -1) + (work.puzzle.endsWith('A') ? 'B' : 'A');
    const ask = (changes) => client.post(CHALLENGES,
      { phone, channel: 'sms', work_puzzle: work.puzzle, work_nonce, ...changes });
    for (const changes of [{ phone: other }, { work_nonce: solve(work, { rightly: false }) }, { work_puzzle: altered },
      { work_puzzle: 'A'.repeat(64) }, { work_puzzle: '' }]) {
      assertProblem(await ask(changes), 403, 'challenge.work_needed');
    }
    assertStatus(await ask({}), 202);
    assertProblem(await ask({}), 403, 'challenge.work_needed');
  });
});

describe('a network that guesses passwords', () => {
  let world;
  before(async () => {
    world = await startWorld({ changes: { server: { rate_scale: 0 }, budgets: { passwords_per_network_hour: 4, ...EASY_WORK } } });
  });
  after(() => world.stop());

  test('works for each further try, whether the number is registered or not, and its recognised browsers do not', async () => {
    const owner = await registerByCall(world.client());
    const client = world.client();
    for (let i = 0; i < 4; i += 1) {
      assertProblem(await signIn(client, newPhone(world), 'наугад и мимо цели'), 401, 'sign_in.refused');
    }
    for (const phone of [owner.phone, newPhone(world)]) {
      assertProblem(await signIn(client, phone), 403, 'sign_in.work_needed');
      const work = assertStatus(await client.post(`${CHALLENGES}/work`, { phone }), 200);
      const tried = { phone, password: 'наугад и мимо цели', work_puzzle: work.puzzle, work_nonce: solve(work) };
      assertProblem(await client.post('/api/v1/sessions', tried), 401, 'sign_in.refused');
      assertProblem(await client.post('/api/v1/sessions', tried), 403, 'sign_in.work_needed');
      assertProblem(await client.post('/api/v1/sessions', { ...tried, work_nonce: undefined }), 400, 'json.member_missing');
    }
    const work = assertStatus(await client.post(`${CHALLENGES}/work`, { phone: owner.phone }), 200);
    const right = { phone: owner.phone, password: PASSWORD, work_puzzle: work.puzzle, work_nonce: solve(work) };
    assertStatus(await client.post('/api/v1/sessions', right), 201);
    assertStatus(await signIn(owner.client, owner.phone), 201);
  });
});

describe('a call that is drawn to be confirmed', () => {
  let world;
  before(async () => { world = await startWorld({ changes: { budgets: { calls_confirmed_per_mille: 1000 } } }); });
  after(() => world.stop());

  test('takes the right digits only with a code by SMS, and is no other call before that', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const call = await startChallenge(client, phone);
    assert.deepEqual([call.channel, call.code_digits, call.attempts_left], ['call', 5, 1]);
    assertProblem(await answer(client, call, await readCode(world, phone)), 409, 'challenge.confirm_by_sms');
    const text = await startChallenge(client, phone, 'sms');
    assert.deepEqual([text.channel, text.code_digits], ['sms', 10]);
    assertStatus(await answer(client, text, await readCode(world, phone, 2)), 200);
  });
});

describe('an attacker who knows a number', () => {
  let world;
  before(async () => { world = await startWorld({ changes: { budgets: EASY_WORK } }); });
  after(() => world.stop());

  test('guesses from many networks at once: one short code is judged, the rest are not', async () => {
    const phone = newPhone(world);
    const clients = Array.from({ length: 5 }, () => world.client());
    const challenges = [];
    for (const client of clients) challenges.push(await startChallenge(client, phone));
    const code = wrongCode(await readCode(world, phone, 5));
    const answers = await Promise.all(clients.map((client, i) => answer(client, challenges[i], code)));
    assert.deepEqual(answers.map(reasonOf).sort(),
      ['challenge.code_wrong', ...Array(4).fill('challenge.exhausted')]);
  });

  test('does not lock its owner out: neither a browser that knows the account nor a new one', async () => {
    const { client, phone } = await registerByCall(world.client());
    assertStatus(await client.delete('/api/v1/sessions/current'), 204);
    const attacker = world.client();
    for (let i = 0; i < 12; i += 1) {
      const challenge = await startChallengeWorking(i % 2 ? attacker : world.client(), phone, 'call');
      await answer(attacker, challenge, '00000');
    }
    const call = await startChallenge(client, phone, 'call');
    assert.deepEqual([call.channel, call.code_digits, call.attempts_left], ['call', 5, 3]);
    const elsewhere = world.client();
    const text = await startChallengeWorking(elsewhere, phone, 'sms');
    const messages = await world.sandboxAsks('GET', `/phone/messages?to=${encodeURIComponent(phone)}`);
    assert.ok(messages.length <= 8, `${messages.length} messages: the phone is not bombed`);
    const long = codeOf(messages.find(({ text: words }) => /ваш код \d{4} /.test(words ?? '')));
    assert.match(long, /^\d{10,14}$/);
    world.secrets.add('code', long);
    assertStatus(await answer(elsewhere, text, long), 200);
  });
});

describe('parameters in the wrong place', () => {
  let world;
  before(async () => { world = await startWorld(); });
  after(() => world.stop());
  const requests = {
    startChallenge: ['POST', CHALLENGES, { phone: '+79176000000', channel: 'sms' }],
    prepareChallengeWork: ['POST', `${CHALLENGES}/work`, { phone: '+79176000000' }],
    answerChallenge: ['POST', `${CHALLENGES}/01890a5d-ac96-774b-bcce-b302099a8057/answer`, { code: '12345' }],
    setRegistrationPassword: ['PUT', '/api/v1/registration/password', { registration_token: 'A'.repeat(43), password: 'pass words pass' }],
    recoverAccount: ['POST', '/api/v1/registration/recovery', { registration_token: 'A'.repeat(43) }],
    signIn: ['POST', '/api/v1/sessions', { phone: '+79176000000', password: 'pass words pass' }],
  };
  for (const [name, [method, path, body]] of Object.entries(requests)) {
    const query = new URLSearchParams(body).toString();
    test(`${name} takes nothing from the query, a form, a header or a cookie`, async () => {
      const client = world.client();
      const refused = [
        await client.call(method, `${path}?${query}`, { json: {} }),
        await client.call(method, path, { json: {}, headers: { cookie: query.replaceAll('&', '; ') } }),
        await client.call(method, path, { json: { body } }),
        await client.call(method, path, { json: [body] }),
      ];
      for (const response of refused) assert.equal(response.status, 400, response.text);
      const form = await client.call(method, path,
        { body: query, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      assert.equal(form.status, 415, form.text);
    });

    test(`${name} takes each member once, in its type and length`, async () => {
      const client = world.client();
      for (const [member, value] of Object.entries(body)) {
        const { [member]: _, ...without } = body;
        const doubled = `{"${member}":${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`;
        const sent = [
          { json: without }, { json: { ...body, [member]: null } }, { json: { ...body, [member]: 1 } },
          { json: { ...body, [member]: [value] } }, { json: { ...body, [member]: { value } } },
          { json: { ...body, [member]: 'x'.repeat(5000) } },
          { body: doubled, headers: { 'content-type': 'application/json' } },
        ];
        for (const options of sent) {
          const response = await world.client().call(method, path, options);
          assert.equal(response.status, 400, `${member}: ${response.text}`);
        }
      }
      assert.equal((await client.call(method, path, { json: { ...body, more: 1 } })).status, 400);
    });
  }

  test('half a piece of work is none', async () => {
    const phone = newPhone(world);
    for (const half of [{ work_puzzle: 'A'.repeat(56) }, { work_nonce: 5 }, { work_puzzle: 'A', work_nonce: -1 },
      { work_puzzle: 'A', work_nonce: 1.5 }, { work_puzzle: 'A', work_nonce: 2 ** 53 }, { work_puzzle: 'A'.repeat(65), work_nonce: 1 }]) {
      assert.equal((await world.client().post(CHALLENGES, { phone, channel: 'sms', ...half })).status, 400);
    }
  });

  test('nonsense in the cookies is as good as no cookie', async () => {
    const phone = newPhone(world);
    for (const cookie of ['__Host-challenge=', `__Host-challenge=${'A'.repeat(3000)}`, '__Host-device=nonsense',
      `__Host-device=${'A'.repeat(160)}`]) {
      const response = await world.client().post(CHALLENGES, { phone: newPhone(world), channel: 'sms' }, { headers: { cookie } });
      const [, token] = /__Host-challenge=([^;]*)/.exec(response.headers['set-cookie'].join(' '));
      assert.equal(token.length, 43);
      assertStatus(response, 202);
    }
    assertProblem(await signIn(world.client(), phone, 'pass words pass'), 401, 'sign_in.refused');
  });

  test('ranges that no country owns are refused', async () => {
    for (const phone of ['+881 612 345 678', '+882 16 123 4567', '+979 1 2345 6789', '+870 773 123 456', '+808 1234 5678']) {
      world.secrets.add('odd phone', phone);
      const response = await world.client().post(CHALLENGES, { phone, channel: 'sms' });
      assert.ok(['phone.premium_rate', 'phone.malformed'].includes(reasonOf(response)), response.text);
    }
  });
});
