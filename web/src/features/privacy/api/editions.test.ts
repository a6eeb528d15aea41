import { describe, expect, it } from 'vitest';
import type { WaitingEdition } from '../../../shared/api/types';
import { untilItBinds } from './editions';

const kNow = Date.parse('2026-11-26T12:00:00Z');

function waiting(inForceAt: string, binds = false) {
  const edition: WaitingEdition = {
    kind: 'agreement',
    number: 2,
    language: 'ru',
    title: 'Соглашение',
    sha256: '0',
    published_at: '2026-11-01T00:00:00Z',
    in_force_at: inForceAt,
    address: '/editions/agreement/2',
    binds,
  };
  return { waiting: [edition], accepted: [] };
}

describe('an announced agreement', () => {
  it('is asked about again a second after it binds', () => {
    expect(untilItBinds(waiting('2026-11-26T12:00:30Z'), kNow)).toBe(31_000);
  });

  it('is asked about once a minute when the server is late, not all the time', () => {
    expect(untilItBinds(waiting('2026-11-26T11:59:59Z'), kNow)).toBe(60_000);
  });

  it('is not waited for when it is days away, binds already or is not there', () => {
    expect(untilItBinds(waiting('2026-12-06T12:00:00Z'), kNow)).toBe(false);
    expect(untilItBinds(waiting('2026-11-26T11:00:00Z', true), kNow)).toBe(false);
    expect(untilItBinds({ waiting: [], accepted: [] }, kNow)).toBe(false);
    expect(untilItBinds(undefined, kNow)).toBe(false);
  });
});
