import * as z from 'zod/mini';
import type { Consent, ConsentPart, ConsentPurpose, EditionKind } from './types';

export const kEditionKinds = [
  'agreement',
  'consent',
  'policy',
  'registry-permission',
  'informing-debts',
  'informing-health',
  'informing-projects',
  'informing-surveys',
] as const satisfies readonly EditionKind[];

export const kConsentPurposes = [
  'account',
  'registry_documents',
  'informing_debts',
  'informing_health',
  'informing_projects',
  'informing_surveys',
] as const satisfies readonly ConsentPurpose[];

export const kConsentParts = ['sms', 'email', 'cabinet'] as const satisfies readonly ConsentPart[];

export const ConsentSchema: z.ZodMiniType<Consent> = z.object({
  purpose: z.enum(kConsentPurposes),
  state: z.enum(['absent', 'granted', 'expired', 'withdrawn']),
  granted_at: z.optional(z.string()),
  withdrawn_at: z.optional(z.string()),
  expires_at: z.optional(z.string()),
  narrowed_at: z.optional(z.string()),
  scope: z.optional(z.array(z.enum(kConsentParts))),
  granted_scope: z.optional(z.array(z.enum(kConsentParts))),
  edition_kind: z.optional(z.enum(kEditionKinds)),
  edition_number: z.optional(z.number()),
  edition_language: z.optional(z.enum(['ru', 'en'])),
  edition_sha256: z.optional(z.string()),
});
