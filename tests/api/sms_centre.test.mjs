// SMS over SMPP 3.4 against an SMS centre we did not write, and what happens when it fails us.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import smpp from 'smpp';
import { startWorld, until } from './harness.mjs';
import { answer, assertStatus, newPhone, readCode, startChallenge } from './people.mjs';
import { TestCentre } from './smsc.mjs';

// Long and Cyrillic, so that each message takes two parts.
const NAME = 'Береста Республики для проверки длинных сообщений';
let centre;
let world;
before(async () => {
  centre = await new TestCentre().start();
  world = await startWorld({
    changes: () => ({
      installation: { name: NAME },
      'operator.centre': {
        kind: 'smpp', priority: 1, host: '127.0.0.1', port: centre.port, system_id: 'beresta', password: 'secret',
        source: 'Beresta', enquire_link_s: 1, timeout_ms: 400,
      },
      'operator.sms': { priority: 2 },
    }),
  });
});
beforeEach(async () => {
  Object.assign(centre, { mode: 'ok', bindStatus: smpp.ESME_ROK, answersEnquiries: true });
  await healthy();
});
after(async () => {
  await world.stop();
  await centre.stop();
});

const metric = async (pattern) => Number(new RegExp(`^${pattern} (\\S+)`, 'm').exec((await world.admin('/metrics')).text)?.[1]);
const healthy = () => until('the SMS centre is asked again',
  async () => (await metric('beresta_circuit_open\\{peer="operator\\.centre"\\}')) === 0, { within: 20_000 });

function told(client, challenge, state, problem) {
  return until(`the page is told: ${state}`, async () => {
    const report = assertStatus(await client.get(`/api/v1/challenges/${challenge.challenge_id}`), 200);
    return report.state === state && report.problem === problem;
  });
}

/** Parts of a message to the number, in their order. */
function partsOf(phone) {
  return centre.taken.filter(({ pdu }) => pdu.destination_addr === phone.slice(1))
    .sort((a, b) => a.pdu.short_message.udh[0][4] - b.pdu.short_message.udh[0][4]);
}

function codeIn(text) {
  const code = /\b(\d{6})\b/.exec(text)[1];
  world.secrets.add('code', code);
  return code;
}

async function byCentre(phone) {
  await centre.message(phone, 2);
  return codeIn(partsOf(phone).map(({ pdu }) => pdu.short_message.message).join(''));
}

describe('a message over SMPP', () => {
  test('binds as a transceiver of version 3.4', () => {
    assert.deepEqual(centre.credentials, ['beresta', 'secret', 0x34]);
  });

  test('goes in numbered parts of 67 characters, and the code works', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await byCentre(phone);
    const parts = partsOf(phone);
    assert.equal(parts.length, 2);
    assert.equal(parts[0].pdu.short_message.message.length, 67);
    assert.deepEqual(parts.map(({ pdu }) => [...pdu.short_message.udh[0]].filter((_, i) => i !== 2)),
      [[0, 3, 2, 1], [0, 3, 2, 2]]);
    const [one, two] = parts.map(({ pdu }) => pdu);
    assert.equal(one.short_message.udh[0][2], two.short_message.udh[0][2], 'one reference');
    assert.deepEqual([one.data_coding, one.esm_class, one.registered_delivery], [8, 0x40, 1]);
    assert.deepEqual([one.source_addr, one.source_addr_ton, one.dest_addr_ton, one.dest_addr_npi], ['Beresta', 5, 1, 1]);
    assertStatus(await answer(client, challenge, code), 200);
  });

  test('is delivered once every part is', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    await byCentre(phone);
    await told(client, challenge, 'sent');
    const [one, two] = partsOf(phone);
    const response = await centre.report(one.id, 'DELIVRD');
    assert.equal(response.command_status, smpp.ESME_ROK);
    await centre.report(two.id, 'ACCEPTD');
    await told(client, challenge, 'sent');
    await centre.report(two.id, '', { receipted_message_id: two.id, message_state: 2 });
    await told(client, challenge, 'delivered');
  });

  test('that did not arrive goes by another operator, with the same code', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await byCentre(phone);
    await told(client, challenge, 'sent');
    await centre.report(partsOf(phone)[0].id, 'UNDELIV');
    assert.equal(await readCode(world, phone), code);
    await told(client, challenge, 'sent', 'undelivered');
    assertStatus(await answer(client, challenge, code), 200);
  });

  test('reports about messages that nobody sent change nothing', async () => {
    for (const id of ['never-sent', 'x'.repeat(64), '']) {
      assert.equal((await centre.report(id, 'UNDELIV')).command_status, smpp.ESME_ROK);
    }
    assert.equal((await world.admin('/healthz')).status, 200);
  });
});

describe('an SMS centre that fails', () => {
  const failsWith = (mode) => async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    centre.mode = mode;
    const challenge = await startChallenge(client, phone, 'sms');
    const code = await readCode(world, phone);
    assertStatus(await answer(client, challenge, code), 200);
  };

  test('by throttling is left alone for a while, and the message goes by another', async () => {
    await failsWith(smpp.ESME_RTHROTTLED)();
    assert.equal(await metric('beresta_circuit_open\\{peer="operator\\.centre"\\}'), 1);
  });
  test('by refusing the message does not lose it', failsWith(smpp.ESME_RINVDSTADR));
  test('by trouble of its own does not lose it', failsWith(smpp.ESME_RSYSERR));
  test('by hanging up in mid-window does not lose it, and is bound again', async () => {
    const before = centre.binds;
    await failsWith('drop')();
    await until('bound again', () => centre.binds > before, { within: 10_000 });
  });
  test('by never answering does not lose it', failsWith('silent'));

  test('by not saying that it lives is connected anew', async () => {
    const before = centre.binds;
    centre.answersEnquiries = false;
    await until('bound again', () => centre.binds > before, { within: 10_000 });
    assert.ok(centre.enquiries > 0);
  });

  test('by refusing the bind is asked again, later and later, and works once it allows it', async () => {
    centre.bindStatus = smpp.ESME_RBINDFAIL;
    const before = centre.binds;
    centre.session.destroy();
    await until('two refused binds', () => centre.binds >= before + 2, { within: 10_000 });
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone, 'sms');
    assertStatus(await answer(client, challenge, await readCode(world, phone)), 200);
    centre.bindStatus = smpp.ESME_ROK;
    await healthy();
    const other = newPhone(world);
    await startChallenge(world.client(), other, 'sms');
    await byCentre(other);
  });
});
