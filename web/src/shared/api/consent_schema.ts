import * as z from 'zod/mini';
import type { Language } from '../i18n/language';
import { openWord } from './open_word';
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
  purpose: openWord<ConsentPurpose>(),
  state: openWord<Consent['state']>(),
  granted_at: z.optional(z.string()),
  withdrawn_at: z.optional(z.string()),
  expires_at: z.optional(z.string()),
  narrowed_at: z.optional(z.string()),
  scope: z.optional(z.array(openWord<ConsentPart>())),
  granted_scope: z.optional(z.array(openWord<ConsentPart>())),
  edition_kind: z.optional(openWord<EditionKind>()),
  edition_number: z.optional(z.number()),
  edition_language: z.optional(openWord<Language>()),
  edition_sha256: z.optional(z.string()),
});
