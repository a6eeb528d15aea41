// Checks a data set without names from the file alone, for an auditor who believes neither the server nor its report:
//
//     node tools/check_dataset.mjs FILE [ADDRESS]
//
// FILE is the CSV or JSON, with FILE.report.json beside it. k, the number of people and the diversity are counted anew;
// with ADDRESS (https://id.example) the log there must hold an entry of this very file. Shares no code with the server.
// Ends 0 when everything holds, 1 when something does not, 2 when it cannot tell.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { commitment, tilePath } from './log1/record.mjs';

const TILE = 256;
const ENTRY_BYTES = 34; // two of length, 32 of SHA-256

/** RFC 4180. @return rows of words, the header first */
export function parseCsv(text) {
  const rows = [];
  const word = /"((?:[^"]|"")*)"|([^",\n]*)/y;
  let row = [];
  for (let at = 0; at < text.length;) {
    word.lastIndex = at;
    const [whole, quoted, plain] = word.exec(text);
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    const end = text[at + whole.length];
    if (end !== ',' && end !== '\n') throw new Error('the file is no CSV');
    if (end === '\n') { rows.push(row); row = []; }
    at += whole.length + 1;
  }
  if (row.length > 0 || rows.some((one) => one.length !== rows[0].length)) throw new Error('the file is no CSV');
  return rows;
}

function rowsOf(text) {
  if (!text.startsWith('{')) return parseCsv(text);
  const { columns, rows } = JSON.parse(text);
  return [columns, ...rows];
}

/** People alike in the quasi columns, and what is told of them. @return [{people, told: [Set]}] */
function classesOf(rows, columns) {
  const places = (kind) => columns.flatMap((column, i) => (column.kind === kind ? [i] : []));
  const [quasi, sensitive] = [places('quasi'), places('sensitive')];
  const classes = new Map();
  for (const row of rows) {
    const key = JSON.stringify(quasi.map((i) => row[i]));
    const one = classes.get(key) ?? { people: 0, told: sensitive.map(() => new Set()) };
    one.people += 1;
    sensitive.forEach((i, s) => one.told[s].add(row[i]));
    classes.set(key, one);
  }
  return [...classes.values()];
}

/** What holds and what does not: [{holds, what}] */
export function checkDataset(text, report) {
  const [names, ...rows] = rowsOf(text);
  const classes = classesOf(rows, report.columns);
  const least = (numbers) => numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const k = least(classes.map(({ people }) => people));
  const diversity = least(classes.flatMap(({ told }) => told.map(({ size }) => size)));
  const sha256 = createHash('sha256').update(text).digest('hex');
  const { people, file } = report;
  return [
    [sha256 === file.sha256, `the file is the one the report is about (SHA-256 ${sha256})`],
    [JSON.stringify(names) === JSON.stringify(report.columns.map(({ name }) => name)), `columns: ${names.join(', ')}`],
    [rows.length > 0 && rows.length === people.kept, `${rows.length} people are in it`],
    [people.kept + people.suppressed === people.counted, `${people.suppressed} were suppressed, ${people.left_out} not read`],
    [k >= report.k.asked, `each of ${classes.length} combinations stands for at least ${k} people; ${report.k.asked} were asked for`],
    [k === report.k.reached, `the report says ${report.k.reached}`],
    [diversity >= report.diversity_asked, Number.isFinite(diversity)
      ? `people alike have at least ${diversity} values of each sensitive column` : 'no column is told beside them'],
    [report.log_subject === `depersonalised/${report.dataset_id}/k${k}/${rows.length}/${sha256}`, 'the log is to hold this very file'],
  ].map(([holds, what]) => ({ holds, what }));
}

async function ask(address, path, read) {
  const answer = await fetch(new URL(path, address));
  if (!answer.ok) throw new Error(`${address}${path} answers ${answer.status}`);
  return answer[read]();
}

/** Whether the log has an entry of this subject, at the place it says. */
export async function checkLog(address, subject) {
  const { entries } = await ask(address, '/log/public-entries', 'json');
  const entry = entries.find(({ record }) => JSON.parse(record).subject === subject);
  if (entry?.index === undefined) return { holds: false, what: `the log at ${address} has no entry of this data set` };
  const size = Number((await ask(address, '/log/checkpoint', 'text')).split('\n')[1]);
  const tile = Math.floor(entry.index / TILE);
  const width = Math.min(TILE, size - tile * TILE);
  const bundle = Buffer.from(await ask(address, `/log/${tilePath('entries', tile, width)}`, 'arrayBuffer'));
  const at = (entry.index % TILE) * ENTRY_BYTES + 2;
  const leaf = bundle.subarray(at, at + 32);
  const holds = leaf.equals(commitment(Buffer.from(entry.salt, 'base64'), entry.record));
  return { holds, what: `the log at ${address} has it as entry ${entry.index} of ${size}; check the log itself by \`beresta audit verify\`` };
}

async function main([path, address]) {
  if (!path) {
    process.stderr.write('usage: node tools/check_dataset.mjs FILE [ADDRESS]\n');
    return 2;
  }
  try {
    const text = readFileSync(path, 'utf8');
    const report = JSON.parse(readFileSync(`${path}.report.json`, 'utf8'));
    const findings = checkDataset(text, report);
    if (address) findings.push(await checkLog(address, report.log_subject));
    for (const { holds, what } of findings) process.stdout.write(`${holds ? 'ok   ' : 'WRONG'} ${what}\n`);
    return findings.every(({ holds }) => holds) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

if (import.meta.url === `file://${process.argv[1]}`) process.exitCode = await main(process.argv.slice(2));
