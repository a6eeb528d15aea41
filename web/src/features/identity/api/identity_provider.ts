import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { AuthorizationStarted, ProviderExit, ProviderSession } from '../../../shared/api/types';
import { useConfiguration } from '../../../shared/api/configuration';
import { useLanguage } from '../../../shared/i18n/language';

const StartedSchema: z.ZodMiniType<AuthorizationStarted> = z.object({
  authorization_url: z.string(),
});

export type Intent = 'raise' | 'sign_in';

/** Asks where to send the browser, and sends it there. */
export async function leaveForIdentityProvider(intent: Intent, provider: string): Promise<void> {
  const started = await requestJson(StartedSchema, '/api/v1/identity-provider/authorizations', {
    method: 'POST',
    body: { intent, provider },
  });
  leaveFor(started.authorization_url);
}

function leaveFor(address: string): void {
  const url = new URL(address, window.location.href);
  // A javascript: address would run here; the provider is always a web site.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('not a web address');
  window.location.assign(url.href);
}

const kSessionPath = '/api/v1/identity-provider/session';
const SessionSchema: z.ZodMiniType<ProviderSession> = z.object({
  provider: z.optional(z.object({ id: z.string(), name_ru: z.string(), name_en: z.string() })),
});
const ExitSchema: z.ZodMiniType<ProviderExit> = z.object({ location: z.string() });

/** The provider that this browser may still be signed in at, and where that can be ended. */
export function useProviderSession() {
  return useQuery({
    queryKey: ['mine', 'provider_session'],
    queryFn: ({ signal }) => requestJson(SessionSchema, kSessionPath, { signal }),
    staleTime: 0,
  });
}

/** Goes to the provider, which ends its session and leads back to the start page. */
export async function leaveProvider(): Promise<void> {
  leaveFor((await requestJson(ExitSchema, kSessionPath, { method: 'DELETE' })).location);
}

export interface Provider {
  id: string;
  name: string;
}

/** The identity providers of this installation, in the order they are offered. */
export function useProviders(): Provider[] {
  const language = useLanguage();
  const providers = useConfiguration().data?.identity_providers ?? [];
  return providers.map((one) => ({
    id: one.id,
    name: language === 'ru' ? one.name_ru : one.name_en,
  }));
}
