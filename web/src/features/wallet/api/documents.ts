import { useQuery, type QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { findBytes, findJson, forget, keepBytes, keepJson } from '../../../pwa/sealed_store';
import { requestBlob, requestJson, requestNothing } from '../../../shared/api/client';
import { ConsentSchema } from '../../../shared/api/consent_schema';
import { openWord } from '../../../shared/api/open_word';
import { NetworkError } from '../../../shared/api/problem';
import type { DocumentCard, DocumentKind, DocumentList } from '../../../shared/api/types';
import { pollDelayMs } from '../poll';

export const kDocumentKinds = ['passport', 'driving_licence', 'snils', 'oms', 'inn'] as const;

const DocumentSchema: z.ZodMiniType<DocumentCard> = z.object({
  kind: openWord<DocumentKind>(),
  state: openWord<DocumentCard['state']>(),
  number: z.optional(z.string()),
  fields: z.optional(z.array(z.object({ name: z.string(), value: z.string() }))),
  valid_until: z.optional(z.string()),
  registry_status: z.optional(openWord<NonNullable<DocumentCard['registry_status']>>()),
  received_at: z.optional(z.string()),
  problem: z.optional(openWord<NonNullable<DocumentCard['problem']>>()),
  next_attempt_at: z.optional(z.string()),
  has_portrait: z.optional(z.boolean()),
});

const DocumentListSchema: z.ZodMiniType<DocumentList> = z.object({
  permission: ConsentSchema,
  documents: z.array(DocumentSchema),
});

export const kDocumentsKey = ['mine', 'documents'] as const;
const kKept = 'documents';
const kKeptPortrait = 'portrait';
let waitingSince: number | undefined;

async function keep(list: DocumentList): Promise<DocumentList> {
  await keepJson(kKept, list).catch(() => undefined);
  return list;
}

async function listDocuments(signal: AbortSignal): Promise<DocumentList> {
  try {
    return await keep(await requestJson(DocumentListSchema, '/api/v1/documents', { signal }));
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const kept = DocumentListSchema.safeParse(await findJson(kKept));
    if (!kept.success) throw error;
    return kept.data;
  }
}

export function isFetching(list: DocumentList | undefined): boolean {
  return list?.documents.some((one) => one.state === 'fetching') ?? false;
}

/** The cards; asked again, ever more slowly, only while a registry is being waited for. */
export function useDocuments(enabled = true) {
  return useQuery({
    enabled,
    queryKey: kDocumentsKey,
    queryFn: ({ signal }) => listDocuments(signal),
    refetchInterval: ({ state }) => {
      if (!isFetching(state.data)) {
        waitingSince = undefined;
        return false;
      }
      waitingSince ??= Date.now();
      return pollDelayMs(Date.now() - waitingSince);
    },
  });
}

export function requestDocuments(kinds: DocumentKind[]): Promise<DocumentList> {
  const call = { method: 'POST', body: { kinds } } as const;
  return requestJson(DocumentListSchema, '/api/v1/documents', call);
}

export function refreshDocument(kind: DocumentKind): Promise<DocumentCard> {
  return requestJson(DocumentSchema, `/api/v1/documents/${kind}/refresh`, { method: 'POST' });
}

export async function removeDocument(kind: DocumentKind): Promise<void> {
  await requestNothing(`/api/v1/documents/${kind}`, { method: 'DELETE' });
  if (kind === 'passport') await forget(kKeptPortrait).catch(() => undefined);
}

/** Puts one card's news into the list that is shown. */
export function putCard(queries: QueryClient, card: DocumentCard): void {
  queries.setQueryData<DocumentList>(kDocumentsKey, (list) =>
    list === undefined
      ? list
      : {
          ...list,
          documents: list.documents.map((one) => (one.kind === card.kind ? card : one)),
        },
  );
}

async function getPortrait(signal: AbortSignal): Promise<Blob> {
  try {
    const picture = await requestBlob('/api/v1/documents/passport/portrait', { signal });
    await keepBytes(kKeptPortrait, await picture.arrayBuffer()).catch(() => undefined);
    return picture;
  } catch (error) {
    const kept = error instanceof NetworkError ? await findBytes(kKeptPortrait) : undefined;
    if (kept === undefined) throw error;
    return new Blob([kept], { type: 'image/png' });
  }
}

export function usePortrait(enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: ['mine', 'portrait'],
    queryFn: ({ signal }) => getPortrait(signal),
    staleTime: 600_000,
  });
}
