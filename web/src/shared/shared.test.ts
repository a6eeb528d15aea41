import { describe, expect, it } from 'vitest';
import { clockErrorSeconds, correctedNow, noteServerDate } from './api/clock';
import { parseProblem } from './api/problem';
import { parseMarkdown } from './editions/markdown';
import { formatCalendarDay, formatCountdown } from './i18n/format';
import { groupLike } from './i18n/grouped';
import { preferredLanguage } from './i18n/language';
import { insideSentence } from './session/missing_words';

describe('the language', () => {
  it.each([
    ['lang=en', ['ru-RU'], 'en'],
    ['a=b; lang=ru', ['en-US'], 'ru'],
    ['', ['en-US', 'ru'], 'en'],
    ['', ['tt-RU', 'ru'], 'ru'],
    ['', ['de'], 'ru'],
    ['lang=xx', [], 'ru'],
    ['xlang=en', [], 'ru'],
  ] as const)('with cookie %j and browser %j is %s', (cookie, browser, language) => {
    expect(preferredLanguage(cookie, browser)).toBe(language);
  });
});

describe('the name of an attribute', () => {
  it('loses its capital inside a sentence unless it is all capitals', () => {
    expect(['СНИЛС', 'Дата рождения', 'Телефон на Госуслугах', 'INN'].map(insideSentence)).toEqual([
      'СНИЛС',
      'дата рождения',
      'телефон на Госуслугах',
      'INN',
    ]);
  });
});

describe('numbers and days', () => {
  it('count down in minutes and seconds, never below nought', () => {
    expect([75, 59.2, 1, 0, -3].map(formatCountdown)).toEqual(['1:15', '1:00', '0:01', '0:00', '0:00']);
  });

  it.each([
    ['+7 917 555-01-42', '+79001234567', '+7 900 123-45-67'],
    ['000-000-000 00', '12345678901', '123-456-789 01'],
    ['000-000-000 00', '123-456-789 01', '123-456-789 01'],
    ['0000 0000 0000', '770012345606', '7700 1234 5606'],
    ['0000 0000 0000', '7700123456', '7700123456'],
    ['+7 917 555-01-42', '+996700123456', '+996700123456'],
    ['+7 917 555-01-42', '89001234567', '89001234567'],
    ['', '+79001234567', '+79001234567'],
  ])('are grouped like %j: %j is %j', (pattern, value, shown) => {
    expect(groupLike(pattern, value)).toBe(shown);
  });

  it('do not shift a calendar day, nor end a sentence for it', () => {
    expect(formatCalendarDay('1988-03-14', 'ru')).toBe('14 марта 1988');
    expect(formatCalendarDay('1988-03-14', 'en')).toBe('14 March 1988');
    expect(formatCalendarDay('for life', 'en')).toBe('for life');
  });
});

describe('an edition', () => {
  it('is read as headings, paragraphs and lists, and loses nothing', () => {
    const source = '# Title\n\nOne\ntwo **bold**\n\n- a\n- b\n  c\n\n## Next\n<b>x</b>';
    expect(parseMarkdown(source)).toEqual([
      { kind: 'heading', level: 1, text: 'Title' },
      { kind: 'paragraph', text: 'One two **bold**' },
      { kind: 'list', items: ['a', 'b c'] },
      { kind: 'heading', level: 2, text: 'Next' },
      { kind: 'paragraph', text: '<b>x</b>' },
    ]);
  });
});

describe('a problem document', () => {
  const body = {
    type: 'urn:beresta:problem:challenge.code_wrong',
    title: 'Wrong code',
    status: 403,
    detail: 'Compare the digits.',
    instance: 'urn:uuid:1',
    attempts_left: 2,
  };

  it('gives its stable reason', () => {
    expect(parseProblem(body)?.reason).toBe('challenge.code_wrong');
  });

  it.each([null, 'text', {}, { ...body, title: 1 }, [body]])('%j is none', (other) => {
    expect(parseProblem(other)).toBeUndefined();
  });
});

describe('the clock', () => {
  it('follows the server when this device is wrong, and says by how much', () => {
    const now = Date.now();
    noteServerDate(new Date(now + 45_000).toUTCString(), now, now);
    expect(Math.abs(clockErrorSeconds() - 45)).toBeLessThanOrEqual(1);
    expect(Math.abs(correctedNow() - (Date.now() + 45_000))).toBeLessThan(1_500);
  });

  it('ignores an answer that took too long and a header that is no date', () => {
    const now = Date.now();
    noteServerDate(new Date(now).toUTCString(), now, now);
    expect(clockErrorSeconds()).toBe(0);
    noteServerDate(new Date(now + 90_000).toUTCString(), now - 20_000, now);
    noteServerDate('yesterday', now, now);
    noteServerDate(null, now, now);
    expect(clockErrorSeconds()).toBe(0);
  });
});
