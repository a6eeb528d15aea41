import { describe, expect, it } from 'vitest';
import { normsIn } from './processing';

const kConsent = { name: 'account.consent', norm: '152-ФЗ, ст. 9', norm_in: { en: 'Federal Law No. 152-FZ, Art. 9' } };

describe('norms', () => {
  it('are cited in the reader’s language, and as the law does where there is no other citation', () => {
    const bases = [kConsent, { name: 'other', norm: '63-ФЗ' }];
    expect(normsIn(bases, 'en')).toBe('Federal Law No. 152-FZ, Art. 9; 63-ФЗ');
    expect(normsIn(bases, 'ru')).toBe('152-ФЗ, ст. 9; 63-ФЗ');
  });
});
