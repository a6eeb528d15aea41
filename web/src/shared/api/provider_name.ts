import { useLanguage } from '../i18n/language';
import { useConfiguration } from './configuration';

/** The name of an identity provider in the reader's language; of one that is offered no more, its id. */
export function useProviderName(id: string | undefined): string {
  const language = useLanguage();
  const found = useConfiguration().data?.identity_providers.find((one) => one.id === id);
  if (found === undefined) return id ?? '…';
  return language === 'ru' ? found.name_ru : found.name_en;
}
