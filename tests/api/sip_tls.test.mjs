// A trunk inside TLS: SIPp is the called party, and the TLS before it is not ours either.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { Running, startWorld, until } from './harness.mjs';
import { answer, assertStatus, newPhone, startChallenge } from './people.mjs';
import { freePort } from './ports.mjs';

const RINGS = fileURLToPath(new URL('./sipp/rings.xml', import.meta.url));
let world;
let sippPort;
const edges = {};

/** Takes TLS off and hands on to SIPp. */
function tlsEdge(options) {
  const edge = tls.createServer(options, (inside) => {
    edge.seen += 1;
    const outside = net.connect(sippPort, '127.0.0.1');
    for (const [one, other] of [[inside, outside], [outside, inside]]) {
      one.pipe(other);
      one.on('error', () => other.destroy());
    }
  });
  edge.seen = 0;
  return new Promise((resolve) => { edge.listen(0, '127.0.0.1', () => resolve(edge)); });
}

before(async () => {
  sippPort = await freePort();
  world = await startWorld({
    changes: async ({ folder }) => {
      const operators = {};
      for (const [priority, name] of [[1, 'stranger'], [2, 'trunk']]) {
        const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days',
          '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'pipe' });
        edges[name] = await tlsEdge({ key: readFileSync(key), cert: readFileSync(cert) });
        operators[`operator.${name}`] = {
          kind: 'sip', priority, host: '127.0.0.1', port: edges[name].address().port, domain: 'beresta.example',
          username: 'beresta', password: 'secret', transport: 'tls', ca_file: join(folder, 'trunk.pem'),
          pool: ['+78432000000-+78432099999'], ring_ms: 150, trunk_timeout_ms: 1500, ring_timeout_ms: 700,
        };
      }
      return { ...operators, 'operator.call': null };
    },
  });
});
after(async () => {
  await world.stop();
  for (const edge of Object.values(edges)) edge.close();
});

test('a call goes through the trunk whose certificate the authority vouches for, and not through another', async () => {
  const [client, phone] = [world.client(), newPhone(world)];
  const log = join(world.folder, 'sipp.log');
  const sipp = new Running('sipp', ['-sf', RINGS, '-t', 't1', '-i', '127.0.0.1', '-p', String(sippPort), '-m', '1', '-nostdin',
    '-trace_logs', '-log_file', log, '-timeout', '20s'], { cwd: world.folder });
  try {
    await until('SIPp listens', () => sipp.end || existsSync(log));
    const challenge = await startChallenge(client, phone);
    const end = await sipp.ended;
    assert.equal(end.code, 0, sipp.output.slice(-2000));
    const code = /caller (\+\d+)/.exec(readFileSync(log, 'utf8'))[1].slice(-5);
    world.secrets.add('code', code);
    assertStatus(await answer(client, challenge, code), 200);
  } finally {
    if (!sipp.end) await sipp.stop('SIGKILL');
  }
  assert.equal(edges.stranger.seen, 0, 'no word was said inside a connection nobody vouched for');
  assert.ok(edges.trunk.seen >= 1);
});
