import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, kLanguages, useLanguage } from '../shared/i18n/language';

const kNames = { ru: 'Русский', en: 'English' } as const;
const kShort = { ru: 'РУ', en: 'EN' } as const;

const isInLanguage = (first: unknown, second: unknown) =>
  first === 'edition' || second === 'requests' || second === 'deletion';

export function LanguageSwitch() {
  const { t } = useTranslation();
  const current = useLanguage();
  const queries = useQueryClient();
  const other = kLanguages.find((language) => language !== current) ?? 'ru';
  const change = async () => {
    await chooseLanguage(other);
    // Names of issuers, editions and norms come from the server in the reader's language.
    await queries.invalidateQueries({ predicate: ({ queryKey: [first, second] }) => isInLanguage(first, second) });
  };
  return (
    <button
      type="button"
      className="language"
      lang={other}
      aria-label={`${t('app.language')}: ${kNames[other]}`}
      onClick={() => void change()}
    >
      {kShort[other]}
    </button>
  );
}
