import { useTranslation } from 'react-i18next';
import type { SubjectRequest } from '../../../shared/api/types';
import { formatCalendarDay, formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import './requests.css';

/** Where the request stands and how long the law still gives, in words. */
export function RequestClock({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, due_day, closed_at, working_days_left, late, due_estimated } = request;
  const day = formatCalendarDay(due_day, language);
  if (closed_at !== undefined) {
    const closed = formatDay(closed_at, language);
    return (
      <p className="soft">
        {t(`request.state.${state}`)}, {closed}
        {late && <span className="request-late">. {t('request.wasLate', { day })}</span>}
      </p>
    );
  }
  if (state === 'overdue') {
    return <p className="request-late">{t('request.overdue', { day })}</p>;
  }
  return (
    <p>
      {t('request.until', { day })},{' '}
      {working_days_left === 0 ? t('request.today') : t('request.left', { count: working_days_left })}
      {due_estimated && <span className="soft">. {t('request.estimated')}</span>}
    </p>
  );
}
