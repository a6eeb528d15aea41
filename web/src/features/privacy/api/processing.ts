import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { LegalBasis, LocalText, MyData, Processing, ProcessingPurpose, RetentionTerm } from '../../../shared/api/types';
import type { Language } from '../../../shared/i18n/language';

const TextSchema: z.ZodMiniType<LocalText> = z.record(z.string(), z.string());
const BasisSchema: z.ZodMiniType<LegalBasis> = z.object({
  name: z.string(),
  norm: z.string(),
  norm_in: z.optional(TextSchema),
});
const TermSchema: z.ZodMiniType<RetentionTerm> = z.object({
  name: z.string(),
  text: TextSchema,
  days: z.optional(z.number()),
  basis: z.optional(z.string()),
  basis_in: z.optional(TextSchema),
  after: openWord<RetentionTerm['after']>(),
});
const kCategory = {
  name: z.string(),
  title: TextSchema,
  data: TextSchema,
  sources: z.array(z.string()),
  term: z.string(),
};

const ProcessingSchema: z.ZodMiniType<Processing> = z.object({
  country: z.string(),
  policy_number: z.optional(z.number()),
  sources: z.array(z.object({ name: z.string(), title: TextSchema })),
  recipients: z.array(
    z.object({ name: z.string(), title: TextSchema, parties: z.optional(z.array(TextSchema)) }),
  ),
  terms: z.array(TermSchema),
  categories: z.array(z.object(kCategory)),
  purposes: z.array(
    z.object({
      name: z.string(),
      title: TextSchema,
      text: TextSchema,
      people: TextSchema,
      categories: z.array(z.string()),
      sources: z.array(z.string()),
      recipients: z.array(z.string()),
      operations: z.array(openWord<ProcessingPurpose['operations'][number]>()),
      bases: z.array(BasisSchema),
      term: z.string(),
      place: z.string(),
    }),
  ),
});

const MyDataSchema: z.ZodMiniType<MyData> = z.object({
  country: z.string(),
  categories: z.array(
    z.object({
      ...kCategory,
      records: z.array(
        z.object({ name: z.string(), source: z.string(), level: z.string(), since: z.string() }),
      ),
      lines: z.optional(z.number()),
      until: TermSchema,
      purposes: z.array(
        z.object({ name: z.string(), title: TextSchema, bases: z.array(BasisSchema) }),
      ),
    }),
  ),
});

export function useProcessing() {
  return useQuery({
    queryKey: ['processing'],
    queryFn: ({ signal }) => requestJson(ProcessingSchema, '/api/v1/processing', { signal }),
  });
}

export function useMyData() {
  return useQuery({
    queryKey: ['mine', 'my-data'],
    queryFn: ({ signal }) => requestJson(MyDataSchema, '/api/v1/my-data', { signal }),
  });
}

/** The text in the reader's language, or in whichever there is. */
export function inLanguage(text: LocalText, language: Language): string {
  return text[language] ?? Object.values(text)[0] ?? '';
}

/** What allows a purpose, each norm as it is cited in the reader's language. */
export function normsIn(bases: readonly LegalBasis[], language: Language): string {
  return bases.map(({ norm, norm_in }) => norm_in?.[language] ?? norm).join('; ');
}

const kRegionLocales = { ru: 'ru-RU', en: 'en-GB' } as const;

/** "Россия" of "ru". */
export function countryName(code: string, language: Language): string {
  const names = new Intl.DisplayNames([kRegionLocales[language]], { type: 'region' });
  return names.of(code.toUpperCase()) ?? code;
}
