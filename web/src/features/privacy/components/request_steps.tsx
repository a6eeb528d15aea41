import { useTranslation } from 'react-i18next';
import type { RequestEvent } from '../../../shared/api/types';
import { formatCalendarDay, formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import './requests.css';

/** Everything that happened to a request, oldest first, with what was written. */
export function RequestSteps({ events }: { events: RequestEvent[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ol className="request-steps">
      {events.map((event) => (
        <li key={event.number}>
          <p>
            <strong>{t(`request.act.${event.act}`)}</strong>{' '}
            <time className="soft small" dateTime={event.at}>
              {formatDay(event.at, language)}, {formatTime(event.at, language)}
            </time>
          </p>
          {event.act === 'extended' && (
            <p className="small">
              {t('request.newTerm', { day: formatCalendarDay(event.due_day, language) })}
            </p>
          )}
          {event.reason !== undefined && (
            <p>
              {event.reason} <span className="soft small">({event.norm})</span>
            </p>
          )}
          {event.text !== undefined && <p className="request-text">{event.text}</p>}
        </li>
      ))}
    </ol>
  );
}
