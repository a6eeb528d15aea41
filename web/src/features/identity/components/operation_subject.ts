import { useTranslation } from 'react-i18next';
import { kConsentPurposes, kEditionKinds } from '../../../shared/api/consent_schema';

const kDocuments = ['passport', 'driving_licence', 'snils', 'oms', 'inn'] as const;
const kQuestions = ['age_over_18', 'pensioner', 'identity'] as const;
const kPurposes = kConsentPurposes;
const kParts = ['sms', 'email', 'cabinet'] as const;
const kOwn = ['preferred_name', 'living_address'] as const;
const kRequests = ['information', 'copy', 'correction', 'blocking', 'stop', 'erasure', 'contest', 'complaint'] as const;
const kEditions = kEditionKinds;

function among<T extends string>(list: readonly T[], word: string): T | undefined {
  return list.find((one) => one === word);
}

/** What an operation was about, in words. A list is written as "passport, snils". */
export function useSubjectWords(subject: string | undefined): string | undefined {
  const { t } = useTranslation();
  if (subject === undefined || subject === '') return undefined;
  const oneInWords = (raw: string): string => {
    const [name = '', number] = raw.trim().split(/[ /:#]/);
    const document = among(kDocuments, name);
    if (document) return t(`documents.kind.${document}`);
    const question = among(kQuestions, name);
    if (question) return t(`digital_id.question.${question}`);
    const purpose = among(kPurposes, name);
    if (purpose) {
      const parts = raw.trim().split(' ').map((word) => among(kParts, word)).filter((part) => part !== undefined);
      const ways = parts.map((part) => t(`myConsents.part.${part}`)).join(', ');
      return ways === '' ? t(`consents.purpose.${purpose}`) : `${t(`consents.purpose.${purpose}`)} – ${ways}`;
    }
    const request = among(kRequests, name);
    if (request) return t(`requests.kind.${request}`);
    const own = among(kOwn, name);
    if (own) return t(`profile.attribute.${own}`);
    const edition = among(kEditions, name);
    if (edition) {
      const kind = t(`consents.acceptance.${edition}`);
      return number ? `${kind}, № ${number}` : kind;
    }
    return raw.trim();
  };
  return subject.split(',').map(oneInWords).join(', ');
}
