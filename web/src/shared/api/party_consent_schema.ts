import * as z from 'zod/mini';
import type { Language } from '../i18n/language';
import { openWord } from './open_word';
import type { ClaimName, ConsentDocument, PartyConsent } from './types';

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

export const ConsentDocumentSchema: z.ZodMiniType<ConsentDocument> = z.object({
  language: openWord<Language>(),
  text: z.string(),
  sha256: z.string(),
});

export const PartyConsentSchema: z.ZodMiniType<PartyConsent> = z.object({
  client_id: z.string(),
  name: z.string(),
  purpose: z.optional(z.string()),
  state: openWord<PartyConsent['state']>(),
  claims: z.array(openWord<ClaimName>()),
  granted_claims: z.array(openWord<ClaimName>()),
  offline_access: z.boolean(),
  document_sha256: z.optional(z.string()),
  granted_at: z.string(),
  expires_at: z.optional(z.string()),
  narrowed_at: z.optional(z.string()),
  withdrawn_at: z.optional(z.string()),
  last_used_at: z.string(),
});
