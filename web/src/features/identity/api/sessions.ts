import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type { SessionList, SessionOpened } from '../../../shared/api/types';
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
      signed_in_by: z.enum(['password', 'registration', 'recovery', 'identity_provider']),
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

export function signIn(phone: string, password: string): Promise<SessionOpened> {
  const body = { phone, password };
  return requestJson(SessionOpenedSchema, '/api/v1/sessions', { method: 'POST', body });
}

export function signOut(): Promise<void> {
  return requestNothing('/api/v1/sessions/current', { method: 'DELETE' });
}

export function closeSession(sessionId: string): Promise<void> {
  return requestNothing(`/api/v1/sessions/${sessionId}`, { method: 'DELETE' });
}
