import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { isInn12, isLuhn } from '../population/check_digits.js';
import { askRegistry, clearFaults, setFault, startWorld } from '../testing/world.js';
import type { World } from '../testing/world.js';

const alsu = '11223344595';
const noLicence = '11223383403';
const noOms = '11223394509';
const slow = '11223416796';

let world: World;

before(async () => {
  world = await startWorld();
});
afterEach(() => clearFaults(world));
after(() => world.sandbox.close());

type Answer = Record<string, unknown>;

async function read(path: string): Promise<Answer> {
  const response = await askRegistry(world, path);
  assert.equal(response.status, 200, path);
  return (await response.json()) as Answer;
}

test('every registry answers about a person who has everything', async () => {
  const passport = await read(`2001/mvd/passport/v1/${alsu}`);
  assert.match(`${String(passport['series'])} ${String(passport['number'])}`, /^\d{4} \d{6}$/);
  assert.deepEqual(passport['full_name'], { family_name: 'Галиева', given_name: 'Алсу', middle_name: 'Маратовна' });
  assert.deepEqual([passport['sex'], passport['birth_date'], passport['status']], ['F', '1988-05-14', 'valid']);
  const portrait = passport['portrait'] as { media_type: string; data: string };
  assert.equal(portrait.media_type, 'image/png');
  assert.equal(Buffer.from(portrait.data, 'base64').subarray(1, 4).toString(), 'PNG');

  const licence = await read(`2001/mvd/driving-licence/v1/${alsu}`);
  assert.ok((licence['categories'] as string[]).includes('B'));
  assert.equal((await read(`2002/sfr/snils/v1/${alsu}`))['snils'], '112-233-445 95');
  assert.equal((await read(`2002/sfr/statuses/v1/${alsu}`))['pensioner'], false);
  assert.ok(isLuhn(String((await read(`2003/ffoms/oms/v1/${alsu}`))['number'])));
  assert.ok(isInn12(String((await read(`2004/fns/inn/v1/${alsu}`))['inn'])));
});

test('answers carry the headers of the exchange and echo the request id', async () => {
  const response = await askRegistry(world, `2004/fns/inn/v1/${alsu}`, { 'X-Road-Id': 'my-request-1' });
  assert.equal(response.headers.get('x-road-id'), 'my-request-1');
  assert.equal(response.headers.get('x-road-service'), 'DEMO/GOV/2004/fns/inn');
  assert.ok(response.headers.get('x-road-request-id'));
  assert.equal(response.headers.get('x-road-error'), null);
});

test('refuses callers that do not say who they are, or are not known', async () => {
  const cases: [Record<string, string>, number, string][] = [
    [{}, 400, 'Client.MissingHeader'],
    [{ 'X-Road-Client': 'beresta' }, 400, 'Client.BadHeader'],
    [{ 'X-Road-Client': 'DEMO/GOV/1002/someone' }, 403, 'Server.ServerProxy.AccessDenied'],
  ];
  for (const [headers, status, type] of cases) {
    const response = await fetch(`${world.base}/r1/DEMO/GOV/2004/fns/inn/v1/${alsu}`, { headers });
    const body = (await response.json()) as Answer;
    assert.deepEqual([response.status, body['type']], [status, type]);
    assert.equal(response.headers.get('x-road-error'), type);
    assert.ok(body['message'] && body['detail']);
  }
});

test('"no such document" differs from "no such service"', async () => {
  for (const path of [`2001/mvd/driving-licence/v1/${noLicence}`, `2003/ffoms/oms/v1/${noOms}`, '2004/fns/inn/v1/90000000081']) {
    const response = await askRegistry(world, path);
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), { type: 'NotFound', message: 'no such document' });
    assert.equal(response.headers.get('x-road-error'), null);
  }
  const response = await askRegistry(world, `2004/fns/dogs/v1/${alsu}`);
  assert.equal(response.status, 404);
  assert.equal(((await response.json()) as Answer)['type'], 'Server.ServiceNotFound');
  assert.equal(response.headers.get('x-road-error'), 'Server.ServiceNotFound');
});

test('refuses a SNILS that cannot be one', async () => {
  for (const snils of ['11223344596', '123', 'abc', '%F0', '112-233-445%2095']) {
    const response = await askRegistry(world, `2004/fns/inn/v1/${snils}`);
    assert.equal(response.status, 400, snils);
  }
});

test('registries are slow about the slow person only', async () => {
  const time = async (snils: string): Promise<number> => {
    const start = performance.now();
    await read(`2004/fns/inn/v1/${snils}`);
    return performance.now() - start;
  };
  assert.ok((await time(slow)) >= 295);
  assert.ok((await time(alsu)) < 295);
});

test('a fault strikes its target, as often as asked, and no other', async () => {
  await setFault(world, { target: 'registry.inn', mode: 'error', status: 502, times: 2 });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    statuses.push((await askRegistry(world, `2004/fns/inn/v1/${alsu}`)).status);
  }
  assert.deepEqual(statuses, [502, 502, 200]);
  await setFault(world, { target: 'registry.inn', mode: 'not_found' });
  assert.equal((await askRegistry(world, `2004/fns/inn/v1/${alsu}`)).status, 404);
  assert.equal((await askRegistry(world, `2002/sfr/snils/v1/${alsu}`)).status, 200);
});

test('registry.* strikes all, a closer fault wins', async () => {
  await setFault(world, { target: 'registry.*', mode: 'error' });
  await setFault(world, { target: 'registry.oms', mode: 'not_found' });
  assert.equal((await askRegistry(world, `2002/sfr/snils/v1/${alsu}`)).status, 503);
  assert.equal((await askRegistry(world, `2003/ffoms/oms/v1/${alsu}`)).status, 404);
});
