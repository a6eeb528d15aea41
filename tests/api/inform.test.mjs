// Messages to people who agreed: `beresta inform` beside the running server, told by SMS and letter to those who chose
// so and to nobody else, once, with the way to refuse; a consent withdrawn, a block or a broken-off sending on the way.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessRows } from './access_rows.mjs';
import { exchange } from './client.mjs';
import { notSqlite } from './databases.mjs';
import { BERESTA_BIN, Running, startWorld, until } from './harness.mjs';
import { assertStatus, phoneOf, registerByCall, seen } from './people.mjs';

const SEEDED = 1500;
let world;
let officer;
let files = 0;
let addresses = 0;

before(async () => {
  world = await startWorld();
  officer = await registerByCall(world.client());
  const granted = await world.run('staff', 'grant', '--phone', officer.phone, '--role', 'data_protection_officer',
    '--config', world.configFile);
  assert.equal(granted.code, 0, granted.output);
});
after(() => world.stop());

const select = (sql) => world.databases.select(sql);
const count = (table) => Number(select(`SELECT count(*) AS n FROM ${table}`)[0].n);
const bytesOf = ({ citizenId }) => {
  const digits = citizenId.replaceAll('-', '');
  return notSqlite ? `decode('${digits}', 'hex')` : `x'${digits}'`;
};
const lettersTo = (address) => world.sandboxAsks('GET', `/mail/messages?to=${encodeURIComponent(address)}`);

function textFile(text) {
  files += 1;
  const path = join(world.folder, `text-${files}.txt`);
  writeFileSync(path, text);
  return path;
}

/** A message nobody else in this run has: both languages carry its mark. */
function message(mark) {
  return { mark, flags: ['--ru', textFile(`Заплатите до 1 декабря: ${mark}.\n`), '--en', textFile(`Pay by 1 December: ${mark}.\n`)] };
}
const inform = (topic, { flags }, ...more) => world.run('inform', '--topic', topic, ...flags, '--by', officer.phone,
  '--config', world.configFile, ...more);
async function report(topic, text, ...more) {
  const done = await inform(topic, text, '--json', ...more);
  assert.equal(done.code, 0, done.output);
  return JSON.parse(done.output);
}

async function confirmEmail({ client }) {
  addresses += 1;
  const email = `told.${addresses}@mail.example`;
  world.secrets.add('e-mail', email);
  assertStatus(await client.put('/api/v1/me/email', { email }), 202);
  const [letter] = await until('the code', async () => {
    const letters = await lettersTo(email);
    return letters.length > 0 && letters;
  }, { within: 8000 });
  const [code] = /\b\d{8}\b/.exec(letter.text);
  world.secrets.add('code', code);
  assertStatus(await client.post('/api/v1/me/email/confirmation', { code }), 204);
  return email;
}

/** Somebody who agreed to the topic by these channels. */
async function person({ topic, scope, language = 'ru', email = false }) {
  const citizen = await registerByCall(world.client({ language }));
  const address = email ? await confirmEmail(citizen) : undefined;
  const { client } = citizen;
  assertStatus(await client.put(`/api/v1/consents/informing_${topic}`,
    { ...await seen(client, `informing-${topic}`), scope }), 200);
  return { ...citizen, email: address };
}

const smsWith = async ({ phone }, { mark }) =>
  (await phoneOf(world, phone)).filter(({ kind, text }) => kind === 'sms' && text.includes(mark));
const lettersWith = async ({ email }, { mark }) =>
  (email ? await lettersTo(email) : []).filter(({ text }) => text.includes(mark));
const gets = (what, read) => until(what, async () => {
  const found = await read();
  return found.length > 0 && found;
}, { within: 10_000, every: 50 });
/** Waits until nothing of these messages is on its way any more. */
const quiet = () => until('the outbox to be empty of messages',
  () => count("outbox WHERE kind = 'informing.message' AND state = 'pending'") === 0, { within: 15_000, every: 100 });
