// What must never be found in the server's log: everything personal or secret a run has used. Numbers are
// looked for as whole words, for a five-digit code may stand by chance inside a request's id.
import assert from 'node:assert/strict';

export class Secrets {
  #known = new Map();

  /** @param kind what it is, for the message; the value itself is never printed */
  add(kind, value) {
    if (typeof value === 'string' && value.length >= 4) this.#known.set(value, kind);
  }

  addPhone(e164) {
    const digits = e164.replace(/\D/g, '');
    this.add('phone', e164);
    this.add('phone', digits);
    this.add('phone without country', digits.slice(-10));
  }

  /** @param person a record of the sandbox's population */
  addPerson(person) {
    for (const part of Object.values(person.name)) this.add('name', part);
    const { snils } = person;
    this.add('snils', snils);
    this.add('snils as written', snils.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1-$2-$3 $4'));
    this.add('birth date', person.birth_date);
    this.add('passport number', person.passport?.number);
    this.add('tax number', person.tax?.inn);
  }

  get size() {
    return this.#known.size;
  }

  /** The kinds of secrets that occur in the text of a log, with the line's number. */
  findIn(text) {
    const found = new Set();
    text.split('\n').forEach((line, index) => {
      const words = line.trim() === '' ? '' : textOf(line);
      for (const [value, kind] of this.#known) {
        if (occurs(words, value)) found.add(`${kind} in line ${index + 1}`);
      }
    });
    return [...found];
  }
}

/**
 * The strings of a JSON line, keys too; a line that is not JSON counts whole. Of numbers only the long ones,
 * since durations and sizes may well equal somebody's code.
 */
function textOf(line) {
  const texts = [];
  const walk = (value) => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'number' && value > 1e9) texts.push(String(value));
    else if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object') {
      for (const [name, item] of Object.entries(value)) {
        texts.push(name);
        walk(item);
      }
    }
  };
  try {
    walk(JSON.parse(line));
  } catch {
    return line;
  }
  return texts.join('\n');
}

function occurs(text, value) {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const alphabet = /^\d+$/.test(value) ? /[0-9a-f-]/i : /[\p{L}\d_-]/u;
    const before = text[at - 1] ?? ' ';
    const after = text[at + value.length] ?? ' ';
    if (!alphabet.test(before) && !alphabet.test(after)) return true;
  }
  return false;
}

/** Checks the check: a search that finds nothing anywhere would pass every run. */
export function checkSearch() {
  const secrets = new Secrets();
  secrets.addPhone('+79175550142');
  secrets.add('code', '41736');
  secrets.add('name', 'Галиева');
  assert.deepEqual(secrets.findIn('{"a":1,"micros":41736,"id":"0192-41736abc"}\n'), []);
  assert.equal(secrets.findIn('{"message":"to 9175550142"}').length, 1);
  assert.equal(secrets.findIn('plain 41736 text').length, 1);
  assert.equal(secrets.findIn('{"a":{"b":["г. Галиева."]}}').length, 1);
  assert.equal(secrets.findIn('{"to":79175550142}').length, 1);
}
