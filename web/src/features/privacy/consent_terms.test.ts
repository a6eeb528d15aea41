import { describe, expect, it } from 'vitest';
import { endOf, expiryOf } from './consent_terms';

const kNow = Date.parse('2026-11-30T10:00:00.500Z');

describe('the term of a consent', () => {
  it('ends on the same day of a later month, or on its last', () => {
    expect(endOf('half', kNow).toISOString()).toBe('2027-05-30T10:00:00.500Z');
    expect(endOf('quarter', kNow).toISOString()).toBe('2027-02-28T10:00:00.500Z');
  });

  it('is a moment in whole seconds, and nothing for the longest one', () => {
    expect(expiryOf('month', kNow)).toEqual({ expires_at: '2026-12-30T10:00:00Z' });
    expect(expiryOf('year', kNow)).toEqual({});
  });
});
