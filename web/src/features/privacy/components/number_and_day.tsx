import { useTranslation } from 'react-i18next';
import type { SubjectRequest } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';

/** What tells two requests of a kind apart: the number people call it by, and when it was made. */
export function NumberAndDay({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const day = formatDay(request.received_at, useLanguage());
  return (
    <p className="soft small numeric">{t('request.numbered', { number: request.number, day })}</p>
  );
}
