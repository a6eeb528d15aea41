import { useTranslation } from 'react-i18next';
import { kConsentPurposes } from '../../../shared/api/consent_schema';
import type { LogEntry, Operation } from '../../../shared/api/types';
import type { LogRecord } from '../record';

const kActors = [
  'citizen',
  'checker',
  'platform_documents',
  'platform_attestations',
  'platform_notices',
  'platform_informing',
] as const;
/** Of accesses; the server's list may be longer, and `common.unnamed` then stands for the rest. */
type Purpose =
  | 'fetch_documents'
  | 'issue_digital_id'
  | 'notify_citizen'
  | 'inform_citizen'
  | 'release_to_party'
  | 'answer_request'
  | 'show_portrait'
  | 'make_statistics';
type Category = 'profile' | 'documents' | 'authenticators' | 'requests';

function among<T extends string>(list: readonly T[], word: string): T | undefined {
  return list.find((one) => one === word);
}

/** Who, why and what, in plain words. */
export function useEntryWords() {
  const { t } = useTranslation();
  const who = (record: LogRecord, entry: Pick<LogEntry, 'actor_name'>): string => {
    if (entry.actor_name !== undefined) return entry.actor_name;
    // A colon would be i18next's mark of a namespace.
    const actor = among(kActors, record.actor.replace(':', '_'));
    if (actor) return t(`who.actor.${actor}`);
    if (record.actor.startsWith('staff:')) return t('who.actor.staff');
    if (/^platform(:|$)/.test(record.actor)) return t('who.platform');
    return record.actor.replace(/^party:/, '');
  };
  const why = (record: LogRecord): string =>
    record.kind === 'access'
      ? t(`who.purpose.${record.purpose as Purpose}`)
      : t(`history.kind.${record.kind as Operation['kind']}`);
  const data = (record: LogRecord): string => {
    if (record.category === '') return '';
    // Of the profile only these are read, and none of them leaves with a name.
    if (record.purpose === 'make_statistics') return t('who.category.statistics');
    return t(`who.category.${record.category as Category}`);
  };
  const what = (record: LogRecord): string => {
    if (record.category !== '') return t('who.sees', { what: data(record) });
    const consent = among(kConsentPurposes, record.subject.split(' ')[0] ?? '');
    return consent ? t(`consents.purpose.${consent}`) : '';
  };
  return { who, why, what, data };
}