const sentLines = async (client) => assertStatus(await client.get('/api/v1/operations'), 200).operations
  .filter(({ kind }) => kind === 'informing.sent').map(({ subject }) => subject);

describe('a message on a topic', () => {
  test('goes to those who agreed, by the channels they chose, in their language, and to nobody else', async () => {
    const both = await person({ topic: 'debts', scope: ['sms', 'email'], email: true });
    const english = await person({ topic: 'debts', scope: ['sms'], language: 'en', email: true });
    const unconfirmed = await person({ topic: 'debts', scope: ['email'] });
    const cabinet = await person({ topic: 'debts', scope: ['cabinet'], email: true });
    const other = await person({ topic: 'health', scope: ['sms', 'email'], email: true });
    const former = await person({ topic: 'debts', scope: ['sms', 'email'], email: true });
    assertStatus(await former.client.delete('/api/v1/consents/informing_debts'), 204);
    const blocked = await person({ topic: 'debts', scope: ['sms', 'email'], email: true });
    assertStatus(await blocked.client.put('/api/v1/me/blocks/profile', undefined), 204);
    const objecting = await person({ topic: 'debts', scope: ['sms'] });
    assertStatus(await objecting.client.post('/api/v1/subject-requests', { kind: 'stop' }), 201);
    const everybody = [both, english, unconfirmed, cabinet, other, former, blocked, objecting];
    const text = message('знак-один');

    const expected = (dry_run) => ({
      topic: 'debts', dry_run, people: 6, other_channels: 1,
      channels: {
        sms: { going: { en: 1, ru: 1 }, left_out: { blocked: 2 } },
        email: { going: { ru: 1 }, left_out: { blocked: 1, no_contact: 1 } },
      },
    });
    assert.deepEqual(await report('debts', text, '--dry-run'), expected(true));
    assert.deepEqual([count('informing_text'), count('informing_message'), count("outbox WHERE kind = 'informing.message'")],
      [0, 0, 0], 'a dry run leaves nothing behind');

    const done = await inform('debts', text, '--lang', 'ru');
    assert.equal(done.code, 0, done.output);
    assert.match(done.output, /^Согласны на «debts»: 6\nSMS: отправляется 2 \(en 1, ru 1\)\nSMS, пропущено: .*: 2\nпочта: отправляется 1 \(ru 1\)\n/);
    assert.deepEqual(world.secrets.findIn(done.output), [], 'nobody is named');
    for (const { citizenId } of everybody) assert.ok(!done.output.includes(citizenId));

    const [sms] = await gets('the SMS', () => smsWith(both, text));
    assert.equal(sms.text, `Beresta API tests: Заплатите до 1 декабря: знак-один.\nОтказаться: ${world.publicUrl}/consents`);
    const [letter] = await gets('the letter', () => lettersWith(both, text));
    assert.match(letter.text, new RegExp(`согласились на сообщения о долгах.*: ${world.publicUrl}/consents`));
    assert.match(letter.subject, /сообщение о долгах/);
    const [inEnglish] = await gets('the English SMS', () => smsWith(english, text));
    assert.equal(inEnglish.text, `Beresta API tests: Pay by 1 December: знак-один.\nTo refuse: ${world.publicUrl}/consents`);
    await quiet();
    assert.equal((await lettersWith(english, text)).length, 0, 'a confirmed address is no consent to letters');
    for (const one of [unconfirmed, cabinet, other, former, blocked, objecting]) {
      assert.deepEqual([(await smsWith(one, text)).length, (await lettersWith(one, text)).length], [0, 0]);
    }
  });

  test('is in the history and among who looked, with a record and an entry for each reading', async () => {
    const one = await person({ topic: 'health', scope: ['sms', 'email'], email: true });
    const before = accessRows(world).length;
    const text = message('знак-два');
    await report('health', text, '--channels', 'sms');
    await gets('the SMS', () => smsWith(one, text));
    await quiet();
    const rows = accessRows(world).slice(before).filter(({ purpose }) => purpose === 'inform_citizen');
    const mine = rows.filter(({ citizen }) => citizen === one.citizenId);
    assert.deepEqual(mine.map(({ actor, category, hasEntry }) => [actor, category, hasEntry]),
      [['platform:informing', 'profile', true]]);
    assert.ok(mine.every(({ waits, hasLeaf }) => waits || hasLeaf), 'in the log, or about to be');
    assert.equal(rows.length, count("informing_message m JOIN informing_text t ON t.text_sha256 = m.text_sha256 WHERE t.body LIKE '%знак-два%'"),
      'each reading stands for one message');
    assert.deepEqual(await sentLines(one.client), ['informing_health sms']);
    const { usages } = assertStatus(await one.client.get('/api/v1/data-tracker/findUsage'), 200);
    assert.ok(usages.some(({ action }) => action === 'Сообщение по теме, на которую вы согласились'));
    const found = await until('the public entry', async () => {
      const { entries } = (await exchange(world.origin, 'GET', '/log/public-entries')).json;
      return entries.map(({ record }) => JSON.parse(record))
        .find(({ kind, subject }) => kind === 'informing.ordered' && subject.startsWith('informing_health/'));
    });
    assert.match(found.subject, /^informing_health\/ru:[0-9a-f]{64}\/en:[0-9a-f]{64}$/);
    const [{ ordered_by }] = select("SELECT ordered_by FROM informing_text WHERE body LIKE '%знак-два%' AND language = 'ru'");
    assert.equal(ordered_by, `staff:data_protection_officer:${officer.citizenId}`);
  });

  test('is sent once, however often it is ordered, also by who changed their language', async () => {
    const one = await person({ topic: 'projects', scope: ['sms'] });
    const text = message('знак-три');
    assert.deepEqual((await report('projects', text)).channels.sms, { going: { ru: 1 }, left_out: {} });
    await gets('the SMS', () => smsWith(one, text));
    await quiet();
    assert.deepEqual((await report('projects', text)).channels.sms, { going: {}, left_out: { sent_before: 1 } });
    assertStatus(await one.client.delete('/api/v1/consents/informing_projects'), 204);
    const english = await seen(world.client({ language: 'en' }), 'informing-projects');
    assertStatus(await one.client.put('/api/v1/consents/informing_projects', { ...english, scope: ['sms'] }), 200);
    assert.deepEqual((await report('projects', text)).channels.sms, { going: {}, left_out: { sent_before: 1 } });
    // Another text is another message.
    const next = message('знак-четыре');
    assert.deepEqual((await report('projects', next)).channels.sms, { going: { en: 1 }, left_out: {} });
    await gets('the next SMS', () => smsWith(one, next));
    await quiet();
    assert.equal((await smsWith(one, text)).length, 1);
  });
});

