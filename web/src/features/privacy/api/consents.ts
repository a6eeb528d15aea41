import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { ConsentSchema } from '../../../shared/api/consent_schema';
import type { Consent, ConsentList, ConsentPurpose, EditionSeen } from '../../../shared/api/types';

const ConsentListSchema: z.ZodMiniType<ConsentList> = z.object({
  consents: z.array(ConsentSchema),
  acceptances: z.array(
    z.object({
      edition_kind: z.enum(['agreement', 'consent', 'policy', 'registry-permission']),
      edition_number: z.number(),
      edition_language: z.enum(['ru', 'en']),
      accepted_at: z.string(),
      current: z.boolean(),
    }),
  ),
});

export const kConsentsKey = ['mine', 'consents'] as const;

export function useConsents() {
  return useQuery({
    queryKey: kConsentsKey,
    queryFn: ({ signal }) => requestJson(ConsentListSchema, '/api/v1/consents', { signal }),
  });
}

export function grantConsent(purpose: ConsentPurpose, seen: EditionSeen): Promise<Consent> {
  return requestJson(ConsentSchema, `/api/v1/consents/${purpose}`, { method: 'PUT', body: seen });
}

export function withdrawConsent(purpose: ConsentPurpose): Promise<void> {
  return requestNothing(`/api/v1/consents/${purpose}`, { method: 'DELETE' });
}
