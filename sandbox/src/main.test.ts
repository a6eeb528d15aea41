import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startWorld } from './testing/world.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

test('the process says ready in one JSON line, serves, and ends on SIGTERM with a stream open', async () => {
  const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const ready = JSON.parse(line.toString('utf8')) as { event: string; port: number; public_url: string };
    assert.equal(ready.event, 'ready');
    assert.equal(ready.public_url, `http://localhost:${ready.port}`);
    const open = await fetch(`http://127.0.0.1:${ready.port}/phone/events?number=79170000001`);
    assert.equal(open.status, 200);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    await open.body?.cancel().catch(() => undefined);
  } finally {
    child.kill('SIGKILL');
  }
});

test('a mistake on the command line ends with status 2', async () => {
  const child = spawn(process.execPath, [main, '--port', 'x'], { stdio: 'ignore' });
  assert.deepEqual(await once(child, 'exit'), [2, null]);
});

test('addresses nobody serves are refused in words', async () => {
  const world = await startWorld();
  const status = (path: string, method = 'GET'): Promise<number> => new Promise((resolve, reject) => {
    const call = request({ port: world.sandbox.port, host: '127.0.0.1', path, method }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
  try {
    assert.equal(await status('/nothing'), 404);
    assert.equal(await status('/assets/..%2f..%2fpackage.json'), 404);
    assert.equal(await status('/people/%ff/portrait.png'), 400);
    assert.equal(await status('/people/500/portrait.png'), 404);
    assert.equal(await status('/operator/sms', 'DELETE'), 405);
    assert.equal(await status('//'), 404);
    assert.equal(await status('/idp/nothing'), 404);
    assert.equal(await status('/idp/interaction/none'), 400);
    assert.equal(await status('/', 'HEAD'), 200);
  } finally {
    await world.sandbox.close();
  }
});

test('people are found by index and by SNILS, and the demo people are listed', async () => {
  const world = await startWorld();
  const ask = async (query: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${world.base}/control/people?${query}`);
    return { status: response.status, body: await response.json() };
  };
  try {
    const byIndex = await ask('index=0');
    const bySnils = await ask('snils=112-233-445%2095');
    assert.deepEqual(byIndex, bySnils);
    assert.equal(((await ask('demo=1')).body as unknown[]).length, 8);
    for (const query of ['index=500', 'index=-1', 'index=x', 'snils=11223344596', '']) {
      assert.equal((await ask(query)).status, 404, query);
    }
  } finally {
    await world.sandbox.close();
  }
});
