// One thing has one name wherever a person reads it; the names stand in docs/glossary.md.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const kFolder = new URL('./', import.meta.url);
const problems = readFileSync(new URL('../../../../locales/problems.json', import.meta.url), 'utf8');
const texts = (language: 'ru' | 'en') =>
  readdirSync(kFolder)
    .filter((name) => name.endsWith(`${language}.json`))
    .map((name) => readFileSync(new URL(name, kFolder), 'utf8'))
    .join('\n');

describe('names', () => {
  it.each([
    [/портал/i, 'Береста'],
    [/СМС/, 'SMS'],
    [/ключ\p{L}* доступа/iu, 'ключ входа'],
    [/код\p{L}* восстановления/iu, 'запасной код'],
    [/«Профиль»/, '«Я»'],
    [/«Уровень»/, '«Подтверждение личности»'],
    [/«Согласия»/, '«Мои согласия»'],
    [/SMS[^.]*\. В ней|Новую можно запросить/, 'SMS: оно'],
  ])('in Russian never %s, but %s', (other) => {
    expect(texts('ru')).not.toMatch(other);
    expect(problems).not.toMatch(other);
  });

  it.each([
    [/\bportal\b/i, 'Beresta'],
    [/“Profile”/, '“Me”'],
    [/“Level”/, '“Proof of identity”'],
    [/“Consents”/, '“My consents”'],
    [/backup code/i, 'recovery code'],
  ])('in English never %s, but %s', (other) => {
    expect(texts('en')).not.toMatch(other);
    expect(problems).not.toMatch(other);
  });
});
