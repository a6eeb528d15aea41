import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import { ConsentDocumentSchema } from '../../../shared/api/party_consent_schema';
import type { Authorization, ClaimName, Destination, PartyName } from '../../../shared/api/types';

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
        claim: openWord<ClaimName>(),
        value: z.optional(z.union([z.string(), IdentityDocument, Address])),
      }),
    ),
  ),
  document: z.optional(ConsentDocumentSchema),
  expires_at: z.optional(z.string()),
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

/** A yes is to one document: the one that was on the screen. */
export function decide(
  requestId: string,
  decision: Decision,
  document_sha256?: string,
): Promise<Destination> {
  const path = `/api/v1/authorizations/${encodeURIComponent(requestId)}/decision`;
  const body = { decision, ...(document_sha256 !== undefined && { document_sha256 }) };
  return requestJson(DestinationSchema, path, { method: 'POST', body });
}
