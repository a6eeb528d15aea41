import { describe, expect, it } from 'vitest';
import deskEn from '../../shared/i18n/desk.en.json';
import deskRu from '../../shared/i18n/desk.ru.json';
import { groundsFor, hasGaps, writtenIn } from './answer_text';

describe('an answer of the desk', () => {
  it('is not ready while a template waits for words', () => {
    const whole = ['blocking'];
    for (const [name, text] of Object.entries(deskRu.requestDesk.template)) {
      expect(hasGaps(text), name).toBe(!whole.includes(name));
    }
    expect(hasGaps('Отчество исправлено: было «Сергевна», стало «Сергеевна».')).toBe(false);
  });

  it('is known by its letters to be in one language or the other', () => {
    for (const text of Object.values(deskRu.requestDesk.template)) expect(writtenIn(text)).toBe('ru');
    for (const text of Object.values(deskEn.requestDesk.template)) expect(writtenIn(text)).toBe('en');
    expect(writtenIn('Ваш номер в Digital ID исправлен, проверьте его в кабинете')).toBe('ru');
    expect(writtenIn('')).toBeUndefined();
    expect(writtenIn('15.03.1984 № 12')).toBeUndefined();
  });
});

describe('grounds of refusal', () => {
  const ground = (name: string) => ({ name, norm: '', text: name });
  const all = ['others_rights', 'repeated_request', 'other_legal_ground', 'data_are_right', 'not_processed_here'].map(ground);
  const names = (kind: Parameters<typeof groundsFor>[0]) => groundsFor(kind, all).map((one) => one.name);

  it('are those that can be meant for the kind', () => {
    expect(names('copy')).toEqual(['others_rights', 'repeated_request', 'not_processed_here']);
    expect(names('correction')).toEqual(['data_are_right', 'not_processed_here']);
    expect(names('stop')).toEqual(['other_legal_ground', 'not_processed_here']);
  });

  it('of another law are shown with every kind', () => {
    expect(groundsFor('stop', [ground('of_another_law')])).toHaveLength(1);
  });
});
