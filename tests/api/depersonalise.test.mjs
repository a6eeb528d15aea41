// Data sets without names, made by the command beside the running server from a few hundred people, and judged by code
// that shares nothing with it: k counted from the file itself, no identifier in it, everybody who was counted told so,
// nobody in it who has blocked their data or objected.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { accessRows } from './access_rows.mjs';
import { exchange } from './client.mjs';
import { notSqlite } from './databases.mjs';
import { startWorld, until } from './harness.mjs';
import { assertStatus, raise, registerByCall } from './people.mjs';

const CHECKER = fileURLToPath(new URL('../../tools/check_dataset.mjs', import.meta.url));
const PEOPLE = 400;
const QUASI = ['sex', 'birth_year', 'region', 'assurance_level', 'registered_year'];
let world;
let officer;
let counted; // somebody who was registered over the interface
let files = 0;

before(async () => {
  world = await startWorld();
  const seeded = await world.run('bench', 'seed', '--citizens', String(PEOPLE), '--facts', '--config', world.configFile);
  assert.equal(seeded.code, 0, seeded.output);
  counted = await registerByCall(world.client());
  await raise(counted.client);
  officer = await registerByCall(world.client());
  await grant(officer.phone, 'data_protection_officer');
});
after(() => world.stop());

async function grant(phone, role) {
  const done = await world.run('staff', 'grant', '--phone', phone, '--role', role, '--config', world.configFile);
  assert.equal(done.code, 0, done.output);
}

const accounts = () => Number(world.databases.select('SELECT count(*) AS people FROM citizen')[0].people);
const idOf = ({ citizenId }) => {
  const digits = citizenId.replaceAll('-', '');
  return notSqlite ? `decode('${digits}', 'hex')` : `x'${digits}'`;
};
const readings = () => accessRows(world).filter(({ purpose }) => purpose === 'make_statistics');

const newFile = (end = 'csv') => { files += 1; return join(world.folder, `people-${files}.${end}`); };
async function make(file, ...flags) {
  return world.run('depersonalise', '--by', officer.phone, '--out', file, '--config', world.configFile, ...flags);
}

/** RFC 4180, read character by character. */
function parseCsv(text) {
  const rows = [[]];
  let word = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') word += c;
      else if (text[i + 1] === '"') { word += c; i += 1; } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') {
      rows.at(-1).push(word);
      word = '';
      if (c === '\n') rows.push([]);
    } else word += c;
  }
  assert.deepEqual([word, rows.pop()], ['', []], 'the file ends with a line');
  const [names, ...lines] = rows;
  return lines.map((line) => {
    assert.equal(line.length, names.length);
    return Object.fromEntries(line.map((item, i) => [names[i], item]));
  });
}

/** Sizes of the classes of people who are alike in `columns`. */
function classesOf(rows, columns) {
  const sizes = new Map();
  for (const row of rows) {
    const key = JSON.stringify(columns.map((column) => row[column]));
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes.values()];
}

async function dataset(...flags) {
  const file = newFile();
  const done = await make(file, ...flags);
  assert.equal(done.code, 0, done.output);
  const text = readFileSync(file, 'utf8');
  const report = JSON.parse(readFileSync(`${file}.report.json`, 'utf8'));
  return { file, text, rows: parseCsv(text), report, output: done.output };
}

test('each combination in the file stands for k people, and the report says what was done', async () => {
  const { file, text, rows, report, output } = await dataset('--k', '7', '--lang', 'en');
  const sizes = classesOf(rows, QUASI);
  assert.ok(rows.length > PEOPLE * 0.9, 'most people are in it');
  assert.ok(Math.min(...sizes) >= 7, `the smallest class has ${Math.min(...sizes)}`);
  assert.ok(sizes.length > 1, 'and it still tells people apart');
  assert.deepEqual(report.k, { asked: 7, reached: Math.min(...sizes) });
  assert.deepEqual(report.classes, { number: sizes.length, smallest: Math.min(...sizes), largest: Math.max(...sizes) });
  assert.equal(report.people.kept, rows.length);
  assert.equal(report.people.kept + report.people.suppressed, report.people.counted);
  assert.equal(report.people.counted + report.people.left_out, accounts());
  assert.ok(report.people.suppressed * 100 <= report.people.counted * report.suppressed_percent_max);
  assert.deepEqual(report.columns.map(({ name }) => name), [...QUASI, 'documents', 'consents']);
  assert.equal(report.format, 'beresta-depersonalised-1');
  assert.match(report.norms.join(), /152-ФЗ/);
  assert.equal(report.made_by, `staff:data_protection_officer:${officer.citizenId}`);
  assert.equal(report.file.sha256, createHash('sha256').update(text).digest('hex'));
  assert.equal(report.rules_sha256.length, 64);
  assert.match(output, new RegExp(`stands for at least ${report.k.reached} people \\(asked for: 7\\)`));
  for (const path of [file, `${file}.report.json`]) assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(!existsSync(`${file}.part`));
});

