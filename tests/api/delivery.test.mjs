// How a code gets to the phone: what the waiting page is told, and what happens when an operator fails.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import smpp from 'smpp';
import { startWorld, until } from './harness.mjs';
import {
  answer, assertProblem, assertStatus, codeOf, newPhone, phoneOf, readCode, registerByCall, startChallenge,
} from './people.mjs';
import { TestCentre } from './smsc.mjs';

let world;
before(async () => {
  world = await startWorld({
    changes: {
      'operator.sms': { priority: 1 },
      'operator.spare': {
        kind: 'http', channel: 'sms', priority: 2, url: 'http://127.0.0.1:9/nobody-listens', timeout_ms: 500,
      },
    },
  });
});
after(() => world.stop());

const delivery = (client, challenge) => client.get(`/api/v1/challenges/${challenge.challenge_id}`);

/** Waits until the page would be told this. */
function told(client, challenge, expected) {
  return until(JSON.stringify(expected), async () => {
    const { challenge_id, ...rest } = assertStatus(await delivery(client, challenge), 200);
    assert.equal(challenge_id, challenge.challenge_id);
    return JSON.stringify(rest) === JSON.stringify(expected);
  });
}

describe('what the waiting page is told', () => {
  test('a call that rang, an SMS that was taken', async () => {
    const client = world.client();
    await told(client, await startChallenge(client, newPhone(world)), { channel: 'call', state: 'delivered' });
    await told(client, await startChallenge(client, newPhone(world), 'sms'), { channel: 'sms', state: 'sent' });
  });

  test('the same for a number with an account and one without', async () => {
    const { phone } = await registerByCall(world.client());
    const client = world.client();
    const [known, unknown] = [await startChallenge(client, phone), await startChallenge(client, newPhone(world))];
    for (const challenge of [known, unknown]) await told(client, challenge, { channel: 'call', state: 'delivered' });
    const bodies = await Promise.all([known, unknown].map(async (challenge) => (await delivery(client, challenge)).text));
    assert.equal(bodies[0].length, bodies[1].length);
  });

  test('nothing about challenges that do not exist', async () => {
    for (const id of ['01890a5d-ac96-774b-bcce-b302099a8057', 'nonsense']) {
      const response = await delivery(world.client(), { challenge_id: id });
      assertProblem(response, 404, id === 'nonsense' ? 'id.unknown' : 'challenge.unknown');
    }
  });
});

describe('an operator that fails', () => {
  test('a call nobody can make becomes an SMS with the same digits at once', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    await world.withFault({ target: 'operator.calls', mode: 'error', status: 503, times: 1 }, async () => {
      const challenge = await startChallenge(client, phone);
      await told(client, challenge, { channel: 'sms', state: 'sent', problem: 'operator' });
      const code = await readCode(world, phone);
      assert.equal(code.length, challenge.code_digits);
      assertStatus(await answer(client, challenge, code), 200);
    });
    assert.deepEqual((await phoneOf(world, phone)).map(({ kind }) => kind), ['sms']);
  });

  test('an SMS waits for the one operator that is left, and its metrics tell', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await world.withFault({ target: 'operator.sms', mode: 'outage', times: 2 }, async () => {
      const started = await startChallenge(client, phone, 'sms');
      await told(client, started, { channel: 'sms', state: 'queued' });
      const code = await readCode(world, phone);
      assertStatus(await answer(client, started, code), 200);
      return started;
    });
    await told(client, challenge, { channel: 'sms', state: 'sent' });
    const { text } = await world.admin('/metrics');
    const count = (name, outcome) => Number(
      new RegExp(`^beresta_operator_answers_total\\{operator="${name}",outcome="${outcome}"\\} (\\d+)`, 'm').exec(text)?.[1]);
    assert.ok(count('sms', 'unavailable') >= 2, text);
    assert.ok(count('sms', 'accepted') >= 1);
    assert.ok(count('spare', 'unavailable') >= 2, 'the second one was asked too');
    assert.match(text, /^beresta_circuit_open\{peer="operator\.sms"\} 0$/m);
  });

  test('codes to one number never repeat while they live', async () => {
    const phone = newPhone(world);
    for (let i = 0; i < 5; i += 1) await startChallenge(world.client(), phone, 'sms');
    const messages = await until('five messages', async () => {
      const received = await phoneOf(world, phone);
      return received.length === 5 && received;
    });
    const codes = messages.map(codeOf);
    codes.forEach((code) => world.secrets.add('code', code));
    assert.equal(new Set(codes).size, 5);
  });
});

describe('an SMS that no operator could deliver', () => {
  let centres;
  let lossy;
  const centreSettings = (port, priority) => ({
    kind: 'smpp', priority, host: '127.0.0.1', port, system_id: 'beresta', password: 'secret', source: 'Beresta', timeout_ms: 400,
  });
  before(async () => {
    centres = await Promise.all([new TestCentre().start(), new TestCentre().start()]);
    lossy = await startWorld({
      changes: () => ({
        'operator.sms': null,
        'operator.first': centreSettings(centres[0].port, 1),
        'operator.second': centreSettings(centres[1].port, 2),
      }),
    });
    await until('both SMS centres are bound', () => centres.every(({ session }) => session));
  });
  after(async () => {
    await lossy.stop();
    await Promise.all(centres.map((centre) => centre.stop()));
  });

  test('is told to the page once the last of them has reported it, and a call lets in', async () => {
    const [client, phone] = [lossy.client(), newPhone(lossy)];
    const challenge = await startChallenge(client, phone, 'sms');
    for (const [centre, stat] of [[centres[0], 'UNDELIV'], [centres[1], 'REJECTD']]) {
      const { id, pdu } = await centre.message(phone);
      lossy.secrets.add('code', /\b(\d{6})\b/.exec(pdu.short_message.message)[1]);
      await until('the message is noted as taken', async () => (await delivery(client, challenge)).json.state === 'sent');
      await centre.report(id, stat);
    }
    await told(client, challenge, { channel: 'sms', state: 'failed', problem: 'undelivered' });
    const call = await startChallenge(client, phone, 'call');
    assert.equal(call.channel, 'call');
    await told(client, call, { channel: 'call', state: 'delivered' });
    assertStatus(await answer(client, call, await readCode(lossy, phone)), 200);
  });

  test('is told when all of them refuse to take it', async () => {
    centres.forEach((centre) => { centre.mode = smpp.ESME_RINVDSTADR; });
    const [client, phone] = [lossy.client(), newPhone(lossy)];
    const challenge = await startChallenge(client, phone, 'sms');
    await told(client, challenge, { channel: 'sms', state: 'failed', problem: 'operator' });
    const call = await startChallenge(client, phone, 'call');
    assertStatus(await answer(client, call, await readCode(lossy, phone)), 200);
  });
});
