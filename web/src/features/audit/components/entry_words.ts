import { useTranslation } from 'react-i18next';
import { kConsentPurposes } from '../../../shared/api/consent_schema';
import type { LogEntry } from '../../../shared/api/types';
import type { LogRecord } from '../record';

const kActors = [
  'citizen',
  'checker',
  'platform_documents',
  'platform_attestations',
  'platform_notices',
  'platform_informing',
] as const;
const kPurposes = [
  'fetch_documents',
  'issue_digital_id',
  'notify_citizen',
  'inform_citizen',
  'release_to_party',
  'answer_request',
  'show_portrait',
  'make_statistics',
] as const;
const kCategories = ['profile', 'documents', 'authenticators', 'requests'] as const;
const kKinds = [
  'account.registered',
  'account.recovered',
  'account.data_blocked',
  'account.data_unblocked',
  'agreement.accepted',
  'consent.granted',
  'consent.narrowed',
  'consent.withdrawn',
  'consent.expired',
  'consent.source_withdrawn',
  'party.agreed',
  'party.narrowed',
  'party.disconnected',
  'request.received',
  'request.taken',
  'request.extended',
  'request.answered',
  'request.refused',
  'request.withdrawn',
  'request.overdue',
  'document.removed',
  'attribute.removed',
  'entry.disputed',
  'entry.answered',
] as const;

function among<T extends string>(list: readonly T[], word: string): T | undefined {
  return list.find((one) => one === word);
}

/** Who and why, in plain words; what has no words yet is shown as it stands in the record. */
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
  const why = (record: LogRecord): string => {
    if (record.kind !== 'access') {
      const kind = among(kKinds, record.kind);
      return kind ? t(`history.kind.${kind}`) : record.kind;
    }
    const purpose = among(kPurposes, record.purpose);
    return purpose ? t(`who.purpose.${purpose}`) : record.purpose;
  };
  const data = (record: LogRecord): string => {
    // Of the profile only these are read, and none of them leaves with a name.
    if (record.purpose === 'make_statistics') return t('who.category.statistics');
    const category = among(kCategories, record.category);
    return category ? t(`who.category.${category}`) : record.category;
  };
  const what = (record: LogRecord): string => {
    if (among(kCategories, record.category)) return t('who.sees', { what: data(record) });
    const consent = among(kConsentPurposes, record.subject.split(' ')[0] ?? '');
    return consent ? t(`consents.purpose.${consent}`) : record.category;
  };
  return { who, why, what, data };
}