test('nothing in the file or the report leads to anybody', async () => {
  const { text, rows, report, output } = await dataset();
  const words = {
    sex: /^(male|female|not stated|\*)$/,
    birth_year: /^(\d{4}(-\d{4})?|not stated|\*)$/,
    region: /^(Татарстан|Москва|Чувашская|Нижегородская обл|\S+ округ|not stated|\*)$/,
    assurance_level: /^(phone|verified|\*)$/,
    registered_year: /^(\d{4}(-\d{4})?|\*)$/,
    documents: /^(none|[a-z_]+(\+[a-z_]+)*)$/,
    consents: /^(none|[a-z_]+(\+[a-z_]+)*)$/,
  };
  for (const row of rows) {
    for (const [column, word] of Object.entries(row)) assert.match(word, words[column], column);
  }
  const told = JSON.stringify({ ...report, made_by: '', dataset_id: '', log_subject: '', file: '', rules_sha256: '' });
  for (const all of [text, told, output]) {
    assert.deepEqual(world.secrets.findIn(all), []);
    assert.doesNotMatch(all, /Соколов|Морозов|Лебедев|Алексей|Ильдар|Петрович|Баумана|кв\.|\+7|\d{9}|\d{4}-\d\d-\d\d[^T]/);
  }
});

test('everybody who was counted has a record and an entry, and sees it in plain words', async () => {
  const before = readings().length;
  const { report } = await dataset();
  const rows = readings().slice(before);
  assert.equal(rows.length, report.people.counted);
  assert.equal(new Set(rows.map(({ citizen }) => citizen)).size, rows.length, 'each once');
  assert.ok(rows.every((row) => row.actor === report.made_by && row.category === 'profile' && row.hasEntry));
  assert.ok(rows.every((row) => row.waits || row.hasLeaf), 'each in the log, or about to be');
  const mine = await until('my entry', async () => {
    const { entries } = assertStatus(await counted.client.get('/api/v1/log/entries?limit=100'), 200);
    return entries.map(({ record, index }) => ({ ...JSON.parse(record), index }))
      .find(({ purpose, subject, index }) => purpose === 'make_statistics' && index !== undefined
        && subject === `depersonalise/${report.dataset_id}`);
  }, { within: 10_000, every: 100 });
  assert.equal(mine.actor, report.made_by);
  const { usages } = assertStatus(await counted.client.get('/api/v1/data-tracker/findUsage'), 200);
  assert.ok(usages.some(({ action }) => action === 'Подсчёт в статистике без имён (обезличивание)'));
});

test('the log tells everybody which data sets were made, with k and digest', async () => {
  const { report, text } = await dataset();
  const found = await until('the public entry', async () => {
    const { entries } = (await exchange(world.origin, 'GET', '/log/public-entries')).json;
    return entries.map(({ record }) => JSON.parse(record)).find(({ subject }) => subject === report.log_subject);
  });
  assert.equal(found.kind, 'dataset.depersonalised');
  assert.ok(found.subject.endsWith(createHash('sha256').update(text).digest('hex')));
  assert.ok(found.subject.includes(`/k${report.k.reached}/`));
});

test('an auditor\'s program finds the file whole and in the log, and every change to it', async () => {
  const { file, report } = await dataset('--k', '6');
  const audit = (path, ...more) => {
    const done = spawnSync(process.execPath, [CHECKER, path, ...more], { encoding: 'utf8' });
    return { code: done.status, output: done.stdout + done.stderr };
  };
  await until('the entry to have its place', async () => {
    const { entries } = (await exchange(world.origin, 'GET', '/log/public-entries')).json;
    return entries.some(({ record, index }) => index !== undefined && record.includes(report.log_subject));
  }, { within: 10_000, every: 100 });
  const whole = await until('a checkpoint that has it', () => {
    const done = audit(file, world.origin);
    return done.code === 0 && done;
  }, { within: 10_000, every: 500 });
  assert.match(whole.output, /ok {4}the log at .* has it as entry \d+ of \d+/);
  const changed = (rows, told) => {
    const path = newFile();
    writeFileSync(path, rows);
    writeFileSync(`${path}.report.json`, JSON.stringify(told));
    return audit(path);
  };
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
  assert.equal(changed(text, report).code, 0);
  assert.match(changed(lines.toSpliced(1, 1).join('\n'), report).output, /WRONG the file is the one/);
  // A report that was forged along with the file.
  const rare = [...lines.slice(0, -1), 'female,1923,Москва,verified,2024,none,none', ''].join('\n');
  const forged = structuredClone(report);
  forged.file.sha256 = sha256(rare);
  forged.people.kept += 1;
  forged.people.counted += 1;
  assert.match(changed(rare, forged).output, /WRONG each of \d+ combinations stands for at least 1 people/);
  assert.equal(changed('a,"b', report).code, 2);
});

