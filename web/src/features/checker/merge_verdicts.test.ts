import { describe, expect, it } from 'vitest';
import { mergeVerdicts } from './merge_verdicts';

const own = {
  verdict: 'yes',
  question: 'identity',
  issuer: 'Issuer',
  full_name: 'Name',
} as const;

describe('joining verdicts', () => {
  it('keeps the own verdict when the service does not answer', () => {
    expect(mergeVerdicts(own, undefined)).toBe(own);
  });

  it('takes a refusal of the service and shows nothing personal then', () => {
    const merged = mergeVerdicts(own, { verdict: 'revoked' });
    expect(merged).toEqual({ verdict: 'revoked', question: 'identity' });
  });

  it.each(['forged', 'expired', 'unknown_issuer', 'malformed'] as const)(
    'never lets the service turn %s into a yes',
    (verdict) => {
      expect(mergeVerdicts({ verdict }, { verdict: 'yes' }).verdict).toBe(verdict);
    },
  );

  it('keeps an own no though the service says yes', () => {
    const no = { verdict: 'no', question: 'pensioner' } as const;
    expect(mergeVerdicts(no, { verdict: 'yes' })).toBe(no);
  });
});
