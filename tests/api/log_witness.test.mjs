// Checkpoints brought to witnesses: an independent witness follows the log, its cosignature is served; one that hangs,
// refuses or answers nonsense delays nobody; one that has seen more than there is raises the alarm.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCheckpoint } from '../../tools/log1/note.mjs';
import { Witness } from '../../tools/log1/witness.mjs';
import { exchange } from './client.mjs';
import { startWorld, until } from './harness.mjs';
import { registerByCall } from './people.mjs';

const good = new Witness({ name: 'witness.example/good', seed: 'api test good', vkeys: [] });
const odd = new Witness({ name: 'witness.example/odd', seed: 'api test odd', vkeys: [] });
const servers = [];
let world;
let oddAnswer = () => new Promise(() => {});
let oddAsked = 0;

before(async () => {
  servers.push(await good.serve());
  servers.push(await odd.serve(0, (body) => { oddAsked += 1; return oddAnswer(body); }));
  const [first, second] = servers.map((server) => `http://127.0.0.1:${server.address().port}`);
  world = await startWorld({ changes: { transparency: { witnesses: [`${good.vkey} ${first}/w/`, `${odd.vkey} ${second}`] } } });
  const { json } = await exchange(world.origin, 'GET', '/.well-known/beresta-log');
  for (const witness of [good, odd]) witness.vkeys = json.keys.map(({ vkey }) => vkey);
});
after(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await world?.stop();
});

const cosigned = async () => {
  const { status, text } = await exchange(world.origin, 'GET', '/log/checkpoint/cosigned');
  return status === 200 ? openCheckpoint(text, [...good.vkeys, good.vkey, odd.vkey]) : undefined;
};
const follows = (size) => until(`a cosignature beyond ${size}`, async () => {
  const found = await cosigned();
  return found && found.size > size && found;
}, { within: 20_000, every: 200 });

test('a witness follows the log as it grows, and its line is served', async () => {
  const first = await follows(0);
  assert.deepEqual(first.witnesses, [good.name]);
  let { size } = first;
  for (let round = 0; round < 3; round += 1) {
    await registerByCall(world.client());
    ({ size } = await follows(size));
  }
  assert.equal([...good.seen.values()][0].size >= size, true);
  assert.deepEqual(good.misbehaviour, []);
  assert.ok(oddAsked >= 1, 'the other one was asked, and its silence held nobody up');
});

test('a witness that remembers an earlier size is given a proof from there', async () => {
  const [origin] = good.seen.keys();
  const before = await follows(1);
  await registerByCall(world.client());
  const later = await follows(before.size);
  // As if it had been restored from a backup of its own.
  good.seen.set(origin, { size: before.size, root: before.root });
  await registerByCall(world.client());
  const last = await follows(later.size);
  assert.ok(last.size > later.size);
  assert.deepEqual(good.misbehaviour, []);
});

test('what a witness answers is believed only as far as it is signed', async () => {
  const { size } = await follows(0);
  oddAnswer = () => ({ status: 200, text: '— witness.example/odd AAAA\n', type: 'text/plain' });
  await registerByCall(world.client());
  assert.deepEqual((await follows(size)).witnesses, [good.name]);
});

test('a witness that has seen more than there is raises the alarm', async () => {
  const [origin] = good.seen.keys();
  const { size } = await follows(0);
  const { root } = good.seen.get(origin);
  good.seen.set(origin, { size: size + 1000, root });
  await registerByCall(world.client());
  await until('the alarm', () => /log\.witness_failed.*witness\.ahead/.test(world.server.output), { within: 15_000, every: 200 });
});
