import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { kEditionKinds } from '../../../shared/api/consent_schema';
import type {
  AcceptedEdition,
  EditionChanges,
  EditionSeen,
  OwnEditions,
  PublicDocuments,
} from '../../../shared/api/types';
import { useLanguage } from '../../../shared/i18n/language';

const kKind = z.enum(kEditionKinds);
const kLanguage = z.enum(['ru', 'en']);
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
        z.object({ ...kHead, state: z.enum(['announced', 'in_force', 'past']) }),
      ),
    }),
  ),
});
const ChangesSchema: z.ZodMiniType<EditionChanges> = z.object({
  edition: z.object(kHead),
  previous_number: z.optional(z.number()),
  changes: z.array(
    z.object({
      act: z.enum(['added', 'removed', 'changed']),
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
  how: z.enum(['registration', 'use', 'sign_in']),
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

export function useOwnEditions() {
  const language = useLanguage();
  return useQuery({
    queryKey: [...kOwnEditionsKey, language],
    queryFn: ({ signal }) =>
      requestJson(OwnSchema, `/api/v1/me/editions?lang=${language}`, { signal }),
  });
}

export function acceptAgreement(seen: EditionSeen): Promise<AcceptedEdition> {
  return requestJson(AcceptedSchema, '/api/v1/me/editions/agreement', { method: 'POST', body: seen });
}