describe('on its way', () => {
  test('a message whose consent is withdrawn while the operator is down never leaves; agreed again, it may', async () => {
    const leaver = await person({ topic: 'surveys', scope: ['sms'] });
    const stayer = await person({ topic: 'surveys', scope: ['sms'] });
    const text = message('знак-пять');
    await world.withFault({ target: 'operator.sms', mode: 'error', status: 503, times: 1000 }, async () => {
      assert.deepEqual((await report('surveys', text)).channels.sms.going, { ru: 2 });
      await until('an attempt', () => count("outbox WHERE kind = 'informing.message' AND state = 'pending' AND attempts > 0") === 2,
        { within: 10_000, every: 50 });
      assertStatus(await leaver.client.delete('/api/v1/consents/informing_surveys'), 204);
    });
    await gets('the SMS of who stayed', () => smsWith(stayer, text));
    await quiet();
    assert.equal((await smsWith(leaver, text)).length, 0);
    assert.deepEqual(await sentLines(leaver.client), []);
    assert.deepEqual(select("SELECT last_error_reason AS why FROM outbox WHERE kind = 'informing.message' AND state = 'dead'"),
      [{ why: 'vault.consent_missing' }]);
    assertStatus(await leaver.client.put('/api/v1/consents/informing_surveys',
      { ...await seen(leaver.client, 'informing-surveys'), scope: ['sms'] }), 200);
    assert.deepEqual((await report('surveys', text)).channels.sms, { going: { ru: 1 }, left_out: { sent_before: 1 } });
    await gets('the SMS', () => smsWith(leaver, text));
  });

  test('what was withdrawn, narrowed or blocked before the server took it, or broken off in sending, is not sent', async () => {
    const people = {};
    for (const name of ['withdrawn', 'narrowed', 'blocked', 'brokenOff', 'told']) {
      people[name] = await person({ topic: 'projects', scope: ['sms', 'cabinet'] });
    }
    await quiet();
    await world.stopServer();
    const text = message('знак-шесть');
    assert.ok((await report('projects', text)).channels.sms.going.ru >= 5);
    const change = (table, set, one) => world.databases.change(`UPDATE ${table} SET ${set} WHERE citizen_id = ${bytesOf(one)}`);
    change('consent', "withdrawn_at_utc = 1 + granted_at_utc", people.withdrawn);
    change('consent', "scope = 'cabinet'", people.narrowed);
    world.databases.change(`INSERT INTO data_block (citizen_id, category, reason, actor, blocked_at_utc)
      VALUES (${bytesOf(people.blocked)}, 'profile', 'asked', 'citizen', 1)`);
    // A server that died between handing it over and saying so.
    change('informing_message', 'taken_at_utc = queued_at_utc', people.brokenOff);
    const before = accessRows(world).length;
    await world.startServer();
    await gets('the SMS', () => smsWith(people.told, text));
    await quiet();
    const read = accessRows(world).slice(before).filter(({ purpose }) => purpose === 'inform_citizen').map(({ citizen }) => citizen);
    for (const name of ['withdrawn', 'narrowed', 'blocked', 'brokenOff']) {
      assert.equal((await smsWith(people[name], text)).length, 0, name);
      assert.ok(!read.includes(people[name].citizenId), `${name}: the number was not even read`);
    }
    assert.ok(read.includes(people.told.citizenId));
    const reasons = select("SELECT last_error_reason AS why FROM outbox WHERE kind = 'informing.message' AND state = 'dead'").map(({ why }) => why);
    for (const why of ['informing.blocked', 'informing.uncertain', 'vault.consent_missing']) assert.ok(reasons.includes(why), `${why} in ${reasons}`);
  });
});

