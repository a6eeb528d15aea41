import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { AuthorizationStarted } from '../../../shared/api/types';
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
  const url = new URL(started.authorization_url, window.location.href);
  // A javascript: address would run here; the provider is always a web site.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('not a web address');
  window.location.assign(url.href);
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

/** The name of one provider; of one that is offered no more, its id. */
export function useProviderName(id: string | undefined): string {
  return useProviders().find((one) => one.id === id)?.name ?? id ?? '…';
}