test('who has blocked data, objected or is leaving is not read and not in it', async () => {
  const people = [await registerByCall(world.client()), await registerByCall(world.client()), await registerByCall(world.client())];
  const kinds = ['driving_licence', 'oms', 'snils'];
  people.forEach((one, i) => world.databases.change(`INSERT INTO document (citizen_id, kind, state, problem, fetch_number,
    requested_at_utc) VALUES (${idOf(one)}, '${kinds[i]}', 'ready', '', 1, 1)`));
  const held = ({ rows }) => kinds.map((kind) => rows.filter(({ documents }) => documents === kind).length);
  const flags = ['--columns', 'assurance_level'];
  assert.deepEqual(held(await dataset(...flags)), [1, 1, 1], 'before, each is in it');
  world.databases.change(`INSERT INTO data_block (citizen_id, category, reason, actor, blocked_at_utc)
    VALUES (${idOf(people[0])}, 'documents', 'asked', 'officer', 1)`);
  assertStatus(await people[1].client.post('/api/v1/subject-requests', { kind: 'stop' }), 201);
  world.databases.change(`INSERT INTO account_deletion (citizen_id, state, challenge_id, asked_at_utc)
    VALUES (${idOf(people[2])}, 'frozen', ${idOf(people[2])}, 1)`);
  const before = readings().length;
  const second = await dataset(...flags);
  assert.deepEqual(held(second), [0, 0, 0], 'afterwards nobody of them is');
  assert.equal(second.report.people.left_out, 3);
  const read = new Set(readings().slice(before).map(({ citizen }) => citizen));
  for (const one of people) assert.ok(!read.has(one.citizenId), 'and nothing of theirs was opened');
  assert.ok(read.has(counted.citizenId));
});

test('the same people and wish give the same bytes, as CSV and as JSON', async () => {
  const flags = ['--k', '10', '--suppress', '3'];
  const [one, two] = [await dataset(...flags), await dataset(...flags)];
  assert.equal(one.text, two.text);
  const file = newFile('json');
  const done = await make(file, ...flags, '--format', 'json', '--json');
  assert.equal(done.code, 0, done.output);
  const { columns, rows } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(rows.map((row) => Object.fromEntries(row.map((word, i) => [columns[i], word]))), one.rows);
});

test('a wish for diversity holds in the file', async () => {
  const { rows, report } = await dataset('--columns', 'birth_year,sex', '--sensitive', 'assurance_level', '--diversity', '2');
  const told = new Map();
  for (const row of rows) {
    const key = `${row.birth_year} ${row.sex}`;
    told.set(key, (told.get(key) ?? new Set()).add(row.assurance_level));
  }
  assert.ok([...told.values()].every((values) => values.size >= 2));
  assert.ok(report.columns.at(-1).diversity_reached >= 2);
});

test('what may not be is refused before anybody is read, in words and in both languages', async () => {
  const before = readings().length;
  const stranger = await registerByCall(world.client());
  await grant(stranger.phone, 'registrar');
  const taken = newFile();
  writeFileSync(taken, 'mine');
  const cases = [
    [newFile(), ['--k', '4'], /k меньше, чем разрешают правила.*depersonalise\.k_too_small: 4 < 5/, /k is smaller than the rules allow/],
    [newFile(), ['--k=-1'], /depersonalise\.k_too_small/, /depersonalise\.k_too_small/],
    [taken, [], /такой файл уже есть/, /there is such a file already/],
    [newFile(), ['--by', stranger.phone], /нет роли.*staff\.role_required/, /does not have the role/],
    [newFile(), ['--by', '+79178888888'], /учётной записи с таким номером нет/, /no account has this number/],
    [newFile(), ['--columns', 'phone'], /такого столбца нет.*"phone"/, /there is no such column/],
    [newFile(), ['--columns', 'sex,sex'], /назван дважды/, /named twice/],
    [join(world.folder, 'no', 'folder.csv'), [], /файл не записать/, /cannot be written/],
  ];
  for (const [file, flags, russian, english] of cases) {
    const by = flags[0] === '--by' ? [] : ['--by', officer.phone];
    for (const [language, words] of [['ru', russian], ['en', english]]) {
      const done = await world.run('depersonalise', '--out', file, '--config', world.configFile, '--lang', language, ...by, ...flags);
      assert.equal(done.code, 1, done.output);
      assert.match(done.output, words);
      if (file !== taken) assert.ok(!existsSync(file) && !existsSync(`${file}.part`) && !existsSync(`${file}.report.json`));
    }
  }
  assert.equal(readFileSync(taken, 'utf8'), 'mine');
  assert.equal(readings().length, before);
  for (const flags of [['--diversity', '0'], ['--suppress', '100'], ['--format', 'xls'], ['--lang', 'tt']]) {
    assert.equal((await make(newFile(), ...flags)).code, 2, flags.join(' '));
  }
});

test('where fewer people than k are left there is no file', async () => {
  const file = newFile();
  const before = readings().length;
  const done = await make(file, '--k', '100000', '--lang', 'en');
  assert.equal(readings().length, before, 'nobody was read, and nobody is told that they were counted');
  assert.equal(done.code, 1);
  assert.match(done.output, /fewer people than k.*No file was made/);
  assert.ok(!existsSync(file) && !existsSync(`${file}.part`));
});
