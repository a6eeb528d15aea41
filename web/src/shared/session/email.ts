import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../api/client';
import type { Email } from '../api/types';

export const EmailSchema: z.ZodMiniType<Email> = z.object({
  available: z.boolean(),
  code_digits: z.number(),
  confirmed: z.optional(z.object({ email_masked: z.string(), confirmed_at: z.string() })),
  pending: z.optional(z.object({ email_masked: z.string(), expires_at: z.string() })),
});

export const kEmailPath = '/api/v1/me/email';
export const kEmailKey = ['mine', 'email'] as const;

/** The person's e-mail, confirmed, waiting for its code, or none. */
export function useEmail() {
  return useQuery({
    queryKey: kEmailKey,
    queryFn: ({ signal }) => requestJson(EmailSchema, kEmailPath, { signal }),
  });
}
