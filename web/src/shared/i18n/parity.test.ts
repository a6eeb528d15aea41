import { describe, expect, it } from 'vitest';
import cabinetEn from './cabinet.en.json';
import cabinetRu from './cabinet.ru.json';
import consentsEn from './consents.en.json';
import consentsRu from './consents.ru.json';
import deskEn from './desk.en.json';
import deskRu from './desk.ru.json';
import en from './en.json';
import papersEn from './papers.en.json';
import papersRu from './papers.ru.json';
import requestsEn from './requests.en.json';
import requestsRu from './requests.ru.json';
import ru from './ru.json';

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, under = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[under + key, value]] : flatten(value, `${under}${key}.`),
  );
}

const kPlural = /_(zero|one|two|few|many|other)$/;
const base = (key: string) => key.replace(kPlural, '');
const flat = {
  ru: flatten({ ...ru, ...cabinetRu, ...consentsRu, ...deskRu, ...requestsRu, ...papersRu }),
  en: flatten({ ...en, ...cabinetEn, ...consentsEn, ...deskEn, ...requestsEn, ...papersEn }),
};

function placeholders(texts: [string, string][]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of texts) {
    const names = found.get(base(key)) ?? new Set();
    for (const match of text.matchAll(/\{\{(\w+)\}\}|<\/?(\w+)>/g)) {
      const name = match[1] ?? match[2] ?? '';
      if (name !== 'count') names.add(name);
    }
    found.set(base(key), names);
  }
  return new Map([...found].map(([key, names]) => [key, [...names].sort().join()]));
}

describe('texts', () => {
  it('have the same keys and placeholders in both languages', () => {
    expect(Object.fromEntries(placeholders(flat.en))).toEqual(
      Object.fromEntries(placeholders(flat.ru)),
    );
  });

  it.each([
    ['ru', ['one', 'few', 'many', 'other']],
    ['en', ['one', 'other']],
  ] as const)('have every plural form of %s', (language, forms) => {
    const keys = new Set(flat[language].map(([key]) => key));
    const plurals = new Set([...keys].filter((key) => kPlural.test(key)).map(base));
    expect(plurals.size).toBeGreaterThan(5);
    for (const key of plurals) {
      for (const form of forms) expect(keys, `${key}_${form}`).toContain(`${key}_${form}`);
    }
  });

  it.each(['ru', 'en'] as const)('of %s are never empty and never shout', (language) => {
    for (const [key, text] of flat[language]) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/!|\p{Extended_Pictographic}/u);
    }
  });

  it('of English hold no Cyrillic, and of Russian no Latin words but names', () => {
    for (const [key, text] of flat.en) expect(text, key).not.toMatch(/[а-яё]/iu);
    const names = /BRS1:|SMS|SIM|ID|\{\{\w+\}\}|<\/?b>/g;
    // The registrar's desk names what the protocol names.
    const protocol = /https?|private_key_jwt|refresh token|JWK Set|JSON|JWT|DPoP|PAR/g;
    for (const [key, text] of flat.ru) {
      const own = key.startsWith('desk.') ? text.replace(protocol, '') : text;
      expect(own.replace(names, ''), key).not.toMatch(/[a-z]{3,}/i);
    }
  });
});
