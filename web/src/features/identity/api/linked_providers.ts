import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type { LinkedProviderList } from '../../../shared/api/types';
import { kSessionKey } from '../../../shared/session/me';

const LinkedProviderListSchema: z.ZodMiniType<LinkedProviderList> = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name_ru: z.string(),
      name_en: z.string(),
      linked_at: z.string(),
      last_used_at: z.string(),
      last_proof: z.boolean(),
      last_way_in: z.boolean(),
    }),
  ),
});

export function useLinkedProviders() {
  return useQuery({
    queryKey: ['mine', 'providers'],
    queryFn: ({ signal }) =>
      requestJson(LinkedProviderListSchema, '/api/v1/me/providers', { signal }),
  });
}

/** Undoing a link changes what the account knows and opens: everything is read anew. */
export function useUnlink(onSuccess: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => requestNothing(`/api/v1/me/providers/${id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: kSessionKey });
      await queries.invalidateQueries({ queryKey: ['mine'] });
      onSuccess();
    },
  });
}
