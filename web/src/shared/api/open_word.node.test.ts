import { readFileSync, readdirSync } from 'node:fs';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { unnamed } from '../i18n/language';
import ru from '../i18n/ru.json';
import { ConsentSchema } from './consent_schema';
import { openWord } from './open_word';
import { parseProblem } from './problem';

/** Where an unknown word must stop the page: steps of a course, verdicts, words of a protocol. */
const kClosed = [
  'features/checker/api/verify.ts',
  'features/identity/api/authenticators.ts',
  'features/identity/api/challenge.ts',
  'features/identity/api/deletion.ts',
  'features/identity/api/delivery.ts',
  'features/identity/api/registration.ts',
  'features/identity/api/sessions.ts',
  'features/openid/api/authorization.ts',
  'features/wallet/api/attestations.ts',
];
const root = new URL('../../', import.meta.url);

describe('a word the page does not know yet', () => {
  it('passes as it stands; what is no word does not', () => {
    const consent = { purpose: 'informing_weather', state: 'paused', scope: ['pigeon'] };
    expect(ConsentSchema.safeParse(consent).data).toEqual(consent);
    expect(openWord().safeParse(7).success).toBe(false);
  });

  it('in a refusal leaves the words of the refusal readable', () => {
    const refusal = parseProblem({
      type: 'urn:beresta:problem:assurance.new',
      title: 'Нужно ещё одно',
      detail: 'Вот что',
      status: 403,
      instance: '',
      missing: [{ lack: 'attribute_new', attribute: 'shoe_size' }],
      how: [{ action: 'come_in_person', page: '/level' }],
    });
    expect(refusal?.problem.title).toBe('Нужно ещё одно');
  });

  it('is shown as a word', async () => {
    await i18next.init({
      lng: 'ru',
      resources: { ru: { translation: ru } },
      parseMissingKeyHandler: unnamed,
      showSupportNotice: false,
    });
    const t = i18next.t as (key: string) => string;
    expect(t('consents.purpose.informing_weather')).toBe('Другое (informing weather)');
    expect(t('consents.purpose.account')).toBe(ru.consents.purpose.account);
  });

  it('is refused only where the course of the page hangs on it', () => {
    const closed = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\/api\/\w+\.ts$|^shared\/.*\.ts$/.test(file) && !/\.test\.|\.gen\./.test(file))
      .filter((file) => /(?<!`)z\.enum\(/.test(readFileSync(new URL(file, root), 'utf8')));
    expect(closed.sort()).toEqual(kClosed);
  });
});
