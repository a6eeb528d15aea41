// Requests on paper: the letter with an answer and the copy of one's data as PDF, read back by Poppler as a person's
// reader would; the notice that an answer came; and the signed evidence in the person's own hands.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { createHash } from 'node:crypto';
import { startWorld, until } from './harness.mjs';
import { assertProblem, assertStatus, citizenWithDocuments, phoneOf, registerByCall } from './people.mjs';

const MINE = '/api/v1/subject-requests';
const DESK = '/api/v1/desk/subject-requests';
const WORDS = 'Отчество записано с ошибкой: исправьте на «Сергеевна».';
const ANSWER = 'Здравствуйте. Мы исправили: было «Сергевна», стало «Сергеевна».\nҚазақша: әңгіме. Кыргызча: өтүнүч.';
let world;
let officer;
before(async () => {
  world = await startWorld();
  const { client, phone } = await registerByCall(world.client());
  await world.run('staff', 'grant', '--phone', phone, '--role', 'data_protection_officer', '--config', world.configFile);
  officer = client;
});
after(() => world?.stop());

const read = (pdf) => execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 2 ** 26 });
const facts = (pdf) => execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' });
/** A text as it reads, whatever lines it was broken into. */
const flat = (text) => text.replace(/\s+/g, ' ');
/** A moment by the clock of Moscow, as letters write it. */
function local(moment) {
  const format = (options) => new Intl.DateTimeFormat('ru-RU', { timeZone: 'Europe/Moscow', ...options }).format(new Date(moment));
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' }).replace(/\s*г\.$/, '');
  return `${day}, ${format({ hour: '2-digit', minute: '2-digit' })}`;
}
const act = (id, name, etag, json) => officer.call('POST', `${DESK}/${id}/${name}`, { json, headers: { 'if-match': etag } });

async function answered(text = WORDS, answer = ANSWER) {
  const person = await registerByCall(world.client());
  const { request_id: id, number } = assertStatus(await person.client.post(MINE, { kind: 'correction', text }), 201);
  assertStatus(await act(id, 'taking', '"1"'), 200);
  assertStatus(await act(id, 'answer', '"2"', { text: answer }), 200);
  return { ...person, id, number };
}

async function pdfOf(client, path) {
  const response = await client.get(path);
  assertStatus(response, 200);
  assert.equal(response.type, 'application/pdf');
  assert.match(response.headers['content-disposition'], /^attachment; filename="[\w-]+\.pdf"$/);
  assert.match(response.headers['cache-control'] ?? '', /no-store/);
  return response.body;
}

