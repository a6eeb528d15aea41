import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type { ChallengeWork, Email, SetEmail } from '../../../shared/api/types';
import { WorkSchema } from './challenge';

const EmailSchema: z.ZodMiniType<Email> = z.object({
  available: z.boolean(),
  code_digits: z.number(),
  confirmed: z.optional(z.object({ email_masked: z.string(), confirmed_at: z.string() })),
  pending: z.optional(z.object({ email_masked: z.string(), expires_at: z.string() })),
});

const kBase = '/api/v1/me/email';
export const kEmailKey = ['mine', 'email'] as const;

export function useEmail() {
  return useQuery({
    queryKey: kEmailKey,
    queryFn: ({ signal }) => requestJson(EmailSchema, kBase, { signal }),
  });
}

export function setEmail(body: SetEmail): Promise<Email> {
  return requestJson(EmailSchema, kBase, { method: 'PUT', body });
}

export function prepareEmailWork(email: string): Promise<ChallengeWork> {
  return requestJson(WorkSchema, `${kBase}/work`, { method: 'POST', body: { email } });
}

export function confirmEmail(code: string): Promise<void> {
  return requestNothing(`${kBase}/confirmation`, { method: 'POST', body: { code } });
}

export function removeEmail(): Promise<void> {
  return requestNothing(kBase, { method: 'DELETE' });
}
