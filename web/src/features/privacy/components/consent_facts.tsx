import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Consent, PartyConsent } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Fact } from '../../../shared/ui/rows';

/** From when to when it holds, and by which text it was given. */
export function ConsentFacts({ consent }: { consent: Consent | PartyConsent }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = (moment: string) => formatDay(moment, language);
  const { granted_at, narrowed_at, withdrawn_at, expires_at, state } = consent;
  return (
    <dl className="facts">
      {granted_at !== undefined && <Fact name={t('myConsents.granted')}>{day(granted_at)}</Fact>}
      {narrowed_at !== undefined && <Fact name={t('myConsents.narrowed')}>{day(narrowed_at)}</Fact>}
      {withdrawn_at !== undefined ? (
        <Fact name={t('myConsents.withdrawn')}>{day(withdrawn_at)}</Fact>
      ) : (
        <Fact name={t(state === 'expired' ? 'myConsents.expired' : 'myConsents.until')}>
          {expires_at === undefined ? t('myConsents.untilWithdrawn') : day(expires_at)}
        </Fact>
      )}
      <DocumentFact consent={consent} />
    </dl>
  );
}

function DocumentFact({ consent }: { consent: Consent | PartyConsent }) {
  const { t } = useTranslation();
  if ('client_id' in consent) {
    const { document_sha256 } = consent;
    if (document_sha256 === undefined) return null;
    return (
      <Fact name={t('myConsents.document')}>
        <Link to={`/consents/document/${document_sha256}`}>{t('myConsents.readDocument')}</Link>
        <Bytes sha256={document_sha256} />
      </Fact>
    );
  }
  const { edition_kind, edition_number, edition_sha256 } = consent;
  if (edition_kind === undefined || edition_number === undefined) return null;
  return (
    <Fact name={t('myConsents.document')}>
      <Link to={`/editions/${edition_kind}/${edition_number}`}>
        {t('consents.edition', { number: edition_number })}
      </Link>
      {edition_sha256 !== undefined && <Bytes sha256={edition_sha256} />}
    </Fact>
  );
}

/** Proves which bytes were on the screen: the same text has the same number anywhere. */
function Bytes({ sha256 }: { sha256: string }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary className="small">{t('myConsents.bytes')}</summary>
      <span className="consent-bytes">{sha256}</span>
    </details>
  );
}
