import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { askRegistry, clearFaults, setFault, startWorld } from '../testing/world.js';
import type { World } from '../testing/world.js';

const path = '2004/fns/inn/v1/11223344595';

let world: World;

before(async () => {
  world = await startWorld();
});
afterEach(() => clearFaults(world));
after(() => world.sandbox.close());

test('delay holds the true answer back', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'delay', delay_ms: 250 });
  const start = performance.now();
  const response = await askRegistry(world, path);
  assert.ok(performance.now() - start >= 245);
  assert.equal(response.status, 200);
});

test('outage destroys the connection', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'outage' });
  await assert.rejects(askRegistry(world, path));
});

test('not_json lies about its type', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'not_json' });
  const response = await askRegistry(world, path);
  assert.match(response.headers.get('content-type') ?? '', /json/);
  await assert.rejects(response.json(), SyntaxError);
});

test('huge pours more than five megabytes', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'huge' });
  const body = await (await askRegistry(world, path)).arrayBuffer();
  assert.ok(body.byteLength > 5 * 1024 * 1024);
});

test('drip sends the true answer byte by byte', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'drip' });
  const response = await askRegistry(world, path);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const start = performance.now();
  let text = '';
  while (text.length < 4) text += Buffer.from((await reader.read()).value ?? []).toString('utf8');
  assert.ok('{"inn":"'.startsWith(text), text);
  assert.ok(performance.now() - start >= 400);
  await reader.cancel();
});

test('hang never answers', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'hang' });
  const address = `${world.base}/r1/DEMO/GOV/${path}`;
  const headers = { 'X-Road-Client': 'DEMO/GOV/1001/beresta' };
  await assert.rejects(fetch(address, { headers, signal: AbortSignal.timeout(400) }), { name: 'TimeoutError' });
});

test('the knobs refuse what they do not know and say what they do', async () => {
  const cases: [object, string][] = [
    [{ target: 'registry.dogs', mode: 'error' }, 'bad_target'],
    [{ target: 'registry.inn', mode: 'alg_none' }, 'bad_mode'],
    [{ target: 'idp.jwks', mode: 'expired' }, 'bad_mode'],
    [{ target: 'registry.inn', mode: 'delay', delay_ms: -1 }, 'bad_delay_ms'],
    [{ target: 'registry.inn', mode: 'error', status: 200 }, 'bad_status'],
    [{ target: 'registry.inn', mode: 'error', times: 0 }, 'bad_times'],
    [{ target: 'registry.inn', mode: 'error', times: 1.5 }, 'bad_times'],
  ];
  for (const [fault, code] of cases) {
    const response = await setFault(world, fault);
    assert.deepEqual([response.status, ((await response.json()) as { error: string }).error], [400, code]);
  }
});

test('the knobs list what is set and forget it when told', async () => {
  const list = async (): Promise<unknown[]> => {
    const response = await fetch(`${world.base}/control/faults`);
    return ((await response.json()) as { faults: unknown[] }).faults;
  };
  await setFault(world, { target: 'idp', mode: 'error', times: 3 });
  assert.deepEqual(await list(), [{ target: 'idp', mode: 'error', delay_ms: 2000, status: 503, times: 3 }]);
  await setFault(world, { target: 'idp', mode: 'none' });
  assert.deepEqual(await list(), []);
  await setFault(world, { target: 'idp', mode: 'error' });
  await clearFaults(world);
  assert.deepEqual(await list(), []);
});

test('the form on the first page turns the same knobs', async () => {
  const submit = (fields: Record<string, string>): Promise<Response> =>
    fetch(`${world.base}/knobs`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const set = await submit({ action: 'set', target: 'registry.inn', mode: 'error', delay_ms: '', times: '1' });
  assert.equal(set.status, 303);
  assert.equal((await askRegistry(world, path)).status, 503);
  assert.equal((await askRegistry(world, path)).status, 200);
  const bad = await submit({ action: 'set', target: 'registry.inn', mode: 'expired' });
  assert.equal(bad.status, 400);
  assert.match(await bad.text(), /role="alert"/);
});
