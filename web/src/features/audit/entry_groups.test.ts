import { describe, expect, it } from 'vitest';
import type { JudgedEntry } from './api/entries';
import { grouped, isOwn, readEntry } from './entry_groups';

let next = 0;
function entry(change: Record<string, string> = {}, more: Partial<JudgedEntry> = {}): JudgedEntry {
  const id = String(++next);
  const record = {
    format: 'beresta-log-1',
    id,
    time: '2026-11-26T10:00:00Z',
    citizen: 'c',
    kind: 'access',
    actor: 'staff:data_protection_officer:1',
    purpose: 'answer_request',
    category: 'requests',
    subject: '',
    ...change,
  };
  return { entry_id: id, record: JSON.stringify(record), verdict: 'proven', ...more };
}

const sizes = (entries: JudgedEntry[]) => grouped(entries.map(readEntry)).map((one) => one.length);

describe('entries of the log', () => {
  it('that say the same in a row are one group', () => {
    expect(sizes([entry(), entry(), entry()])).toEqual([3]);
    expect(sizes([entry(), entry({ category: 'profile' }), entry()])).toEqual([1, 1, 1]);
    expect(sizes([entry(), entry({ actor: 'staff:data_protection_officer:2' })])).toEqual([1, 1]);
  });

  it('with an objection, that do not fit or cannot be read stand alone', () => {
    const disputed = entry({}, { dispute: { reason: 'other', disputed_at: '2026-11-26T10:00:00Z' } });
    expect(sizes([entry(), disputed, entry(), entry({}, { verdict: 'wrong' })])).toEqual([1, 1, 1, 1]);
    const gone: JudgedEntry = { entry_id: 'x', verdict: 'gone' };
    expect(sizes([gone, gone])).toEqual([1, 1]);
  });

  it('of the person stand alone, each can be denied', () => {
    const own = { kind: 'consent.granted', actor: 'citizen', purpose: '', category: '' };
    expect(sizes([entry(own), entry(own)])).toEqual([1, 1]);
    expect(isOwn(readEntry(entry(own)))).toBe(true);
    expect(isOwn(readEntry(entry()))).toBe(false);
  });
});
