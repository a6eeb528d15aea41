import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from './client';
import { openWord } from './open_word';
import type { Configuration } from './types';

const ConfigurationSchema: z.ZodMiniType<Configuration> = z.object({
  name: z.string(),
  languages: z.array(openWord<Configuration['languages'][number]>()),
  jurisdiction: z.string(),
  phone_region: z.string(),
  phone_example: z.string(),
  identity_providers: z.array(
    z.object({ id: z.string(), name_ru: z.string(), name_en: z.string() }),
  ),
  call_code_digits: z.number(),
  sms_code_digits: z.number(),
  sms_fallback_after_s: z.number(),
  password_characters_min: z.number(),
  trust_root: z.string(),
  issuer_name: z.string(),
  demo_phone_url: z.optional(z.string()),
  version: z.string(),
});

export function getConfiguration(signal?: AbortSignal): Promise<Configuration> {
  return requestJson(ConfigurationSchema, '/api/v1/configuration', signal ? { signal } : {});
}

/** Facts about this installation; they change only with a release, so once a visit is enough. */
export function useConfiguration() {
  return useQuery({
    queryKey: ['configuration'],
    queryFn: ({ signal }) => getConfiguration(signal),
    staleTime: Infinity,
  });
}
