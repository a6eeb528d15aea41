// Flash calls against SIPp as the called party: the code is read where the person reads it, in the number
// that rings. Each scenario of tests/api/sipp is one way a call can go.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Running, startWorld, until } from './harness.mjs';
import { answer, assertStatus, newPhone, phoneOf, readCode, startChallenge } from './people.mjs';
import { freePort } from './ports.mjs';

const SCENARIOS = fileURLToPath(new URL('./sipp/', import.meta.url));
const POOL = '+78432000000-+78432099999';
let port;
let world;
before(async () => {
  port = await freePort();
  world = await startWorld({
    changes: {
      'operator.call': { priority: 2 },
      'operator.trunk': {
        kind: 'sip', priority: 1, host: '127.0.0.1', port, domain: 'beresta.example', username: 'beresta',
        password: 'secret', pool: [POOL], ring_ms: 150, trunk_timeout_ms: 1500, ring_timeout_ms: 700,
      },
    },
  });
});
after(() => world.stop());

let runs = 0;

/** SIPp takes one call as the scenario has it while `work` runs; its log is given. */
async function calledParty(scenario, work, { completes = true } = {}) {
  runs += 1;
  const log = join(world.folder, `sipp-${runs}.log`);
  const sipp = new Running('sipp', ['-sf', join(SCENARIOS, `${scenario}.xml`), '-i', '127.0.0.1', '-p', String(port),
    '-m', '1', '-nostdin', '-trace_logs', '-log_file', log, '-timeout', '20s'], { cwd: world.folder });
  try {
    await until('SIPp listens', () => sipp.end || existsSync(log));
    await work();
    if (completes) {
      const end = await sipp.ended;
      assert.equal(end.code, 0, `SIPp was not content: ${sipp.output.slice(-2000)}`);
    }
  } finally {
    if (!sipp.end) await sipp.stop('SIGKILL');
  }
  return readFileSync(log, 'utf8');
}

const callerIn = (log) => /caller (\+\d+)/.exec(log)?.[1];

function told(client, challenge, channel, state, problem) {
  return until(`the page is told: ${channel} ${state} ${problem}`, async () => {
    const report = assertStatus(await client.get(`/api/v1/challenges/${challenge.challenge_id}`), 200);
    return report.channel === channel && report.state === state && report.problem === problem;
  }, { within: 8000 });
}

/** A call that rings: the code is the end of the caller's number, and it is right. */
async function rings(scenario) {
  const [client, phone] = [world.client(), newPhone(world)];
  let challenge;
  const log = await calledParty(scenario, async () => {
    challenge = await startChallenge(client, phone);
    await told(client, challenge, 'call', 'delivered');
  });
  const caller = callerIn(log);
  assert.ok(caller >= '+78432000000' && caller <= '+78432099999', `${caller} is not ours`);
  world.secrets.add('code', caller.slice(-5));
  assert.deepEqual(await phoneOf(world, phone), [], 'nobody else rang or wrote');
  assertStatus(await answer(client, challenge, caller.slice(-5)), 200);
  return log;
}

/** A call that fails so: the same digits come by SMS at once, and the page says why. */
async function becomesSms(scenario, problem, options) {
  const [client, phone] = [world.client(), newPhone(world)];
  let challenge;
  const log = await calledParty(scenario, async () => {
    challenge = await startChallenge(client, phone);
    await told(client, challenge, 'sms', 'sent', problem);
  }, options);
  const code = await readCode(world, phone);
  assert.equal(code, callerIn(log).slice(-5), 'whichever arrives first is right');
  assertStatus(await answer(client, challenge, code), 200);
}

describe('a call that rings', () => {
  test('is hung up by us, and its number ends in the code', () => rings('rings'));
  test('is hung up politely when somebody picks up', () => rings('answers'));
  test('is understood when messages come twice and in the wrong order', () => rings('out_of_order'));
  test('is made through a trunk that wants a password', async () => {
    assert.match(await rings('digest'), /^password true$/m);
  });
});

describe('a call that fails becomes an SMS with the same digits', () => {
  test('busy', () => becomesSms('busy', 'busy'));
  test('declined', () => becomesSms('declines', 'declined'));
  test('no such number', () => becomesSms('unknown_number', 'not_found'));
  test('away', () => becomesSms('away', 'no_answer'));
  test('never rings', () => becomesSms('never_rings', 'no_answer'));
});

describe('a trunk that fails', () => {
  test('hands the call to another operator', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const log = await calledParty('trunk_down', async () => {
      const challenge = await startChallenge(client, phone);
      const code = await readCode(world, phone);
      assertStatus(await answer(client, challenge, code), 200);
      await told(client, challenge, 'call', 'delivered');
    });
    assert.ok(callerIn(log));
  });

  test('and is not there at all costs the person nothing', async () => {
    const [client, phone] = [world.client(), newPhone(world)];
    const challenge = await startChallenge(client, phone);
    assertStatus(await answer(client, challenge, await readCode(world, phone)), 200);
    await told(client, challenge, 'call', 'delivered');
  });
});
