import { useTranslation } from 'react-i18next';
import type { Missing } from '../api/types';

/** What closes the function, from the server's own table. */
export function MissingWords({ missing }: { missing: Missing[] }) {
  const { t } = useTranslation();
  const words = missing.map(({ lack, attribute }) =>
    attribute === undefined
      ? t('level.closed')
      : t(`level.lack.${lack}`, { name: t(`profile.attribute.${attribute}`).toLowerCase() }),
  );
  return <>{words.join('; ')}</>;
}
