// Canaries: values that belong to one citizen alone, looked for in whatever anybody is answered; and the balance of
// readings against records. no_log_no_read.test.mjs tests both before it believes them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

export const digitsOf = (text) => text.replace(/\D/g, '');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Digits of one number stand together however they are written. */
const joined = (text) => text.replace(/(?<=\d)[\s()-]+(?=\d)/g, '');

/** What is printed on the pages of a PDF, its lines run together: a value may be broken in two. */
const printed = (pdf) =>
  execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' }).replace(/[\s\u00a0\u00ad]+/g, ' ');

/** Everything readable in a response: its text, or its pages, its headers, and the payloads of signed tokens in it. */
export function readable({ type, headers, body }) {
  const said = type === 'application/pdf' ? printed(body) : body.toString('utf8');
  const text = [said, JSON.stringify(headers)].join('\n');
  const tokens = [...text.matchAll(/eyJ[\w-]+\.([\w-]+)\.[\w-]*/g)].map(([, payload]) =>
    Buffer.from(payload, 'base64url').toString('utf8'));
  let decoded = text;
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // not an address
  }
  return [text, decoded, ...tokens].join('\n').replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

export class Canaries {
  #known = [];

  /** @param categories  of the vault, where the value may have come from */
  add(citizen, value, ...categories) {
    if (typeof value === 'string' && value.length >= 4) this.#known.push({ citizen, value, categories });
  }

  addNumber(citizen, value, ...categories) {
    if (value) this.#known.push({ citizen, value: digitsOf(value), categories, digits: true });
  }

  /** A whole body, such as a picture. */
  addBody(citizen, bytes, ...categories) {
    this.#known.push({ citizen, value: sha256(bytes), categories, whole: true });
  }

  get size() { return this.#known.length; }

  /**
   * What a response tells about whom. @param carried  text the asker brought along: it tells them nothing new.
   * @return {citizen: [categories]}
   */
  findIn(response, carried = '') {
    const text = readable(response);
    const numbers = joined(text);
    const brought = `${carried}\n${joined(carried)}`;
    const whole = sha256(response.body);
    const hits = this.#known.filter(({ value, digits, whole: isBody }) =>
      (isBody ? whole === value : (digits ? numbers : text).includes(value)) && !brought.includes(value));
    const found = {};
    // What can come from one category only says so; the rest is explained by those, or by its own first.
    for (const exact of [true, false]) {
      for (const { citizen, categories } of hits.filter((hit) => (hit.categories.length === 1) === exact)) {
        found[citizen] ??= [];
        if (!categories.some((category) => found[citizen].includes(category))) found[citizen].push(categories[0]);
      }
    }
    return found;
  }
}

/**
 * Sets readings and records against each other: each reading needs a record of its own, of the same citizen, actor and
 * category, made while it was being answered, and each record a reading.
 * @param readings [{citizen, actor, category, from, to}] in milliseconds;  @param records [{citizen, actor, category, at}]
 * @return {unrecorded, unexplained}
 */
export function balance(readings, records, slackMs = 2) {
  const left = [...records];
  const unrecorded = readings.filter((reading) => {
    const at = left.findIndex((record) => record.citizen === reading.citizen && record.actor === reading.actor
      && record.category === reading.category && record.at >= reading.from - slackMs && record.at <= reading.to + slackMs);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { unrecorded, unexplained: left };
}
