import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { ConsentSchema } from '../../../shared/api/consent_schema';
import { openWord } from '../../../shared/api/open_word';
import { ConsentDocumentSchema, PartyConsentSchema } from '../../../shared/api/party_consent_schema';
import type {
  ClaimName,
  Consent,
  ConsentDocument,
  ConsentGrant,
  ConsentList,
  ConsentPart,
  ConsentPurpose,
  EditionKind,
} from '../../../shared/api/types';
import type { Language } from '../../../shared/i18n/language';

const ConsentListSchema: z.ZodMiniType<ConsentList> = z.object({
  consents: z.array(ConsentSchema),
  past: z.array(ConsentSchema),
  parties: z.array(PartyConsentSchema),
  acceptances: z.array(
    z.object({
      edition_kind: openWord<EditionKind>(),
      edition_number: z.number(),
      edition_language: openWord<Language>(),
      edition_sha256: z.optional(z.string()),
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

export function grantConsent(purpose: ConsentPurpose, grant: ConsentGrant): Promise<Consent> {
  return requestJson(ConsentSchema, `/api/v1/consents/${purpose}`, { method: 'PUT', body: grant });
}

export function narrowConsent(purpose: ConsentPurpose, scope: ConsentPart[]): Promise<Consent> {
  return requestJson(ConsentSchema, `/api/v1/consents/${purpose}`, {
    method: 'PATCH',
    body: { scope },
  });
}

export function withdrawConsent(purpose: ConsentPurpose): Promise<void> {
  return requestNothing(`/api/v1/consents/${purpose}`, { method: 'DELETE' });
}

const partyPath = (clientId: string) => `/api/v1/consents/parties/${encodeURIComponent(clientId)}`;

export function narrowPartyConsent(clientId: string, claims: ClaimName[]): Promise<void> {
  return requestNothing(partyPath(clientId), { method: 'PATCH', body: { claims } });
}

export function withdrawPartyConsent(clientId: string): Promise<void> {
  return requestNothing(partyPath(clientId), { method: 'DELETE' });
}

/** The very text by which a consent to a party was given. */
export function useConsentDocument(sha256: string) {
  return useQuery({
    queryKey: ['consent-document', sha256],
    queryFn: ({ signal }): Promise<ConsentDocument> =>
      requestJson(ConsentDocumentSchema, `/api/v1/consent-documents/${encodeURIComponent(sha256)}`, {
        signal,
      }),
  });
}
