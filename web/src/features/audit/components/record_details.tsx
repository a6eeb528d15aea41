import { useTranslation } from 'react-i18next';
import { formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Fact } from '../../../shared/ui/rows';
import type { ReadEntry } from '../entry_groups';
import { useEntryWords } from './entry_words';
import './record_details.css';

/** The whole entry as a table of words; the very bytes are for programs and stand behind their own lid. */
export function RecordDetails({ entry, record }: ReadEntry) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useEntryWords();
  if (record === undefined) return null;
  const data = words.data(record);
  return (
    <details className="small who-details">
      <summary>{t('who.details')}</summary>
      <dl className="facts">
        <Fact name={t('who.record.when')}>
          {formatDay(record.time, language)}, {formatTime(record.time, language)}
        </Fact>
        <Fact name={t('who.record.who')}>{words.who(record, entry)}</Fact>
        <Fact name={t('who.record.why')}>{words.why(record)}</Fact>
        {data !== '' && <Fact name={t('who.record.data')}>{data}</Fact>}
        <Fact name={t('who.record.place')}>
          {entry.index === undefined ? t('who.record.waits') : `№ ${entry.index}`}
        </Fact>
      </dl>
      <RawRecord text={entry.record} />
    </details>
  );
}

/** What the log holds, letter by letter: a check of the entry is a check of these. */
export function RawRecord({ text }: { text: string | undefined }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('who.record.raw')}</summary>
      <code className="who-record">{text}</code>
    </details>
  );
}
