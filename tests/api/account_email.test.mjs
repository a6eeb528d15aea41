// An account's e-mail: a code by letter, what a wrong or old one gets, who is told of a change; and mail servers
// that misbehave, tried by `beresta mail test`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { startWorld, until } from './harness.mjs';
import { PASSWORD, assertProblem, assertStatus, registerByCall, signIn, solve } from './people.mjs';

const EMAIL = '/api/v1/me/email';
let world;
before(async () => { world = await startWorld({ changes: { budgets: { work_bits_first: 8, work_bits_max: 10 } } }); });
after(() => world.stop());

let addresses = 0;
function newAddress() {
  addresses += 1;
  const address = `alsu.${addresses}@mail.example`;
  world.secrets.add('e-mail', address);
  return address;
}

const lettersTo = (address) => world.sandboxAsks('GET', `/mail/messages?to=${encodeURIComponent(address)}`);

async function readLetter(address, count = 1) {
  const letters = await until(`letter ${count} to ${address}`, async () => {
    const all = await lettersTo(address);
    return all.length >= count && all;
  }, { within: 8000 });
  return letters[0];
}

async function readCode(address, count = 1) {
  const [code] = /\b\d{8}\b/.exec((await readLetter(address, count)).text);
  world.secrets.add('code', code);
  return code;
}

const set = (client, email) => client.put(EMAIL, { email });

/** Sets an address as a browser does that has to work for it. */
async function setWorking(client, email, changes = {}) {
  assertProblem(await set(client, email), 403, 'challenge.work_needed');
  const work = assertStatus(await client.post(`${EMAIL}/work`, { email }), 200);
  return client.put(EMAIL, { email, work_puzzle: work.puzzle, work_nonce: solve(work), ...changes });
}

const confirm = (client, code) => client.post(`${EMAIL}/confirmation`, { code });

/** A citizen with a confirmed address. */
async function withEmail() {
  const citizen = await registerByCall(world.client());
  const email = newAddress();
  assertStatus(await set(citizen.client, email), 202);
  assertStatus(await confirm(citizen.client, await readCode(email)), 204);
  return { ...citizen, email };
}

describe('confirming', () => {
  test('a code comes by letter, in the language of the person, and confirms the address', async () => {
    for (const [language, letters] of [['ru', /Код/], ['en', /Code/]]) {
      const { client } = await registerByCall(world.client({ language }));
      assert.deepEqual(assertStatus(await client.get(EMAIL), 200), { available: true, code_digits: 8 });
      const email = newAddress();
      const { pending } = assertStatus(await set(client, ` ${email.replace('mail.', 'MAIL.')} `), 202);
      assert.equal(pending.email_masked, 'a···@mail.example');
      const letter = await readLetter(email);
      assert.match(letter.text, letters);
      assert.ok(letter.text.includes(`${world.publicUrl}/account/email#code=${await readCode(email)}`));
      assert.match(letter.from, /noreply@beresta\.example/);
      assert.match(letter.messageId, /^<[0-9a-f-]{36}@beresta\.example>$/);
      assertStatus(await confirm(client, await readCode(email)), 204);
      const state = assertStatus(await client.get(EMAIL), 200);
      assert.equal(state.confirmed.email_masked, 'a···@mail.example');
      assert.equal(state.pending, undefined);
    }
  });

  test('a change is told to the address that was there; until it is confirmed, that one stays', async () => {
    const { client, email } = await withEmail();
    const next = newAddress();
    assertStatus(await set(client, next), 202);
    assert.ok(assertStatus(await client.get(EMAIL), 200).confirmed);
    assert.equal((await lettersTo(email)).length, 1);
    assertStatus(await confirm(client, await readCode(next)), 204);
    const told = await readLetter(email, 2);
    assert.match(told.text, /a···@mail\.example/);
    assert.ok(!told.text.includes(next), 'the whole new address is nobody else’s business');
    const { operations } = assertStatus(await client.get('/api/v1/operations'), 200);
    assert.equal(operations.filter(({ kind }) => kind === 'email.confirmed').length, 2);
  });

  test('removing it is told as well', async () => {
    const { client, email } = await withEmail();
    assertStatus(await client.delete(EMAIL), 204);
    await readLetter(email, 2);
    assertProblem(await client.delete(EMAIL), 404, 'email.none');
    assert.equal(assertStatus(await client.get(EMAIL), 200).confirmed, undefined);
  });

  test('what happens to the account is told there as well, in the language of the address', async () => {
    const { client, email } = await withEmail();
    assertStatus(await client.put('/api/v1/me/password', { current_password: PASSWORD, new_password: 'новые чернила и перо' }), 204);
    const letter = await readLetter(email, 2);
    assert.match(letter.text, /пароль изменён/);
    assert.match(letter.subject, /о вашем кабинете/);
  });

  test('it is no attribute, and signs nobody in', async () => {
    const { client, email } = await withEmail();
    const { attributes } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
    assert.deepEqual(attributes.map(({ name }) => name), ['phone']);
    assertStatus(await signIn(world.client(), email), 400);
  });
});

