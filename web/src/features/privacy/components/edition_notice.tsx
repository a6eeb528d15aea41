import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Notice } from '../../../shared/ui/notice';
import { useOwnEditions } from '../api/editions';

/** Says in the cabinet that a new agreement is coming; at one that binds the door stops everybody. */
export function EditionNotice() {
  const { t } = useTranslation();
  const language = useLanguage();
  const waiting = useOwnEditions().data?.waiting[0];
  if (waiting === undefined || waiting.binds) return null;
  const day = formatDay(waiting.in_force_at, language);
  return (
    <Notice title={t('waiting.title', { day })}>
      {waiting.summary !== undefined && <p>{waiting.summary}</p>}
      <p>{t('waiting.text', { day })}</p>
      <p>
        <Link to="/agreement">{t('waiting.read')}</Link>
      </p>
    </Notice>
  );
}
