// Taking one's data along: everything is in it, no secret is, and a borrowed session cannot.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { startWorld } from './harness.mjs';
import { connect, signInAt, startWorldWith } from './parties.mjs';
import { PASSWORD, assertProblem, assertStatus, citizenWithDocuments, raise, registerByCall } from './people.mjs';

const EXPORT = '/api/v1/me/export';
let world;
before(async () => { world = await startWorld(); });
after(() => world.stop());

test('everything the account holds is in it', async () => {
  const { client, phone, record } = await citizenWithDocuments(world);
  const response = await client.get(EXPORT);
  const all = assertStatus(response, 200);
  assert.match(response.headers['content-disposition'], /^attachment; filename="beresta\.json"$/);
  const values = Object.fromEntries(all.attributes.map(({ name, value }) => [name, value]));
  assert.deepEqual([values.phone, values.snils, values.family_name], [phone, record.snils, record.name.family_name]);
  assert.ok(all.attributes.every(({ source, proven_at }) => source && proven_at));
  assert.ok(all.documents.length >= 5);
  assert.ok(all.accesses.some(({ purpose }) => purpose === 'fetch_documents'), 'who looked is told');
  assert.equal(all.sessions.length, 1);
  assert.ok(all.consents.length >= 3);
  assert.equal(all.history[0].kind, 'account.exported', 'taking it along stands in the history');
  assert.ok(all.history.some(({ kind }) => kind === 'account.registered'));
});

test('where something is from is told by the provider’s name, beside the id that never changes', async () => {
  const [provider] = assertStatus(await world.client().get('/api/v1/configuration'), 200).identity_providers;
  const names = { ru: provider.name_ru, en: provider.name_en };
  const source = `identity_provider:${provider.id}`;
  const { client } = await registerByCall(world.client());
  await raise(client, { person: '2' });
  const all = assertStatus(await client.get(EXPORT), 200);
  const born = all.attributes.find(({ name }) => name === 'birth_date');
  assert.deepEqual([born.source, born.source_name], [source, names]);
  assert.deepEqual([all.account.level_source, all.account.level_source_name], [source, names]);
  const phone = all.attributes.find(({ name }) => name === 'phone');
  assert.deepEqual([phone.source, 'source_name' in phone], ['self', false]);
  for (const language of ['ru', 'en']) {
    client.language = language;
    const { text } = await client.get(`${EXPORT}?format=html`);
    const from = { ru: 'Откуда', en: 'From' }[language];
    assert.ok(text.includes(`<dt>${from}</dt><dd>${names[language]}</dd>`), text.slice(0, 2000));
    assert.ok(!text.includes(source) && !text.includes('source_name'));
  }
});

test('services signed in to and ways to sign in are in it, by name', async () => {
  const back = 'https://bank.example/cb';
  const { world: own, parties } = await startWorldWith({ bank: { redirect_uris: [back], claims: ['phone_number'] } });
  try {
    const { client } = await registerByCall(own.client());
    const empty = assertStatus(await client.get(EXPORT), 200);
    assert.deepEqual([empty.connections, empty.authenticators], [[], { passkeys: [], totp: false }]);
    await signInAt(await connect(own, parties.bank), client, { redirect_uri: back, scope: 'openid phone' });
    const { connections } = assertStatus(await client.get(EXPORT), 200);
    assert.deepEqual(connections.map(({ client_id, claims }) => [client_id, claims]),
      [[parties.bank.client_id, ['phone_number']]]);
  } finally {
    await own.stop();
  }
});

test('no secret is in it', async () => {
  const { client } = await citizenWithDocuments(world, '1');
  const { text } = await client.get(EXPORT);
  const cookie = client.cookies.get('__Host-session').value;
  for (const secret of [PASSWORD, '$argon2', cookie, client.csrf]) assert.ok(!text.includes(secret), secret.slice(0, 8));
});

test('a page to read, in the language of the person, with every text escaped', async () => {
  for (const [language, title] of [['ru', 'Ваш кабинет'], ['en', 'Your account']]) {
    const { client, phone } = await registerByCall(world.client({ language }));
    const response = await client.get(`${EXPORT}?format=html`);
    assert.equal(response.status, 200);
    assert.match(response.headers['content-disposition'], /beresta\.html/);
    assert.ok(response.text.includes(title) && response.text.includes(phone));
    const words = response.text.replace(/<[^>]+>/g, ' ');
    assert.ok(!/citizen_id|phone_masked|\baal\b|\bamr\b|account\.exported|account\.registered|\d{4}-\d\d-\d\dT|[0-9a-f]{8}-[0-9a-f]{4}-/.test(words), words);
    assert.ok(words.includes({ ru: 'Данные кабинета сохранены в файл', en: 'The account’s data saved to a file' }[language].replace('’', "'")), words);
    assert.ok(words.includes({ ru: 'Номер подтверждён', en: 'Number proven' }[language].toLowerCase()), words);
    assert.ok(!/<script|javascript:|\bon\w+=/i.test(response.text));
  }
});

test('on paper: everything that can be read, with letters that can be read back', async () => {
  const [provider] = assertStatus(await world.client().get('/api/v1/configuration'), 200).identity_providers;
  const { client, phone, record } = await citizenWithDocuments(world, '4');
  for (const [language, words] of [
    ['ru', ['Ваш кабинет', 'Документы', `Фамилия · ${provider.name_ru}`, 'страница 1 из', 'Данные кабинета сохранены в файл']],
    ['en', ['Your account', 'Documents', `Family name · ${provider.name_en}`, 'page 1 of', "The account's data saved to a file"]]]) {
    client.language = language;
    const response = await client.get(`${EXPORT}?format=pdf`);
    assertStatus(response, 200);
    assert.equal(response.type, 'application/pdf');
    assert.match(response.headers['content-disposition'], /^attachment; filename="beresta\.pdf"$/);
    const read = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: response.body, encoding: 'utf8', maxBuffer: 2 ** 26 });
    const text = read.replace(/\s+/g, ' ');
    for (const expected of [...words, phone, record.snils, record.name.family_name, 'Beresta API tests']) {
      assert.ok(text.includes(expected), `${expected} in: ${text.slice(0, 3000)}`);
    }
  }
});

test('other formats, doubled and foreign parameters, no session', async () => {
  const { client } = await registerByCall(world.client());
  assertProblem(await client.get(`${EXPORT}?format=xml`), 400, 'export.format');
  assertProblem(await client.get(`${EXPORT}?format=json&format=html`), 400, 'http.parameter_doubled');
  assertProblem(await world.client().get(EXPORT), 401, 'http.unauthenticated');
});