describe('while facts about oneself are blocked', () => {
  const BLOCK = '/api/v1/me/blocks/profile';

  test('no address is set or confirmed, in words of the own language; the code is good for it afterwards', async () => {
    const { client, email } = await withEmail();
    const [next, third] = [newAddress(), newAddress()];
    assertStatus(await set(client, next), 202);
    const code = await readCode(next);
    assertStatus(await client.put(BLOCK), 204);
    const before = assertStatus(await client.get(EMAIL), 200);
    assert.ok(before.confirmed && before.pending);
    for (const language of ['ru', 'en', 'ru', 'en', 'ru', 'en']) { // more often than a wrong code may be tried
      client.language = language;
      for (const refused of [await confirm(client, code), await set(client, third)]) {
        assertProblem(refused, 403, 'vault.blocked');
        assert.equal(refused.headers['content-language'], language);
      }
    }
    client.language = 'ru';
    assert.deepEqual(assertStatus(await client.get(EMAIL), 200), before, 'nothing is half done');
    assert.deepEqual([(await lettersTo(third)).length, (await lettersTo(email)).length], [0, 1]);
    assertStatus(await client.delete(BLOCK), 204);
    assertStatus(await confirm(client, code), 204);
    await readLetter(email, 2);
    assert.equal(assertStatus(await client.get(EMAIL), 200).pending, undefined);
  });

  test('an address is removed all the same: nothing is kept that its owner wants gone', async () => {
    const { client, email } = await withEmail();
    assertStatus(await client.put(BLOCK), 204);
    assertStatus(await client.delete(EMAIL), 204);
    await readLetter(email, 2);
    assert.equal(assertStatus(await client.get(EMAIL), 200).confirmed, undefined);
  });
});

