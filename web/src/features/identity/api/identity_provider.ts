import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { AuthorizationStarted } from '../../../shared/api/types';
import { useConfiguration } from '../../../shared/api/configuration';
import { useLanguage } from '../../../shared/i18n/language';

const StartedSchema: z.ZodMiniType<AuthorizationStarted> = z.object({
  authorization_url: z.string(),
});

/** Asks where to send the browser, and sends it there. */
export async function leaveForIdentityProvider(intent: 'raise' | 'sign_in'): Promise<void> {
  const started = await requestJson(StartedSchema, '/api/v1/identity-provider/authorizations', {
    method: 'POST',
    body: { intent },
  });
  const url = new URL(started.authorization_url, window.location.href);
  // A javascript: address would run here; the provider is always a web site.
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('not a web address');
  window.location.assign(url.href);
}

export function useProviderName(): string {
  const language = useLanguage();
  return useConfiguration().data?.identity_provider_name[language] ?? '…';
}
