import * as z from 'zod/mini';
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
  language: z.enum(['ru', 'en']),
  text: z.string(),
  sha256: z.string(),
});

export const PartyConsentSchema: z.ZodMiniType<PartyConsent> = z.object({
  client_id: z.string(),
  name: z.string(),
  purpose: z.optional(z.string()),
  state: z.enum(['granted', 'expired', 'withdrawn']),
  claims: z.array(z.enum(kClaimNames)),
  granted_claims: z.array(z.enum(kClaimNames)),
  offline_access: z.boolean(),
  document_sha256: z.optional(z.string()),
  granted_at: z.string(),
  expires_at: z.optional(z.string()),
  narrowed_at: z.optional(z.string()),
  withdrawn_at: z.optional(z.string()),
  last_used_at: z.string(),
});
