import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { PasskeyAssertion, SecondFactorNeeded, SessionInfo, SessionList, SessionOpened } from '../../../shared/api/types';
import type { Work } from '../work/use_work';
import { SessionOpenedSchema } from './registration';

const SessionListSchema: z.ZodMiniType<SessionList> = z.object({
  sessions: z.array(
    z.object({
      session_id: z.string(),
      current: z.boolean(),
      opened_at: z.string(),
      last_used_at: z.string(),
      device: z.string(),
      network: z.optional(z.string()),
      signed_in_by: openWord<SessionInfo['signed_in_by']>(),
      authenticated_at: z.string(),
      amr: z.array(openWord<SessionInfo['amr'][number]>()),
      aal: z.union([z.literal(1), z.literal(2)]),
    }),
  ),
});

export const kSessionsKey = ['mine', 'sessions'] as const;

export function useSessions() {
  return useQuery({
    queryKey: kSessionsKey,
    queryFn: ({ signal }) => requestJson(SessionListSchema, '/api/v1/sessions', { signal }),
  });
}

const SecondFactorNeededSchema: z.ZodMiniType<SecondFactorNeeded> = z.object({
  ticket: z.string(),
  methods: z.array(z.enum(['passkey', 'totp', 'recovery_code', 'phone'])),
  expires_at: z.string(),
});

/** Signs in, or says which second factor is needed. */
export function signIn(
  phone: string,
  password: string,
  work: Work | undefined,
): Promise<SessionOpened | SecondFactorNeeded> {
  const body = { phone, password, ...work };
  const schema = z.union([SessionOpenedSchema, SecondFactorNeededSchema]);
  return requestJson(schema, '/api/v1/sessions', { method: 'POST', body });
}

export type SecondFactor =
  | { totp_code: string }
  | { recovery_code: string }
  | { registration_token: string }
  | { passkey: PasskeyAssertion };

export function giveSecondFactor(ticket: string, factor: SecondFactor): Promise<SessionOpened> {
  const body = { ticket, ...factor };
  const path = '/api/v1/sessions/second-factor';
  return requestJson(SessionOpenedSchema, path, { method: 'POST', body });
}

export function closeOtherSessions(): Promise<unknown> {
  return requestJson(z.object({ closed: z.number() }), '/api/v1/sessions/others/closing', {
    method: 'POST',
  });
}

export function signOut(): Promise<void> {
  return requestNothing('/api/v1/sessions/current', { method: 'DELETE' });
}

export function closeSession(sessionId: string): Promise<void> {
  return requestNothing(`/api/v1/sessions/${sessionId}`, { method: 'DELETE' });
}
