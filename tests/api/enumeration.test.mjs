// Who is registered? A stranger asks about known and unknown numbers in random order and hands answers and times to
// a classifier. PROBES numbers in all (400 here, 20,000 in `./test probes`), half of them registered.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { accuracyOf, limitOf, signatureOf } from './classifier.mjs';
import { startWorld } from './harness.mjs';

const PROBES = Number(process.env.PROBES ?? 400);
const SIGN_INS = Math.max(100, PROBES / 20); // an Argon2 hash each
const PLENTY = 100_000_000;
let world;
before(async () => {
  world = await startWorld({
    changes: {
      server: { rate_scale: 0, workers: 1 },
      limits: { per_number_hour: 1, per_server_minute: 1_000_000 },
      budgets: { per_block_hour: PLENTY, per_country_hour: PLENTY, per_network_hour: PLENTY,
        passwords_per_network_hour: 1_000_000, money_per_day_minor: 1_000_000_000_000 },
      'operator.sms': null,
      'operator.call': null,
      log: { level: 'warning' },
    },
    server: false,
  });
  const seeded = await world.run('bench', 'seed', '--config', world.configFile, '--citizens', String(PROBES / 2));
  assert.equal(seeded.code, 0, seeded.output);
  await world.startServer();
});
after(async () => {
  world.logs += '{}\n'; // at this level a good run logs nothing
  await world.stop();
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
after(() => agent.destroy());

/** One request as fast as this side can; the time is from sending it to having its whole answer. */
function ask(path, json, cookie) {
  const body = JSON.stringify(json);
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const headers = {
      'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...(cookie && { cookie }),
    };
    const request = http.request(world.origin + path, { method: 'POST', agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const ms = Number(process.hrtime.bigint() - started) / 1e6;
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts), ms });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Known and unknown numbers in random order. `bench seed` counts its citizens from 0. */
function numbers(count, from = 0) {
  const half = count / 2;
  const phone = (n) => `+7917${String(n).padStart(7, '0')}`;
  const all = Array.from({ length: count }, (_, i) => (i < half
    ? { phone: phone(from + i), known: true } : { phone: phone(1_000_000 + from + i), known: false }));
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

const probeOf = (answer, known) => ({ signature: signatureOf(answer), ms: answer.ms, known });

function judge(t, name, probes) {
  const accuracy = accuracyOf(probes);
  t.diagnostic(`${name}: ${probes.length} probes, told rightly ${accuracy.toFixed(4)}, limit ${limitOf(probes.length).toFixed(4)}`);
  assert.ok(accuracy <= limitOf(probes.length), `${name}: ${accuracy}`);
}

describe('a stranger who asks about numbers', () => {
  const seen = { start: [], answer: [], again: [] };
  before(async () => {
    for (let i = 0; i < 200; i += 1) await ask('/api/v1/challenges', { phone: 'no number', channel: 'sms' });
    for (const { phone, known } of numbers(PROBES)) {
      const start = await ask('/api/v1/challenges', { phone, channel: 'sms' });
      assert.equal(start.status, 202, start.body.toString());
      seen.start.push(probeOf(start, known));
      const cookie = start.headers['set-cookie'][0].split(';')[0];
      const { challenge_id } = JSON.parse(start.body);
      const wrong = await ask(`/api/v1/challenges/${challenge_id}/answer`, { code: 'wrong' }, cookie);
      assert.equal(wrong.status, 403, wrong.body.toString());
      seen.answer.push(probeOf(wrong, known));
      const again = await ask('/api/v1/challenges', { phone, channel: 'call' });
      assert.equal(again.status, 403, again.body.toString());
      seen.again.push(probeOf(again, known));
    }
  });

  test('learns nothing from asking for a code', (t) => judge(t, 'start', seen.start));
  test('learns nothing from a wrong code', (t) => judge(t, 'answer', seen.answer));
  test('learns nothing from a limit that is reached', (t) => judge(t, 'again', seen.again));
  // The judge itself is judged: few probes can show only a coarse difference, many a fine one.
  const shift = PROBES < 5000 ? 2 : 1 / 3;
  test(`would learn from a difference of ${shift.toFixed(2)} of the usual spread`, () => {
    const times = seen.start.map(({ ms }) => ms).sort((a, b) => a - b);
    const spread = times[Math.floor(times.length * 0.75)] - times[Math.floor(times.length * 0.25)];
    const slower = seen.start.map((probe) => ({ ...probe, ms: probe.ms + (probe.known ? spread * shift : 0) }));
    assert.ok(accuracyOf(slower) > limitOf(slower.length), String(accuracyOf(slower)));
  });
  test('would learn from one byte', () => {
    const longer = seen.start.map((probe) => ({ ...probe, signature: probe.signature + (probe.known ? '!' : '') }));
    assert.ok(accuracyOf(longer) > 0.99);
  });
});

test('a stranger who tries passwords learns nothing about who is registered', async (t) => {
  const probes = [];
  for (const { phone, known } of numbers(SIGN_INS)) {
    const answer = await ask('/api/v1/sessions', { phone, password: 'наугад и мимо цели' });
    assert.equal(answer.status, 401, answer.body.toString());
    probes.push(probeOf(answer, known));
  }
  judge(t, 'sign-in', probes);
});
