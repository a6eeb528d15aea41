import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, kLanguages, useLanguage } from '../shared/i18n/language';

const kNames = { ru: 'Русский', en: 'English' } as const;
const kShort = { ru: 'РУ', en: 'EN' } as const;

export function LanguageSwitch() {
  const { t } = useTranslation();
  const current = useLanguage();
  const queries = useQueryClient();
  const other = kLanguages.find((language) => language !== current) ?? 'ru';
  const change = async () => {
    await chooseLanguage(other);
    // Names of issuers and editions come from the server in the reader's language.
    await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'edition' });
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
