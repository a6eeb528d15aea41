import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { Logout } from '../../../shared/api/types';
import { PartySchema } from './authorization';

const LogoutSchema: z.ZodMiniType<Logout> = z.object({
  confirm: z.boolean(),
  signed_in: z.boolean(),
  party: z.optional(PartySchema),
  location: z.optional(z.string()),
});

export function useLogout(logoutId: string) {
  return useQuery({
    queryKey: ['logout', logoutId],
    queryFn: ({ signal }) =>
      requestJson(LogoutSchema, `/api/v1/logouts/${encodeURIComponent(logoutId)}`, { signal }),
    staleTime: Infinity,
    retry: false,
  });
}
