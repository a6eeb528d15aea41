import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { Authorization, ClaimName, Destination, PartyName } from '../../../shared/api/types';

export const kClaimNames = [
  'family_name',
  'given_name',
  'middle_name',
  'birthdate',
  'gender',
  'phone_number',
  'email',
  'address',
  'snils',
  'inn',
  'id_doc',
] as const satisfies readonly ClaimName[];

export const PartySchema: z.ZodMiniType<PartyName> = z.object({
  client_id: z.string(),
  name: z.string(),
  purpose: z.string(),
});

const IdentityDocument = z.object({
  type: z.string(),
  number: z.string(),
  issue_date: z.optional(z.string()),
  issued_by: z.optional(z.string()),
  issue_id: z.optional(z.string()),
});

const Address = z.object({ formatted: z.string() });

const AuthorizationSchema: z.ZodMiniType<Authorization> = z.object({
  state: z.enum(['sign_in', 'reenter', 'prove', 'consent', 'ready']),
  party: PartySchema,
  claims: z.optional(
    z.array(
      z.object({
        claim: z.enum(kClaimNames),
        value: z.optional(z.union([z.string(), IdentityDocument, Address])),
      }),
    ),
  ),
  offline_access: z.boolean(),
  device: z.boolean(),
});

const DestinationSchema: z.ZodMiniType<Destination> = z.object({ location: z.string() });

export function useAuthorization(requestId: string, who: string) {
  return useQuery({
    // Another person at this browser is asked another question.
    queryKey: ['mine', 'authorization', requestId, who],
    queryFn: ({ signal }) =>
      requestJson(AuthorizationSchema, `/api/v1/authorizations/${encodeURIComponent(requestId)}`, {
        signal,
      }),
    staleTime: 0,
    retry: false,
  });
}

export type Decision = 'agree' | 'refuse' | 'continue';

export function decide(requestId: string, decision: Decision): Promise<Destination> {
  const path = `/api/v1/authorizations/${encodeURIComponent(requestId)}/decision`;
  return requestJson(DestinationSchema, path, { method: 'POST', body: { decision } });
}