describe('codes that do not confirm', () => {
  test('wrong ones cost attempts, and the right one is worth nothing afterwards', async () => {
    const { client } = await registerByCall(world.client());
    const email = newAddress();
    assertProblem(await confirm(client, '12345678'), 409, 'email.no_code');
    assertStatus(await set(client, email), 202);
    const code = await readCode(email);
    const wrong = code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    for (const left of [4, 3, 2, 1, 0]) {
      assert.equal(assertProblem(await confirm(client, wrong), 403, 'email.code_wrong').attempts_left, left);
    }
    assertProblem(await confirm(client, code), 409, 'email.code_exhausted');
  });

  test('the code of an earlier letter, or of another account', async () => {
    const { client } = await registerByCall(world.client());
    const email = newAddress();
    assertStatus(await set(client, email), 202);
    const first = await readCode(email);
    assertStatus(await set(client, email), 202);
    const second = await readCode(email, 2);
    if (first !== second) assertProblem(await confirm(client, first), 403, 'email.code_wrong');
    const other = await registerByCall(world.client());
    assertProblem(await confirm(other.client, second), 409, 'email.no_code');
    const answers = await Promise.all([confirm(client, second), confirm(client, second)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409]);
  });

  test('letters of one account are bounded, and cost work from half of the bound on', async () => {
    const { client } = await registerByCall(world.client());
    const email = newAddress();
    for (let i = 0; i < 3; i += 1) assertStatus(await set(client.roam(), email), 202);
    for (let i = 0; i < 2; i += 1) assertStatus(await setWorking(client.roam(), email), 202);
    const refused = assertProblem(await set(client.roam(), email), 429, 'email.too_many_letters');
    assert.ok(refused.retry_after_s > 0);
  });

  test('work is taken once, for its address only, and not when it is wrong or half', async () => {
    const { client } = await registerByCall(world.client());
    const [email, other] = [newAddress(), newAddress()];
    for (let i = 0; i < 3; i += 1) assertStatus(await set(client.roam(), email), 202);
    const work = assertStatus(await client.post(`${EMAIL}/work`, { email }), 200);
    const proof = { work_puzzle: work.puzzle, work_nonce: solve(work) };
    for (const body of [{ email: other, ...proof }, { email, ...proof, work_nonce: solve(work, { rightly: false }) },
      { email, ...proof, work_puzzle: 'A'.repeat(64) }]) {
      assertProblem(await client.roam().put(EMAIL, body), 403, 'challenge.work_needed');
    }
    assertProblem(await client.roam().put(EMAIL, { email, work_puzzle: work.puzzle }), 400, 'json.member_missing');
    assertStatus(await client.roam().put(EMAIL, { email, ...proof }), 202);
    assertProblem(await client.roam().put(EMAIL, { email, ...proof }), 403, 'challenge.work_needed');
  });

  test('letters to one address from many accounts cost work as well', async () => {
    const email = newAddress();
    for (let i = 0; i < 5; i += 1) {
      const { client } = await registerByCall(world.client());
      assertStatus(await set(client, email), 202);
    }
    const { client } = await registerByCall(world.client());
    assertStatus(await setWorking(client, email), 202);
  });

  test('what is no address', async () => {
    const { client } = await registerByCall(world.client());
    for (const email of ['', 'x', '@', 'a@b', 'a@b..c', 'a b@c.de', 'a@b.c\r\nBcc: x@y.z', 'a@-b.c', '.a@b.cd', '"a"@b.cd',
      'почта@b.cd', `${'a'.repeat(65)}@b.cd`, 'a@b.cd,e@f.gh', '<a@b.cd>']) {
      assertProblem(await set(client.roam(), email), 400, 'email.malformed');
    }
    assertStatus(await set(client.roam(), `a@${'b'.repeat(260)}.cd`), 400);
    assertStatus(await client.put(EMAIL, { email: 'a@b.cd', confirmed: true }), 400);
    assertProblem(await world.client().get(EMAIL), 401, 'http.unauthenticated');
  });
});

