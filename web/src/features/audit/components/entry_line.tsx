import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import type { JudgedEntry } from '../api/entries';
import { isOwn, type EntryGroup, type ReadEntry } from '../entry_groups';
import { DisputeDialog } from './dispute_dialog';
import { useEntryWords } from './entry_words';
import { RecordDetails } from './record_details';

/** One line, or several that say the same as one that can be opened. */
export function EntryLines({ group }: { group: EntryGroup }) {
  const [first, ...rest] = group;
  return rest.length === 0 ? <EntryLine {...first} /> : <GroupLine group={group} />;
}

function GroupLine({ group }: { group: EntryGroup }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useEntryWords();
  const [{ entry, record }] = group;
  const oldest = group.at(-1)?.record;
  if (record === undefined || oldest === undefined) return null;
  return (
    <li>
      <time className="numeric" dateTime={record.time}>
        {formatTime(record.time, language)}
      </time>
      <div className="who-line">
        <EntryWords entry={entry} record={record} />
        <span className="soft small">
          {t('who.group', {
            count: group.length,
            from: formatTime(oldest.time, language),
            to: formatTime(record.time, language),
          })}
        </span>
        <details className="who-group">
          <summary>
            {t('who.each')}
            <span className="visually-hidden"> ({words.why(record)})</span>
          </summary>
          <ul>
            {group.map((one) => (
              <EntryLine key={one.entry.entry_id} {...one} />
            ))}
          </ul>
        </details>
      </div>
    </li>
  );
}

function EntryWords({ entry, record }: { entry: JudgedEntry; record: NonNullable<ReadEntry['record']> }) {
  const words = useEntryWords();
  const what = words.what(record);
  return (
    <>
      <span className="who-line__who">{words.who(record, entry)}</span>
      <span>{words.why(record)}</span>
      {what !== '' && <span className="soft small">{what}</span>}
    </>
  );
}

function EntryLine({ entry, record }: ReadEntry) {
  const language = useLanguage();
  if (!record) {
    return (
      <li>
        <div className="who-line">
          <Proof entry={entry} />
        </div>
      </li>
    );
  }
  return (
    <li>
      <time className="numeric" dateTime={record.time}>
        {formatTime(record.time, language)}
      </time>
      <div className="who-line">
        <EntryWords entry={entry} record={record} />
        <Proof entry={entry} />
        <Dispute entry={entry} isOwn={isOwn({ entry, record })} />
        <RecordDetails entry={entry} record={record} />
      </div>
    </li>
  );
}

function Proof({ entry }: { entry: JudgedEntry }) {
  const { t } = useTranslation();
  return (
    <span className={`who-line__proof who-line__proof--${entry.verdict}`}>
      {t(`who.verdict.${entry.verdict}`, { number: entry.index ?? 0 })}
    </span>
  );
}

/** The objection, or the way to one. Of an own line only one thing can be wrong: that it is one's own. */
function Dispute({ entry, isOwn: own }: { entry: JudgedEntry; isOwn: boolean }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  if (entry.dispute) return <DisputeState dispute={entry.dispute} />;
  return (
    <>
      <button type="button" className="link" onClick={() => setIsAsking(true)}>
        {t(own ? 'who.notMe' : 'who.dispute')}
      </button>
      {isAsking && (
        <DisputeDialog
          entryId={entry.entry_id}
          reasons={own ? ['not_me', 'other'] : undefined}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
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
