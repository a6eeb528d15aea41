import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { askOperator, clearFaults, setFault, startWorld } from '../testing/world.js';
import type { World } from '../testing/world.js';
import type { Item } from './inbox.js';

let world: World;

before(async () => {
  world = await startWorld();
});
afterEach(() => clearFaults(world));
after(() => world.sandbox.close());

async function inbox(number: string, since = ''): Promise<Item[]> {
  const query = new URLSearchParams({ to: number, ...(since === '' ? {} : { since }) });
  const response = await fetch(`${world.base}/phone/messages?${query.toString()}`);
  return (await response.json()) as Item[];
}

test('delivers an SMS once however often it is repeated', async () => {
  const sms = { id: 'sms-1', to: '+79170000001', text: 'Код 493027' };
  const first = (await (await askOperator(world, 'sms', sms)).json()) as { message_id: string; status: string };
  const second = (await (await askOperator(world, 'sms', sms)).json()) as { message_id: string };
  assert.equal(first.status, 'accepted');
  assert.equal(second.message_id, first.message_id);
  const delivered = await inbox('+79170000001');
  assert.equal(delivered.length, 1);
  assert.deepEqual([delivered[0]?.kind, delivered[0]?.id], ['sms', first.message_id]);
});

test('rings from a number that ends in the code', async () => {
  const response = await askOperator(world, 'calls', { id: 'call-1', to: '+79170000002', code: '04136' });
  const call = (await response.json()) as { from: string; status: string };
  assert.match(call.from, /^\+7\d{5}04136$/);
  assert.equal(call.status, 'ringing');
  const [delivered] = await inbox('+79170000002');
  assert.ok(delivered?.kind === 'call' && delivered.from === call.from);
});

test('lists the newest first and honours since', async () => {
  const to = '+79170000003';
  await askOperator(world, 'sms', { id: 'old', to, text: 'first' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  const since = new Date().toISOString();
  await askOperator(world, 'sms', { id: 'new', to, text: 'second' });
  const texts = (items: Item[]): string[] => items.map((item) => (item.kind === 'sms' ? item.text : ''));
  assert.deepEqual(texts(await inbox(to)), ['second', 'first']);
  assert.deepEqual(texts(await inbox(to, since)), ['second']);
});

test('refuses strangers before it reads anything', async () => {
  for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: 'Basic ZGVtbw==' }]) {
    const response = await fetch(`${world.base}/operator/sms`, { method: 'POST', headers, body: '{' });
    assert.equal(response.status, 401);
    assert.equal(((await response.json()) as { error: string }).error, 'unauthorised');
  }
});

test('refuses bad requests with a code and a text', async () => {
  const good = { id: 'x', to: '+79170000004', text: 'hello' };
  const cases: [unknown, string, number][] = [
    ['{"id":', 'bad_json', 400],
    ['[]', 'bad_json', 400],
    ['null', 'bad_json', 400],
    [{ ...good, to: '89170000004' }, 'bad_number', 400],
    [{ ...good, to: '+7917000000412345678' }, 'bad_number', 400],
    [{ ...good, to: ['+79170000004'] }, 'bad_number', 400],
    [{ ...good, id: '' }, 'bad_id', 400],
    [{ ...good, id: 'i'.repeat(129) }, 'bad_id', 400],
    [{ ...good, text: '' }, 'bad_text', 400],
    [{ ...good, text: 'x'.repeat(701) }, 'bad_text', 400],
    [{ ...good, text: 'x'.repeat(20_000) }, 'too_large', 413],
  ];
  for (const [body, code, status] of cases) {
    const response = await askOperator(world, 'sms', body);
    const answer = (await response.json()) as { error: string; message: string };
    assert.deepEqual([response.status, answer.error], [status, code]);
    assert.ok(answer.message.length > 0);
  }
  for (const code of ['1234', '123456', 'abcde', 12345]) {
    const response = await askOperator(world, 'calls', { id: 'c', to: '+79170000004', code });
    assert.equal(response.status, 400);
  }
  assert.deepEqual(await inbox('+79170000004'), []);
});

test('a lost answer still delivers once, and the repeat learns the first id', async () => {
  await setFault(world, { target: 'operator.sms', mode: 'lost_answer', times: 1 });
  const sms = { id: 'lost-1', to: '+79170000005', text: 'once' };
  await assert.rejects(askOperator(world, 'sms', sms));
  const repeat = await askOperator(world, 'sms', sms);
  assert.equal(repeat.status, 200);
  assert.equal((await inbox('+79170000005')).length, 1);
});

test('the phone page shows a call with its last five digits apart and escapes texts', async () => {
  const to = '+79170000006';
  await askOperator(world, 'calls', { id: 'page-call', to, code: '41736' });
  await askOperator(world, 'sms', { id: 'page-sms', to, text: '<script>alert(1)</script>' });
  const response = await fetch(`${world.base}/phone?number=${encodeURIComponent(to)}&lang=ru`);
  const text = await response.text();
  assert.match(text, /<mark data-code="41736">4 17 36<\/mark>/);
  assert.ok(!text.includes('<script>alert'));
  assert.match(text, /&lt;script&gt;alert\(1\)/);
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'.*script-src 'self'/);
});

test('numbers may be typed the way people write them', async () => {
  for (const typed of ['8 (917) 000-00-07', '+7 917 000 00 07', '79170000007']) {
    const response = await fetch(`${world.base}/phone?number=${encodeURIComponent(typed)}`);
    assert.match(await response.text(), /data-number="\+79170000007"/);
  }
  const bad = await fetch(`${world.base}/phone?number=12&lang=ru`);
  assert.match(await bad.text(), /Такой номер не набрать/);
});

test('the live stream sends what is there and what comes', async () => {
  const to = '+79170000008';
  await askOperator(world, 'sms', { id: 'live-1', to, text: 'before' });
  const abort = new AbortController();
  const address = `${world.base}/phone/events?number=${encodeURIComponent(to)}&lang=en`;
  const response = await fetch(address, { signal: abort.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let seen = '';
  const readUntil = async (word: string): Promise<void> => {
    while (!seen.includes(word)) {
      const { value, done } = await reader.read();
      assert.ok(!done);
      seen += Buffer.from(value).toString('utf8');
    }
  };
  await readUntil('before');
  await askOperator(world, 'sms', { id: 'live-2', to, text: 'afterwards' });
  await readUntil('afterwards');
  abort.abort();
});
