import { useTranslation } from 'react-i18next';
import { kConsentPurposes, kEditionKinds } from '../../../shared/api/consent_schema';
import { useConfiguration } from '../../../shared/api/configuration';
import type { Operation } from '../../../shared/api/types';
import { useLanguage } from '../../../shared/i18n/language';

const kDocuments = ['passport', 'driving_licence', 'snils', 'oms', 'inn'] as const;
const kQuestions = ['age_over_18', 'pensioner', 'identity'] as const;
const kOwn = ['preferred_name', 'living_address'] as const;
const kRequests = ['information', 'copy', 'correction', 'blocking', 'stop', 'erasure', 'contest', 'complaint'] as const;
const kBlocked = ['profile', 'documents'] as const;
const kReasons = ['not_me', 'unknown_party', 'no_need', 'other'] as const;
const kOutcomes = ['rightful', 'wrongful'] as const;

/** What the subject of a kind is written in: names of people, sites and devices stand as they are. */
type Meaning = 'names' | 'provider' | 'reason' | 'outcome' | 'blocked' | 'known' | 'nothing';

const kMeanings: Partial<Record<Operation['kind'], Meaning>> = {
  'session.opened': 'names',
  'passkey.added': 'names',
  'passkey.copied': 'names',
  'digital_id.created': 'names',
  'party.agreed': 'names',
  'party.signed_in': 'names',
  'party.narrowed': 'names',
  'party.disconnected': 'names',
  'provider.unlinked': 'provider',
  'consent.source_withdrawn': 'provider',
  'entry.disputed': 'reason',
  'entry.answered': 'outcome',
  'account.data_blocked': 'blocked',
  'account.data_unblocked': 'blocked',
  // The kind says the level already.
  'assurance.raised': 'nothing',
  'assurance.lowered': 'nothing',
};

export function meaningOf(kind: Operation['kind']): Meaning {
  return kMeanings[kind] ?? 'known';
}

function among<T extends string>(list: readonly T[], word: string): T | undefined {
  return list.find((one) => one === word);
}

/** Words for the codes the server writes; undefined for one that has none, which then stays unsaid. */
function useWordOf(): (raw: string) => string | undefined {
  const { t } = useTranslation();
  return (raw) => {
    const [name = '', number] = raw.trim().split(/[ /:#]/);
    const document = among(kDocuments, name);
    if (document) return t(`documents.kind.${document}`);
    const question = among(kQuestions, name);
    if (question) return t(`digital_id.question.${question}`);
    const purpose = among(kConsentPurposes, name);
    if (purpose) return t(`consents.purpose.${purpose}`);
    const request = among(kRequests, name);
    if (request) return t(`requests.kind.${request}`);
    const own = among(kOwn, name);
    if (own) return t(`profile.attribute.${own}`);
    const edition = among(kEditionKinds, name);
    if (edition) {
      const kind = t(`consents.acceptance.${edition}`);
      return number ? `${kind}, № ${number}` : kind;
    }
    if (name === 'statuses') return t('history.subject.statuses');
    return name === 'account_not_trusted' ? t('history.subject.account_not_trusted') : undefined;
  };
}

/** What an operation was about, in words. A list is written as "passport, snils". */
export function useSubjectWords({ kind, subject = '' }: Operation): string | undefined {
  const { t } = useTranslation();
  const language = useLanguage();
  const providers = useConfiguration().data?.identity_providers ?? [];
  const wordOf = useWordOf();
  const words = (): string | undefined => {
    switch (meaningOf(kind)) {
      case 'names':
        return subject;
      case 'nothing':
        return undefined;
      case 'provider': {
        const found = providers.find((one) => one.id === subject);
        return language === 'ru' ? found?.name_ru : found?.name_en;
      }
      case 'reason': {
        const reason = among(kReasons, subject);
        return reason && t(`who.reason.${reason}`);
      }
      case 'outcome': {
        const outcome = among(kOutcomes, subject);
        return outcome && t(`history.subject.${outcome}`);
      }
      case 'blocked': {
        const blocked = among(kBlocked, subject);
        return blocked && t(`blocked.what.${blocked}`);
      }
      case 'known':
        return subject
          .split(',')
          .map(wordOf)
          .filter((one) => one !== undefined)
          .join(', ');
    }
  };
  return words() || undefined;
}
