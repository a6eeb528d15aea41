import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type {
  DeskDispute,
  DeskDisputeDetail,
  DeskDisputeList,
  DisputeAnswer,
  DisputeOutcome,
  DisputeReason,
} from '../../../shared/api/types';

const kDispute = {
  entry_id: z.string(),
  reason: openWord<DisputeReason>(),
  disputed_at: z.string(),
  answered_at: z.optional(z.string()),
  outcome: z.optional(openWord<DisputeOutcome>()),
};
const DisputeSchema: z.ZodMiniType<DeskDispute> = z.object(kDispute);
const ListSchema: z.ZodMiniType<DeskDisputeList> = z.object({
  disputes: z.array(DisputeSchema),
  next_cursor: z.optional(z.string()),
});
const DetailSchema: z.ZodMiniType<DeskDisputeDetail> = z.object({
  ...kDispute,
  own: z.boolean(),
  answer: z.optional(z.string()),
  record: z.optional(z.string()),
  actor_name: z.optional(z.string()),
});

const kDesk = '/api/v1/desk/disputes';
export const kDisputesKey = ['mine', 'desk_disputes'] as const;

export function useDeskDisputes(list: 'open' | 'answered') {
  return useInfiniteQuery({
    queryKey: [...kDisputesKey, 'list', list],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return requestJson(ListSchema, `${kDesk}?list=${list}${cursor}`, { signal });
    },
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useDeskDispute(entryId: string) {
  return useQuery({
    queryKey: [...kDisputesKey, entryId],
    // Each reading is on the person's record: never by itself.
    staleTime: Infinity,
    queryFn: ({ signal }) => requestJson(DetailSchema, `${kDesk}/${entryId}`, { signal }),
  });
}

export function answerDispute(entryId: string, answer: DisputeAnswer): Promise<DeskDispute> {
  return requestJson(DisputeSchema, `${kDesk}/${entryId}/answer`, { method: 'POST', body: answer });
}