test('what cannot be sent is refused before anybody is looked up, in words and in both languages', async () => {
  const before = [count('informing_text'), count('informing_message')];
  const stranger = await registerByCall(world.client());
  const good = { '--topic': 'debts', '--ru': textFile('Есть долг.'), '--en': textFile('A debt.'), '--by': officer.phone };
  const cases = [
    [{ '--topic': 'sale' }, /такой темы нет.*debts, health, projects, surveys/, /no such topic.*debts, health, projects, surveys/],
    [{ '--topic': 'account' }, /такой темы нет/, /no such topic/],
    [{ '--ru': textFile(' \n') }, /в файле нет текста/, /no text in the file/],
    [{ '--ru': textFile('я'.repeat(320)) }, /для СМС текст слишком длинный.*ru: more than 5 SMS/, /too long for an SMS/],
    [{ '--ru': textFile('я'.repeat(2001)), '--channels': 'email' }, /длиннее 4000 байт/, /longer than 4000 bytes/],
    [{ '--en': textFile(Buffer.from([0xd0, 0x20])) }, /не текст в UTF-8/, /no text in UTF-8/],
    [{ '--en': join(world.folder, 'nowhere.txt') }, /файл не прочитать/, /cannot be read/],
    [{ '--en': world.folder }, /файл не прочитать/, /cannot be read/],
    [{ '--en': undefined }, /нет текста на этом языке.*: en/, /no text in this language/],
    [{ '--channels': 'sms,pigeon' }, /такого способа нет.*pigeon/, /no such channel/],
    [{ '--by': stranger.phone }, /нет роли.*staff\.role_required/, /does not have the role/],
    [{ '--by': '+79178888888' }, /учётной записи с таким номером нет/, /no account has this number/],
  ];
  for (const [change, russian, english] of cases) {
    const flags = Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined).flat();
    for (const [language, words] of [['ru', russian], ['en', english]]) {
      const done = await world.run('inform', ...flags, '--config', world.configFile, '--lang', language);
      assert.equal(done.code, 1, done.output);
      assert.match(done.output, words);
    }
  }
  const longer = await world.run('inform', ...Object.entries({ ...good, '--ru': textFile('я'.repeat(320)), '--channels': 'email' }).flat(),
    '--dry-run', '--config', world.configFile);
  assert.equal(longer.code, 0, 'a letter may be longer');
  assert.deepEqual([count('informing_text'), count('informing_message')], before);
  assert.equal((await world.run('inform', '--topic', 'debts', '--config', world.configFile)).code, 2, 'without --by');
});

