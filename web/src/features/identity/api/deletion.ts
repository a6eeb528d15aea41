import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type {
  Challenge,
  ChallengeWork,
  Deletion,
  OwnChallenge,
  Receipt,
} from '../../../shared/api/types';
import { ChallengeSchema, WorkSchema } from './challenge';

const DeletionSchema: z.ZodMiniType<Deletion> = z.object({
  state: z.enum(['none', 'frozen']),
  term_s: z.number(),
  ends_at_once: z.array(openWord<Deletion['ends_at_once'][number]>()),
  erased_after_term: z.array(openWord<Deletion['erased_after_term'][number]>()),
  kept: z.array(
    z.object({
      what: openWord<Deletion['kept'][number]['what']>(),
      days: z.number(),
      basis: z.optional(z.string()),
    }),
  ),
  confirmed_at: z.optional(z.string()),
  erases_at: z.optional(z.string()),
  receipt: z.optional(z.string()),
});

const Counts = z.array(z.object({ table: z.string(), rows: z.number() }));
const ReceiptSchema: z.ZodMiniType<Receipt> = z.object({
  state: z.enum(['frozen', 'cancelled', 'erased']),
  confirmed_at: z.string(),
  erases_at: z.string(),
  ended_at: z.optional(z.string()),
  report: z.optional(
    z.object({
      erased: Counts,
      kept: Counts,
      kept_what: z.optional(openWord<Deletion['kept'][number]['what']>()),
      kept_basis: z.optional(z.string()),
      kept_until: z.optional(z.string()),
    }),
  ),
  report_sha256: z.optional(z.string()),
});

const kBase = '/api/v1/me/deletion';
export const kDeletionKey = ['mine', 'deletion'] as const;

export function useDeletion() {
  return useQuery({
    queryKey: kDeletionKey,
    queryFn: ({ signal }) => requestJson(DeletionSchema, kBase, { signal }),
  });
}

export function startDeletion(body: OwnChallenge): Promise<Challenge> {
  return requestJson(ChallengeSchema, `${kBase}/challenge`, { method: 'POST', body });
}

export function prepareDeletionWork(): Promise<ChallengeWork> {
  return requestJson(WorkSchema, `${kBase}/challenge/work`, { method: 'POST' });
}

export function confirmDeletion(code: string): Promise<Deletion> {
  return requestJson(DeletionSchema, kBase, { method: 'PUT', body: { code } });
}

export function cancelDeletion(): Promise<void> {
  return requestNothing(kBase, { method: 'DELETE' });
}

export function lookUpReceipt(receipt: string): Promise<Receipt> {
  const call = { method: 'POST', body: { receipt } } as const;
  return requestJson(ReceiptSchema, '/api/v1/deletion-receipts', call);
}
