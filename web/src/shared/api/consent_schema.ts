import * as z from 'zod/mini';
import type { Consent } from './types';

export const ConsentSchema: z.ZodMiniType<Consent> = z.object({
  purpose: z.enum(['account', 'registry_documents']),
  state: z.enum(['absent', 'granted', 'withdrawn']),
  granted_at: z.optional(z.string()),
  withdrawn_at: z.optional(z.string()),
  edition_kind: z.optional(z.enum(['agreement', 'consent', 'policy', 'registry-permission'])),
  edition_number: z.optional(z.number()),
  edition_language: z.optional(z.enum(['ru', 'en'])),
});
