import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { ClaimName, ConnectionList } from '../../../shared/api/types';
import { PartySchema } from './authorization';

const ConnectionListSchema: z.ZodMiniType<ConnectionList> = z.object({
  connections: z.array(
    z.object({
      party: PartySchema,
      claims: z.array(openWord<ClaimName>()),
      offline_access: z.boolean(),
      granted_at: z.string(),
      last_used_at: z.string(),
    }),
  ),
});

export const kConnectionsKey = ['mine', 'connections'] as const;

export function useConnections() {
  return useQuery({
    queryKey: kConnectionsKey,
    queryFn: ({ signal }) => requestJson(ConnectionListSchema, '/api/v1/connections', { signal }),
  });
}

export function disconnect(clientId: string): Promise<void> {
  return requestNothing(`/api/v1/connections/${encodeURIComponent(clientId)}`, { method: 'DELETE' });
}