describe('mail servers', () => {
  const running = [];
  after(() => Promise.all(running.map((server) => new Promise((resolve) => {
    server.close(resolve);
    server.sockets?.forEach((socket) => socket.destroy());
  }))));

  /** `talk(socket, line)` is called with "greeting" at the beginning and then with each line. */
  async function badServer(talk) {
    const sockets = new Set();
    const server = net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.setEncoding('utf8').on('data', (text) => text.split('\r\n').slice(0, -1).forEach((line) => talk(socket, line)));
      talk(socket, 'greeting');
    });
    server.sockets = sockets;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    running.push(server);
    return server.address().port;
  }

  /** A server that agrees to everything but for what `answers` says otherwise. */
  const agreeing = (answers, capabilities = '250 OK') => badServer((socket, line) => {
    const verb = line === 'greeting' ? 'greeting' : line === '.' ? 'end' : line.split(/[ :]/)[0].toUpperCase();
    const usual = { greeting: '220 x', EHLO: capabilities, MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go', end: '250 ok', QUIT: '221 bye' };
    const answer = answers[verb] ?? usual[verb];
    if (answer === 'drop') socket.destroy();
    else if (answer) socket.write(`${answer}\r\n`);
  });

  async function tryServer(port, settings = {}) {
    const all = { 'mail.port': port, 'mail.timeout_ms': 700, ...settings };
    const done = await world.run('mail', 'test', 'alsu@mail.example', '--config', world.configFile,
      ...Object.entries(all).flatMap(([key, value]) => ['--set', `${key}=${value}`]));
    assert.ok(!done.output.includes('alsu@mail.example'), 'the address is not shown');
    return done;
  }
  const refusedWith = async (port, reason, settings) => {
    const done = await tryServer(port, settings);
    assert.equal(done.code, 1, done.output);
    assert.match(done.output, new RegExp(reason.replace('.', '\\.')));
  };

  test('one that works', async () => {
    assert.equal((await tryServer(await agreeing({}))).code, 0);
  });

  test('one that never greets, hangs in the middle, or drops after DATA: try again later', async () => {
    await refusedWith(await badServer(() => undefined), 'mail.unavailable');
    await refusedWith(await agreeing({ RCPT: ' ' }), 'mail.unavailable');
    await refusedWith(await agreeing({ end: 'drop' }), 'mail.unavailable');
  });

  test('4xx is worth another attempt, 5xx is not', async () => {
    for (const step of ['MAIL', 'RCPT', 'end']) {
      await refusedWith(await agreeing({ [step]: '451 later' }), 'mail.unavailable');
      await refusedWith(await agreeing({ [step]: '550 never' }), 'mail.refused');
    }
  });

  test('one that talks without end', async () => {
    const port = await badServer((socket, line) => {
      if (line === 'greeting') socket.write('220 x\r\n');
      else setInterval(() => socket.writable && socket.write('250-'.padEnd(65_000, 'x')), 1).unref();
    });
    await refusedWith(port, 'mail.unavailable');
  });

  test('a line that cannot be protected is not used at all', async () => {
    const heard = [];
    const port = await badServer((socket, line) => {
      heard.push(line);
      socket.write(line === 'greeting' ? '220 x\r\n' : '250 OK\r\n');
    });
    await refusedWith(port, 'mail.not_protected', { 'mail.protection': 'starttls', 'mail.user': 'u', 'mail.password': 'p' });
    assert.ok(!heard.some((line) => /^(MAIL|AUTH|RCPT)/i.test(line)), heard.join());
  });

  test('a certificate must be good, and its name ours to expect', async () => {
    const file = (name) => join(world.folder, name);
    const certificate = (name, subject) => execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2',
      '-subj', `/CN=${subject}`, '-addext', `subjectAltName=${subject === '127.0.0.1' ? 'IP' : 'DNS'}:${subject}`,
      '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)], { stdio: 'ignore' });
    const { readFileSync } = await import('node:fs');
    const start = async (name, options = {}) => {
      const server = new SMTPServer({ key: readFileSync(file(`${name}.key`)), cert: readFileSync(file(`${name}.pem`)),
        authOptional: true, logger: false, onData: (stream, _, done) => { stream.resume(); stream.on('end', done); }, ...options });
      server.on('error', () => undefined);
      server.listen(0, '127.0.0.1');
      await once(server.server, 'listening');
      running.push(server);
      return server.server.address().port;
    };
    certificate('good', '127.0.0.1');
    certificate('other', 'elsewhere.example');
    writeFileSync(file('password'), 'se cret\n');
    const ca = (name) => ({ 'mail.protection': 'starttls', 'mail.ca_file': file(`${name}.pem`) });
    assert.equal((await tryServer(await start('good'), ca('good'))).code, 0);
    assert.equal((await tryServer(await start('good', { secure: true }), { ...ca('good'), 'mail.protection': 'tls' })).code, 0);
    await refusedWith(await start('good'), 'mail.not_protected', ca('other'));
    await refusedWith(await start('other'), 'mail.not_protected', ca('other'));
    const users = [];
    const withLogin = await start('good', { authOptional: false, onAuth: ({ username, password }, _, done) => {
      users.push(username);
      done(password === 'se cret' ? null : new Error('no'), { user: 1 });
    } });
    const login = { ...ca('good'), 'mail.user': 'beresta' };
    assert.equal((await tryServer(withLogin, { ...login, 'mail.password_file': file('password') })).code, 0);
    await refusedWith(withLogin, 'mail.login', { ...login, 'mail.password': 'wrong' });
    assert.deepEqual([...new Set(users)], ['beresta']);
  });

  test('protection may be left out on this machine only', async () => {
    const done = await tryServer(25, { 'mail.host': 'mail.example' });
    assert.equal(done.code, 1);
    assert.match(done.output, /mail\.protection is none/);
  });
});
