// Kannel, a gateway nobody here wrote, as a customer of the sandbox's SMS centre: if it can send long
// Cyrillic messages and gets its reports there, the centre our server is tested against is a real one.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Running, startWorld, until } from './harness.mjs';
import { freePort } from './ports.mjs';

let world;
let [bearerbox, smsbox] = [];
let sendPort;
before(async () => {
  world = await startWorld({ server: false });
  const [adminPort, boxPort] = [await freePort(), await freePort()];
  sendPort = await freePort();
  const config = join(world.folder, 'kannel.conf');
  writeFileSync(config, `
group = core
admin-port = ${adminPort}
admin-interface = 127.0.0.1
admin-password = admin
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
log-level = 1

group = smsc
smsc = smpp
smsc-id = sandbox
host = 127.0.0.1
port = ${world.smppPort}
transceiver-mode = true
smsc-username = beresta
smsc-password = secret
system-type = ""
enquire-link-interval = 5

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1
log-level = 1

group = sendsms-user
username = tester
password = foobar
concatenation = true
max-messages = 10

group = sms-service
keyword = default
text = "no"
`);
  bearerbox = new Running('/usr/sbin/bearerbox', [config], { cwd: world.folder });
  await until('bearerbox is bound', async () => {
    const status = await fetch(`http://127.0.0.1:${adminPort}/status.txt?password=admin`).then((r) => r.text(), () => '');
    return /sandbox.*online/.test(status);
  }, { within: 15_000, every: 100 });
  smsbox = new Running('/usr/sbin/smsbox', [config], { cwd: world.folder });
  await until('smsbox listens', () => fetch(`http://127.0.0.1:${sendPort}/`).then(() => true, () => false),
    { within: 15_000, every: 100 });
});
after(async () => {
  await smsbox?.stop('SIGKILL');
  await bearerbox?.stop('SIGKILL');
  await world.sandboxes[0].stop();
  rmSync(world.folder, { recursive: true, force: true });
});

test('a long Cyrillic message arrives whole and is reported as delivered', async () => {
  const text = 'Береста: это сообщение длиннее семидесяти знаков и потому идёт по частям, которые телефон складывает снова.';
  const to = '+79175559001';
  const reported = new Promise((resolve) => { world.reported = resolve; });
  const { createServer } = await import('node:http');
  const hook = createServer((request, response) => { response.end(); world.reported(request.url); });
  await new Promise((resolve) => { hook.listen(0, '127.0.0.1', resolve); });
  try {
    const query = new URLSearchParams({
      username: 'tester', password: 'foobar', from: 'Beresta', to: to.slice(1), text, charset: 'UTF-8', coding: '2',
      'dlr-mask': '3', 'dlr-url': `http://127.0.0.1:${hook.address().port}/report?status=%d`,
    });
    const accepted = await fetch(`http://127.0.0.1:${sendPort}/cgi-bin/sendsms?${query}`);
    assert.equal(accepted.status, 202, await accepted.text());
    const [message] = await until('the message', async () => {
      const received = await world.sandboxAsks('GET', `/phone/messages?to=${encodeURIComponent(to)}`);
      return received.length > 0 && received;
    }, { within: 10_000 });
    assert.equal(message.text, text);
    assert.equal(await reported, '/report?status=1');
  } finally {
    hook.close();
  }
});