describe('a letter', () => {
  test('holds the question, the answer, the terms and the norm, in letters that can be read back', async () => {
    const { client, id, number } = await answered();
    const pdf = await pdfOf(client, `${MINE}/${id}/letter`);
    const text = flat(read(pdf));
    for (const words of ['Исправить данные', number, WORDS, 'Мы исправили: было «Сергевна», стало «Сергеевна».', 'Қазақша: әңгіме. Кыргызча: өтүнүч.',
      'Обращение получено', 'Ответ', '152-ФЗ', 'Роскомнадзор', 'страница 1 из 1']) {
      assert.ok(text.includes(words), `${words} in: ${text}`);
    }
    assert.ok(!/UTC\b(?!\+)|docs\/|\/api\//.test(text), `local time, no paths: ${text}`);
    const { received_at } = assertStatus(await client.get(`${MINE}/${id}`), 200);
    assert.ok(text.includes(local(received_at)), local(received_at));
    assert.match(facts(pdf), /Title: +Исправить данные/);
    const fonts = execFileSync('pdffonts', ['-'], { input: pdf, encoding: 'utf8' });
    assert.match(fonts, /DejaVuSans/);
    assert.ok(fonts.split('\n').slice(2).filter(Boolean).every((line) => / yes +yes +yes /.test(line)), `embedded, subset, with Unicode: ${fonts}`);
  });

  test('speaks the reader’s language', async () => {
    const { client, id } = await answered();
    const text = flat(read(await pdfOf(client, `${MINE}/${id}/letter?lang=en`)));
    assert.ok(text.includes('Correct my data') && text.includes('page 1 of 1'), text);
    assert.ok(text.includes('Federal Law No. 152-FZ, Arts. 20(3) and 21(2)') && !text.includes('152-ФЗ'), text);
  });

  test('leads to the signed evidence, which is the person’s own to take', async () => {
    const { client, id } = await answered();
    const address = `${world.publicUrl}/requests/${id}`;
    const pdf = await pdfOf(client, `${MINE}/${id}/letter`);
    assert.ok(pdf.toString('latin1').includes(`/URI (${address})`), 'a link one can press');
    assert.ok(read(pdf).replace(/\s+/g, '').includes(address), 'and read on paper');
    const { evidence, jws } = assertStatus(await client.get(`${MINE}/${id}/evidence`), 200);
    assert.deepEqual(JSON.parse(Buffer.from(jws.split('.')[1], 'base64url')), evidence);
    assert.equal(evidence.events.at(-1).sha256, createHash('sha256').update(ANSWER).digest('hex'));
    const page = await client.get(`${MINE}/${id}/evidence?format=html`);
    assert.equal(page.type, 'text/html');
    assertProblem(await client.get(`${MINE}/${id}/evidence?format=pdf`), 400, 'request.format');
    const records = (await client.get('/api/v1/log/entries?limit=100')).json.entries.map(({ record }) => JSON.parse(record));
    assert.equal(records.filter(({ kind, actor }) => kind === 'access' && actor.startsWith('staff:')).length, 0, 'nobody else has read it');
  });

  test('goes on over as many pages as it takes, each numbered', async () => {
    const lines = Array.from({ length: 150 }, (_, at) => `Строка ${at + 1}.`).join('\n');
    const { client, id } = await answered(lines, lines);
    const pdf = await pdfOf(client, `${MINE}/${id}/letter`);
    const pages = Number(/Pages: +(\d+)/.exec(facts(pdf))[1]);
    assert.ok(pages >= 5, String(pages));
    const text = read(pdf);
    for (let page = 1; page <= pages; page += 1) assert.ok(text.includes(`страница ${page} из ${pages}`), `page ${page}`);
    for (const line of ['Строка 1.', 'Строка 75.', 'Строка 150.']) assert.equal(text.split(line).length - 1, 2, line);
  });

  test('draws whatever people write, and nothing of it becomes more than words', async () => {
    const hostile = `<script>x</script> (%PDF) \\) endstream endobj {page} \u202eנפשי 𝔘 ${'ы'.repeat(1000)}`;
    const { client, id } = await answered(hostile, hostile);
    const text = flat(read(await pdfOf(client, `${MINE}/${id}/letter`)));
    assert.ok(text.includes('<script>x</script> (%PDF) \\) endstream endobj {page}'), text);
    assert.match(text, /страница 1 из \d/);
  });

  test('is nobody else’s', async () => {
    const { id } = await answered();
    const { client } = await registerByCall(world.client());
    for (const path of ['letter', 'evidence', 'data?format=pdf']) {
      for (const other of [client, officer]) assertProblem(await other.get(`${MINE}/${id}/${path}`), 404, 'request.unknown');
      assertProblem(await world.client().get(`${MINE}/${id}/${path}`), 401, 'http.unauthenticated');
    }
  });
});

test('a copy as pages holds what the file holds', async () => {
  const { client, record, phone } = await citizenWithDocuments(world, '0');
  const { request_id: id } = assertStatus(await client.post(MINE, { kind: 'copy' }), 201);
  const data = assertStatus(await client.get(`${MINE}/${id}/data`), 200);
  const text = flat(read(await pdfOf(client, `${MINE}/${id}/data?format=pdf`)));
  const digits = text.replace(/\D/g, '');
  const [provider] = assertStatus(await client.get('/api/v1/configuration'), 200).identity_providers;
  const born = data.records.find(({ name }) => name === 'birth_date');
  assert.equal(born.source, `identity_provider:${provider.id}`);
  assert.ok(text.includes(` · ${provider.name_ru}, `) && !text.includes(` ${provider.id},`), 'the provider by its name');
  for (const part of Object.values(record.name)) assert.ok(text.includes(part), part);
  for (const number of [phone, record.snils, record.tax.inn, record.passport.series + record.passport.number]) {
    assert.ok(digits.includes(number.replace(/\D/g, '')), number);
  }
  assert.ok(data.records.some(({ encoding }) => encoding === 'base64url') && text.includes('картинка'), 'a portrait is named, not drawn');
  assert.ok(text.includes('Состояние: действует') && !/: (valid|[FM])\b/.test(text), 'signs have words');
  for (const heading of ['Сведения о вас', 'Записи о документах', 'Согласия', 'Кто смотрел']) assert.ok(text.includes(heading), heading);
  const { categories } = assertStatus(await client.get('/api/v1/my-data'), 200);
  for (const { title, purposes, until, recipients } of categories.filter(({ records }) => records.length > 0)) {
    for (const words of [title, until.text, ...purposes.map((one) => one.title), ...recipients.map((one) => one.title)]) {
      assert.ok(text.includes(flat(words.ru)), words.ru);
    }
    for (const { bases } of purposes) for (const { norm } of bases) assert.ok(text.includes(norm), norm);
  }
  assert.ok(text.includes('Сайт: запрос документов') && text.includes('Запросил ваши документы в реестре'), 'who looked, in words');
  assert.ok(!/fetch_documents|platform:|identity_provider|registry_documents/.test(text), 'no codes');
  const { request_id: asked } = assertStatus(await client.post(MINE, { kind: 'information' }), 201);
  const information = flat(read(await pdfOf(client, `${MINE}/${asked}/data?format=pdf`)));
  assert.ok(information.includes('Фамилия') && information.includes(record.name.family_name), 'information tells what is held');
  assertProblem(await client.get(`${MINE}/${id}/data?format=xml`), 400, 'request.format');
});

describe('when the answer comes', () => {
  test('the person hears of it by SMS, without a word of it, for an answer and a refusal alike', async () => {
    for (const [name, json] of [['answer', { text: ANSWER }], ['refusal', { ground: 'data_are_right', text: ANSWER }]]) {
      const { client, phone } = await registerByCall(world.client());
      const { request_id: id } = assertStatus(await client.post(MINE, { kind: 'correction', text: WORDS }), 201);
      assertStatus(await act(id, 'taking', '"1"'), 200);
      const about = async () => (await phoneOf(world, phone)).filter(({ text }) => /обращение о данных есть ответ/.test(text ?? ''));
      assert.deepEqual(await about(), []);
      assertStatus(await act(id, name, '"2"', json), 200);
      const [sms] = await until('an SMS', async () => { const all = await about(); return all.length > 0 && all; });
      assert.ok(!/Сергеевна|Сергевна/.test(sms.text), sms.text);
      assertProblem(await act(id, name, '"3"', json), 409, 'request.not_now');
      assert.equal((await about()).length, 1, 'once');
    }
  });
});
