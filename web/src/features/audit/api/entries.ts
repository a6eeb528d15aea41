import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type {
  DisputeOutcome,
  DisputeReason,
  LogConsistency,
  LogDescription,
  LogEntries,
  LogEntry,
} from '../../../shared/api/types';
import { fromBase64, isSameHead, openCheckpoint, type Checkpoint } from '../checkpoint';
import { isConsistent } from '../merkle';
import { judge, pseudonymOf, type Verdict } from '../record';
import { rememberHead, rememberedHead } from '../remembered_head';

export const kDisputeReasons = ['not_me', 'unknown_party', 'no_need', 'other'] as const satisfies
  readonly DisputeReason[];

export const kDisputeOutcomes = ['rightful', 'wrongful'] as const satisfies
  readonly DisputeOutcome[];

const LogEntriesSchema: z.ZodMiniType<LogEntries> = z.object({
  checkpoint: z.optional(z.string()),
  entries: z.array(
    z.object({
      entry_id: z.string(),
      index: z.optional(z.number()),
      proof: z.optional(z.array(z.string())),
      record: z.optional(z.string()),
      salt: z.optional(z.string()),
      actor_name: z.optional(z.string()),
      dispute: z.optional(
        z.object({
          reason: openWord<DisputeReason>(),
          disputed_at: z.string(),
          answered_at: z.optional(z.string()),
          outcome: z.optional(openWord<DisputeOutcome>()),
          answer: z.optional(z.string()),
        }),
      ),
    }),
  ),
  next_cursor: z.optional(z.string()),
});

const LogDescriptionSchema: z.ZodMiniType<LogDescription> = z.object({
  origin: z.string(),
  url: z.string(),
  keys: z.array(z.object({ vkey: z.string(), signs_from: z.string() })),
  witnesses: z.array(z.string()),
  ended: z.array(z.string()),
});

const LogConsistencySchema: z.ZodMiniType<LogConsistency> = z.object({
  checkpoint: z.string(),
  proof: z.array(z.string()),
});

export interface JudgedEntry extends LogEntry {
  verdict: Verdict;
}
export interface JudgedPage {
  entries: JudgedEntry[];
  checkpoint: Checkpoint | undefined;
  next: string | undefined;
}

const kEntriesKey = ['mine', 'log'] as const;

async function keysOfLog(): Promise<string[]> {
  const log = await requestJson(LogDescriptionSchema, '/.well-known/beresta-log');
  return log.keys.map(({ vkey }) => vkey);
}

async function judgedPage(cursor: string, citizenId: string): Promise<JudgedPage> {
  const query = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  const [page, vkeys, pseudonym] = await Promise.all([
    requestJson(LogEntriesSchema, `/api/v1/log/entries${query}`),
    keysOfLog(),
    pseudonymOf(citizenId),
  ]);
  const checkpoint =
    page.checkpoint === undefined ? undefined : await openCheckpoint(page.checkpoint, vkeys);
  const entries = await Promise.all(
    page.entries.map(async (entry) => ({
      ...entry,
      verdict: await judge(entry, checkpoint, pseudonym),
    })),
  );
  return { entries, checkpoint, next: page.next_cursor };
}

export function useLogEntries(citizenId: string) {
  return useInfiniteQuery({
    queryKey: [...kEntriesKey, citizenId],
    queryFn: ({ pageParam }) => judgedPage(pageParam, citizenId),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** Whether today's log still holds what this browser saw; undefined = it has seen nothing yet. */
async function holdsWhatWasSeen(): Promise<{ holds: boolean | undefined; size: number }> {
  const vkeys = await keysOfLog();
  const origin = vkeys[0]?.split('+')[0] ?? '';
  const seen = await rememberedHead(origin);
  const from = seen?.size ?? 0;
  const answer = await requestJson(LogConsistencySchema, `/api/v1/log/consistency?from=${from}`);
  const now = await openCheckpoint(answer.checkpoint, vkeys);
  if (!now) return { holds: false, size: from };
  const grew = seen && (await isConsistent(seen, now, answer.proof.map(fromBase64)));
  if (grew !== false && !(seen && isSameHead(seen, now))) {
    await rememberHead(now).catch(() => undefined);
  }
  return { holds: grew, size: now.size };
}

export function useLogHistory() {
  return useQuery({ queryKey: ['log', 'history'], queryFn: holdsWhatWasSeen, retry: false });
}

export function disputeEntry(entryId: string, reason: DisputeReason): Promise<void> {
  return requestNothing(`/api/v1/log/entries/${entryId}/dispute`, {
    method: 'POST',
    body: { reason },
  });
}
