import { queryOptions, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { correctedNow } from '../../../shared/api/clock';
import { openWord } from '../../../shared/api/open_word';
import type {
  AcceptedEdition,
  ClauseChange,
  EditionChanges,
  EditionKind,
  EditionSeen,
  OwnEditions,
  PublicDocuments,
  WaitingEdition,
} from '../../../shared/api/types';
import { useLanguage, type Language } from '../../../shared/i18n/language';

const kKind = openWord<EditionKind>();
const kLanguage = openWord<Language>();
const kHead = {
  kind: kKind,
  number: z.number(),
  language: kLanguage,
  title: z.string(),
  sha256: z.string(),
  published_at: z.string(),
  in_force_at: z.string(),
  address: z.string(),
  summary: z.optional(z.string()),
};

const DocumentsSchema: z.ZodMiniType<PublicDocuments> = z.object({
  documents: z.array(
    z.object({
      kind: kKind,
      editions: z.array(
        z.object({ ...kHead, state: openWord<PublicDocuments['documents'][number]['editions'][number]['state']>() }),
      ),
    }),
  ),
});
const ChangesSchema: z.ZodMiniType<EditionChanges> = z.object({
  edition: z.object(kHead),
  previous_number: z.optional(z.number()),
  changes: z.array(
    z.object({
      act: openWord<ClauseChange['act']>(),
      section: z.string(),
      before: z.optional(z.string()),
      after: z.optional(z.string()),
    }),
  ),
});
const AcceptedSchema: z.ZodMiniType<AcceptedEdition> = z.object({
  kind: kKind,
  number: z.number(),
  language: kLanguage,
  sha256: z.string(),
  how: openWord<AcceptedEdition['how']>(),
  accepted_at: z.string(),
});
const OwnSchema: z.ZodMiniType<OwnEditions> = z.object({
  waiting: z.array(z.object({ ...kHead, binds: z.boolean() })),
  accepted: z.array(AcceptedSchema),
});

export function useDocuments() {
  const language = useLanguage();
  return useQuery({
    queryKey: ['editions', language],
    queryFn: ({ signal }) =>
      requestJson(DocumentsSchema, `/api/v1/editions?lang=${language}`, { signal }),
  });
}

export function useEditionChanges(kind: string, number: number) {
  const language = useLanguage();
  return useQuery({
    queryKey: ['edition', kind, number, 'changes', language],
    queryFn: ({ signal }) =>
      requestJson(ChangesSchema, `/api/v1/editions/${kind}/${number}/changes?lang=${language}`, {
        signal,
      }),
  });
}

export const kOwnEditionsKey = ['mine', 'editions'] as const;

function ownEditionsQuery(language: Language) {
  return queryOptions({
    queryKey: [...kOwnEditionsKey, language],
    queryFn: ({ signal }) =>
      requestJson(OwnSchema, `/api/v1/me/editions?lang=${language}`, { signal }),
  });
}

export function useOwnEditions() {
  return useQuery(ownEditionsQuery(useLanguage()));
}

const kLatestMs = 86_400_000;
const kBehindMs = 1_000;
const kLateMs = 60_000;

/** After how many milliseconds an announced edition binds and is to be asked about again; false when not today. */
export function untilItBinds(own: OwnEditions | undefined, now: number): number | false {
  const next = own?.waiting.find((one) => !one.binds);
  if (next === undefined) return false;
  const left = Date.parse(next.in_force_at) - now;
  if (left > kLatestMs) return false;
  return left > 0 ? left + kBehindMs : kLateMs;
}

/**
 * The new agreement that binds and is not accepted. Asked once a session, once more when the person
 * comes back to the tab, and at the moment at which an announced one comes into force.
 */
export function useBindingEdition(isOn: boolean): WaitingEdition | undefined {
  const language = useLanguage();
  const own = useQuery({
    ...ownEditionsQuery(language),
    enabled: isOn,
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
    refetchInterval: (query) => untilItBinds(query.state.data, correctedNow()),
  });
  return own.data?.waiting.find((one) => one.binds);
}

export function acceptAgreement(seen: EditionSeen): Promise<AcceptedEdition> {
  return requestJson(AcceptedSchema, '/api/v1/me/editions/agreement', { method: 'POST', body: seen });
}
