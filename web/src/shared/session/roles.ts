import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../api/client';
import { openWord } from '../api/open_word';
import type { StaffRoles } from '../api/types';

export type StaffRole = StaffRoles['roles'][number];

const RolesSchema: z.ZodMiniType<StaffRoles> = z.object({
  roles: z.array(openWord<StaffRole>()),
});

/** What the person may do for the installation beside being its citizen. */
export function useRoles() {
  return useQuery({
    queryKey: ['mine', 'roles'],
    queryFn: ({ signal }) => requestJson(RolesSchema, '/api/v1/staff/roles', { signal }),
  });
}
