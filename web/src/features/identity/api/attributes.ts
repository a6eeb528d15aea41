import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { Attribute, AttributeList, Claim } from '../../../shared/api/types';

/** What the person alone can say about themselves. */
export const kOwnNames = ['preferred_name', 'living_address'] as const;
export type OwnName = (typeof kOwnNames)[number];

const kClaim = {
  value: z.string(),
  source: openWord<Claim['source']>(),
  provider: z.optional(z.string()),
  level: openWord<Claim['level']>(),
  proven_at: z.string(),
  stale_at: z.optional(z.string()),
  stale: z.boolean(),
};

const AttributeListSchema: z.ZodMiniType<AttributeList> = z.object({
  attributes: z.array(
    z.object({
      ...kClaim,
      name: openWord<Attribute['name']>(),
      conflict: z.boolean(),
      others: z.array(z.object(kClaim)),
    }),
  ),
});

const kKey = ['mine', 'attributes'] as const;

export function useAttributes() {
  return useQuery({
    queryKey: kKey,
    queryFn: ({ signal }) => requestJson(AttributeListSchema, '/api/v1/me/attributes', { signal }),
  });
}

/** Keeps what the person entered; an empty text takes it back. */
export function useSaveOwn(name: OwnName, onSuccess: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (value: string) => {
      const path = `/api/v1/me/attributes/${name}`;
      return value.trim() === ''
        ? requestNothing(path, { method: 'DELETE' })
        : requestNothing(path, { method: 'PUT', body: { value } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: kKey });
      onSuccess();
    },
  });
}

/** An empty current password leaves it out: enough after a recent sign-in by something stronger. */
export function changePassword(current_password: string, new_password: string): Promise<void> {
  const body = { new_password, ...(current_password === '' ? {} : { current_password }) };
  return requestNothing('/api/v1/me/password', { method: 'PUT', body });
}
