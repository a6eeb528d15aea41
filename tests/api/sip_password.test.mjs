// A wrong password at the trunk: told apart from everything that the called phone may say.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld, until } from './harness.mjs';
import { answer, assertStatus, codeOf, newPhone, phoneOf, startChallenge } from './people.mjs';

let world;
before(async () => {
  world = await startWorld({
    changes: ({ sipPort, smppPort }) => ({
      'operator.call': {
        kind: 'sip', host: '127.0.0.1', port: sipPort, domain: 'beresta.example', username: 'beresta', password: 'wrong',
        pool: ['+78432000000-+78432099999'],
      },
      'operator.sms': {
        kind: 'smpp', host: '127.0.0.1', port: smppPort, system_id: 'beresta', password: 'secret', source: 'Beresta',
      },
    }),
  });
});
after(() => world.stop());

test('with a wrong password nobody is rung, and the code comes by SMS', async () => {
  const [client, phone] = [world.client(), newPhone(world)];
  const challenge = await startChallenge(client, phone);
  const [message] = await until('the SMS', async () => {
    const received = await phoneOf(world, phone);
    return received.length > 0 && received;
  });
  assert.equal(message.kind, 'sms');
  const code = codeOf(message);
  world.secrets.add('code', code);
  const report = assertStatus(await client.get(`/api/v1/challenges/${challenge.challenge_id}`), 200);
  assert.deepEqual([report.channel, report.problem], ['sms', 'operator']);
  assertStatus(await answer(client, challenge, code), 200);
});
