import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../api/client';
import { openWord } from '../api/open_word';
import type { Edition, EditionKind, EditionSeen } from '../api/types';
import { useLanguage, type Language } from '../i18n/language';

const EditionSchema: z.ZodMiniType<Edition> = z.object({
  kind: openWord<EditionKind>(),
  number: z.number(),
  language: openWord<Language>(),
  title: z.string(),
  text: z.string(),
  sha256: z.string(),
  published_at: z.string(),
  in_force_at: z.string(),
  address: z.string(),
});

function getEdition(kind: EditionKind, number: string, language: Language, signal: AbortSignal) {
  const path = `/api/v1/editions/${kind}/${encodeURIComponent(number)}?lang=${language}`;
  return requestJson(EditionSchema, path, { signal });
}

/** An edition of a public document in the reader's language; without a number, the one in force. */
export function useEdition(kind: EditionKind, number = 'current') {
  const language = useLanguage();
  return useQuery({
    queryKey: ['edition', kind, number, language],
    queryFn: ({ signal }) => getEdition(kind, number, language, signal),
  });
}

/** What the server must be told about the very text that was on the screen. */
export function seenEdition({ number, language, sha256 }: Edition): EditionSeen {
  return { number, language, sha256 };
}
