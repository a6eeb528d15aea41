// SMPP inside TLS against an SMS centre we did not write: who is not vouched for gets neither password nor code.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startWorld } from './harness.mjs';
import { answer, assertStatus, newPhone, startChallenge } from './people.mjs';
import { TestCentre } from './smsc.mjs';

const folder = mkdtempSync(join(tmpdir(), 'beresta-smpp-tls-'));
const centres = {};
let world;

/** A certificate that vouches for itself. */
function certificate(name, host) {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', `/CN=${name}`, '-addext', `subjectAltName=${host}`, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return { cert, options: { key: readFileSync(key), cert: readFileSync(cert) } };
}

const operator = (centre, priority, ca_file) => ({
  kind: 'smpp', priority, host: '127.0.0.1', port: centre.port, system_id: 'beresta', password: 'secret', source: 'Beresta',
  security: 'tls', ca_file, enquire_link_s: 1, timeout_ms: 400,
});

before(async () => {
  const good = certificate('good', 'IP:127.0.0.1');
  const stranger = certificate('stranger', 'IP:127.0.0.1');
  const misnamed = certificate('misnamed', 'DNS:sms.example');
  for (const [name, { options }] of Object.entries({ good, stranger, misnamed })) {
    centres[name] = await new TestCentre().start(options);
  }
  world = await startWorld({
    changes: () => ({
      'operator.stranger': operator(centres.stranger, 1, good.cert),
      'operator.misnamed': operator(centres.misnamed, 2, misnamed.cert),
      'operator.good': operator(centres.good, 3, good.cert),
      'operator.sms': null,
    }),
  });
});
after(async () => {
  await world.stop();
  for (const centre of Object.values(centres)) await centre.stop();
  rmSync(folder, { recursive: true });
});

test('the code goes to the centre whose certificate the authority vouches for, by its name', async () => {
  const [client, phone] = [world.client(), newPhone(world)];
  const challenge = await startChallenge(client, phone, 'sms');
  const { pdu } = await centres.good.message(phone);
  const code = /\b(\d{6})\b/.exec(pdu.short_message.message)[1];
  world.secrets.add('code', code);
  assertStatus(await answer(client, challenge, code), 200);
  assert.deepEqual(centres.good.credentials, ['beresta', 'secret', 0x34]);
  for (const name of ['stranger', 'misnamed']) {
    assert.equal(centres[name].binds, 0, `${name} was sent a password`);
    assert.equal(centres[name].taken.length, 0);
  }
});

test('the operator of the platform reads that they are out of order', async () => {
  const { text } = await world.admin('/metrics');
  for (const [name, open] of [['stranger', 1], ['misnamed', 1], ['good', 0]]) {
    assert.match(text, new RegExp(`^beresta_circuit_open\\{peer="operator\\.${name}"\\} ${open}$`, 'm'));
  }
});
