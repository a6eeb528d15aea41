import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import type { JudgedEntry } from '../api/entries';
import { parseRecord } from '../record';
import { DisputeDialog } from './dispute_dialog';
import { useEntryWords } from './entry_words';

export function EntryLine({ entry }: { entry: JudgedEntry }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useEntryWords();
  const [isDisputing, setIsDisputing] = useState(false);
  const record = entry.record === undefined ? undefined : parseRecord(entry.record);
  if (!record) return <UnreadableLine entry={entry} />;
  const what = words.what(record);
  return (
    <li>
      <time className="numeric" dateTime={record.time}>
        {formatTime(record.time, language)}
      </time>
      <div className="who-line">
        <span className="who-line__who">{words.who(record, entry)}</span>
        <span>{words.why(record)}</span>
        {what !== '' && <span className="soft small">{what}</span>}
        <span className={`who-line__proof who-line__proof--${entry.verdict}`}>
          {t(`who.verdict.${entry.verdict}`, { number: entry.index ?? 0 })}
        </span>
        {entry.dispute ? (
          <DisputeState dispute={entry.dispute} />
        ) : (
          record.actor !== 'citizen' && (
            <button type="button" className="link" onClick={() => setIsDisputing(true)}>
              {t('who.dispute')}
            </button>
          )
        )}
        <details className="small">
          <summary>{t('who.details')}</summary>
          <code className="who-line__record">{entry.record}</code>
        </details>
      </div>
      {isDisputing && (
        <DisputeDialog entryId={entry.entry_id} onClose={() => setIsDisputing(false)} />
      )}
    </li>
  );
}

function DisputeState({ dispute }: { dispute: NonNullable<JudgedEntry['dispute']> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (dispute.answered_at === undefined || dispute.outcome === undefined) {
    return (
      <span className="small">
        {t('who.disputed', { day: formatDay(dispute.disputed_at, language) })}
      </span>
    );
  }
  return (
    <div className="who-answer">
      <strong className="small">
        {t(`who.answered.${dispute.outcome}`, { day: formatDay(dispute.answered_at, language) })}
      </strong>
      {dispute.answer !== undefined && <p>{dispute.answer}</p>}
    </div>
  );
}

function UnreadableLine({ entry }: { entry: JudgedEntry }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="who-line">
        <span className={`who-line__proof who-line__proof--${entry.verdict}`}>
          {t(`who.verdict.${entry.verdict}`, { number: entry.index ?? 0 })}
        </span>
      </div>
    </li>
  );
}
