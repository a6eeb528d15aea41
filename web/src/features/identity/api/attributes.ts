import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type { AttributeList } from '../../../shared/api/types';

/** In the order a person expects to read them. */
export const kAttributeNames = [
  'family_name',
  'given_name',
  'middle_name',
  'birth_date',
  'birth_place',
  'sex',
  'phone',
  'mobile',
  'email',
  'snils',
  'inn',
  'id_document',
  'registration_address',
  'living_address',
  'organizations',
] as const;

const AttributeListSchema: z.ZodMiniType<AttributeList> = z.object({
  attributes: z.array(
    z.object({
      name: z.enum(kAttributeNames),
      value: z.string(),
      source: z.enum(['self', 'identity_provider', 'registry']),
      provider: z.optional(z.string()),
      level: z.optional(z.enum(['phone', 'verified'])),
      proven_at: z.string(),
    }),
  ),
});

export function useAttributes() {
  return useQuery({
    queryKey: ['mine', 'attributes'],
    queryFn: ({ signal }) => requestJson(AttributeListSchema, '/api/v1/me/attributes', { signal }),
  });
}

/** An empty current password leaves it out: enough after a recent sign-in by something stronger. */
export function changePassword(current_password: string, new_password: string): Promise<void> {
  const body = { new_password, ...(current_password === '' ? {} : { current_password }) };
  return requestNothing('/api/v1/me/password', { method: 'PUT', body });
}
