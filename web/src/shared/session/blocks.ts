import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../api/client';
import { openWord } from '../api/open_word';
import type { DataBlock, DataBlockList } from '../api/types';

export const kBlockable = ['profile', 'documents'] as const;
export type Blockable = (typeof kBlockable)[number];

const ListSchema: z.ZodMiniType<DataBlockList> = z.object({
  blocks: z.array(
    z.object({
      category: openWord<DataBlock['category']>(),
      reason: openWord<DataBlock['reason']>(),
      blocked_at: z.string(),
      request_id: z.optional(z.string()),
    }),
  ),
});

const kPath = '/api/v1/me/blocks';

/** Which of the person's data are kept and not used. */
export function useBlocks() {
  return useQuery({
    queryKey: ['mine', 'blocks'],
    queryFn: ({ signal }) => requestJson(ListSchema, kPath, { signal }),
  });
}

/** Blocks or lifts; whatever was read of the person's data may look different afterwards. */
export function useTurnBlock(category: Blockable, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) =>
      requestNothing(`${kPath}/${category}`, { method: on ? 'PUT' : 'DELETE' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['mine'] });
      onDone();
    },
  });
}
