import type { JudgedEntry } from './api/entries';
import { parseRecord, type LogRecord } from './record';

export interface ReadEntry {
  entry: JudgedEntry;
  /** Absent where the key of the entry is erased, or the record is not one. */
  record: LogRecord | undefined;
}

/** Lines in a row that say the same of the same, newest first. */
export type EntryGroup = readonly [ReadEntry, ...ReadEntry[]];

export function readEntry(entry: JudgedEntry): ReadEntry {
  return { entry, record: entry.record === undefined ? undefined : parseRecord(entry.record) };
}

export function isOwn({ record }: ReadEntry): boolean {
  return record?.actor === 'citizen';
}

const kSame = ['kind', 'actor', 'purpose', 'category', 'subject'] as const;

/** What has an objection, or does not fit the log, stands by itself: it has more to say than its like. */
function isAlike(one: ReadEntry, other: ReadEntry): boolean {
  const [a, b] = [one.record, other.record];
  if (!a || !b || isOwn(one)) return false;
  if ([one, other].some(({ entry }) => entry.dispute !== undefined || entry.verdict === 'wrong')) return false;
  return kSame.every((name) => a[name] === b[name]);
}

export function grouped(entries: readonly ReadEntry[]): EntryGroup[] {
  const groups: [ReadEntry, ...ReadEntry[]][] = [];
  for (const one of entries) {
    const last = groups.at(-1);
    if (last !== undefined && isAlike(last[0], one)) last.push(one);
    else groups.push([one]);
  }
  return groups;
}
