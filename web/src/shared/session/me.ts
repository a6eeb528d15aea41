import { useQuery, type QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { forgetEverythingPersonal } from '../../pwa/database';
import { findJson, keepJson } from '../../pwa/sealed_store';
import { requestJson, setCsrfToken } from '../api/client';
import { openWord } from '../api/open_word';
import { NetworkError, isStatus } from '../api/problem';
import type { Assurance, AssuranceLevel, FunctionName, Me, Missing } from '../api/types';

export const MeSchema: z.ZodMiniType<Me> = z.object({
  citizen_id: z.string(),
  phone_masked: z.string(),
  registered_at: z.string(),
  given_name: z.optional(z.string()),
  middle_name: z.optional(z.string()),
  family_name: z.optional(z.string()),
  assurance: z.object({
    level: openWord<AssuranceLevel>(),
    raised_at: z.optional(z.string()),
    source: z.optional(openWord<NonNullable<Assurance['source']>>()),
    provider: z.optional(z.string()),
    functions: z.array(
      z.object({
        function: openWord<FunctionName>(),
        open: z.boolean(),
        required_level: openWord<AssuranceLevel>(),
        missing: z.array(
          z.object({
            lack: openWord<Missing['lack']>(),
            attribute: z.optional(openWord<NonNullable<Missing['attribute']>>()),
          }),
        ),
      }),
    ),
  }),
  csrf_token: z.string(),
  closing: z.optional(z.boolean()),
});

/** Who is here. `me` is null when nobody is signed in; `offline` when it is what was kept. */
export interface Session {
  me: Me | null;
  offline: boolean;
}

const kKept = 'me';
export const kSessionKey = ['session'] as const;

async function keptMe(): Promise<Me | undefined> {
  const parsed = MeSchema.safeParse(await findJson(kKept));
  return parsed.success ? parsed.data : undefined;
}

/** Takes over a session that was just opened, or read. Another person's leftovers are wiped. */
export async function adoptSession(me: Me): Promise<Session> {
  setCsrfToken(me.csrf_token);
  // A browser without IndexedDB still works, only not offline.
  await keepForOffline(me).catch(() => undefined);
  return { me, offline: false };
}

async function keepForOffline(me: Me): Promise<void> {
  const before = await keptMe();
  if (before !== undefined && before.citizen_id !== me.citizen_id) await forgetEverythingPersonal();
  await keepJson(kKept, { ...me, csrf_token: '' });
}

async function readSession(signal: AbortSignal): Promise<Session> {
  try {
    return await adoptSession(await requestJson(MeSchema, '/api/v1/me', { signal }));
  } catch (error) {
    if (isStatus(error, 401)) {
      setCsrfToken(undefined);
      return { me: null, offline: false };
    }
    if (!(error instanceof NetworkError)) throw error;
    const me = await keptMe();
    if (me === undefined) throw error;
    return { me, offline: true };
  }
}

export function useSession() {
  return useQuery({ queryKey: kSessionKey, queryFn: ({ signal }) => readSession(signal) });
}

/** The signed-in person; only for pages that stand behind RequireSession. */
export function useMe(): Me {
  const { data } = useSession();
  if (data?.me == null) throw new Error('useMe outside RequireSession');
  return data.me;
}

export function useIsOffline(): boolean {
  return useSession().data?.offline ?? false;
}

/** After signing in or registering: everything read before belongs to nobody. */
export async function openSession(queries: QueryClient, me: Me): Promise<void> {
  const session = await adoptSession(me);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] === 'mine' });
  queries.setQueryData(kSessionKey, session);
}

/** After signing out: nothing personal stays in memory or on the device. */
export async function closeSessionHere(queries: QueryClient): Promise<void> {
  setCsrfToken(undefined);
  await forgetEverythingPersonal().catch(() => undefined);
  queries.setQueryData(kSessionKey, { me: null, offline: false } satisfies Session);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] === 'mine' });
}