test('killed in the middle and run again, it writes to everybody once', async () => {
  const seeded = await world.run('bench', 'seed', '--citizens', String(SEEDED), '--config', world.configFile);
  assert.equal(seeded.code, 0, seeded.output);
  await quiet();
  await world.stopServer();
  // Everybody who was seeded agrees, each by a consent with the account's own id.
  world.databases.change(`INSERT INTO consent (citizen_id, consent_id, purpose, edition_kind, edition_number, edition_language,
    edition_sha256, granted_at_utc, granted_scope, scope) SELECT citizen_id, citizen_id, 'informing_health', 'informing-health', 1,
    'ru', '', registered_at_utc, 'sms', 'sms' FROM citizen WHERE NOT EXISTS
    (SELECT 1 FROM consent c WHERE c.citizen_id = citizen.citizen_id AND c.purpose = 'informing_health')`);
  let halfway;
  for (let round = 1; round <= 3 && !halfway; round += 1) {
    const text = message(`знак-конец-${round}`);
    const mine = `informing_message m JOIN informing_text t ON t.text_sha256 = m.text_sha256 WHERE t.body LIKE '%${text.mark}%'`;
    const command = new Running(BERESTA_BIN, ['inform', '--topic', 'health', ...text.flags, '--by', officer.phone,
      '--channels', 'sms', '--config', world.configFile], { cwd: world.folder });
    await until('some of them', () => command.end !== undefined || count(mine) > 0, { within: 20_000, every: 1 });
    await command.stop('SIGKILL');
    const written = count(mine);
    if (written > 0 && written < SEEDED) halfway = { text, mine, written };
  }
  assert.ok(halfway, 'it was killed in the middle');
  const { text, mine, written } = halfway;
  const second = await report('health', text, '--channels', 'sms');
  assert.equal(second.channels.sms.left_out.waiting, written, 'what was written before counts as such');
  assert.ok(second.channels.sms.going.ru >= SEEDED - written);
  assert.equal(count(mine), written + second.channels.sms.going.ru + (second.channels.sms.going.en ?? 0));
  const third = await report('health', text, '--channels', 'sms');
  assert.deepEqual([third.channels.sms.going, third.channels.sms.left_out.waiting], [{}, count(mine)]);
  const pending = count("outbox WHERE kind = 'informing.message' AND state = 'pending'");
  assert.equal(pending, count('informing_message WHERE sent_at_utc IS NULL AND taken_at_utc IS NULL'), 'a row of the outbox for each');
});
