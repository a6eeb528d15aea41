import { useTranslation } from 'react-i18next';
import type { Missing } from '../api/types';

/** "Паспорт" loses its capital inside a sentence, "СНИЛС" keeps all of them. */
export function insideSentence(name: string): string {
  return /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** What closes the function, from the server's own table. */
export function MissingWords({ missing }: { missing: Missing[] }) {
  const { t } = useTranslation();
  const words = missing.map(({ lack, attribute }) =>
    attribute === undefined
      ? t('level.closed')
      : t(`level.lack.${lack}`, { name: insideSentence(t(`profile.attribute.${attribute}`)) }),
  );
  return <>{words.join('; ')}</>;
}
