import { useTranslation } from 'react-i18next';
import type { Acceptance, Consent, ConsentList, PartyConsent } from '../../../shared/api/types';
import { Link } from 'react-router-dom';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { ConsentFacts } from './consent_facts';

/** What ended, by itself or by a word: it stays as a record of what was agreed to and when. */
export function EndedConsents({ list }: { list: ConsentList }) {
  const { t } = useTranslation();
  const own = [...list.consents, ...list.past].filter(
    ({ state }) => state === 'withdrawn' || state === 'expired',
  );
  const parties = list.parties.filter(({ state }) => state !== 'granted');
  if (own.length + parties.length === 0) return null;
  return (
    <details>
      <summary>{t('myConsents.ended', { count: own.length + parties.length })}</summary>
      <ul className="consent-cards">
        {own.map((one) => (
          <EndedCard key={one.purpose + one.granted_at} consent={one} title={t(`consents.purpose.${one.purpose}`)} />
        ))}
        {parties.map((one) => (
          <EndedCard key={one.client_id + one.granted_at} consent={one} title={one.name} />
        ))}
      </ul>
    </details>
  );
}

function EndedCard({ consent, title }: { consent: Consent | PartyConsent; title: string }) {
  return (
    <li className="consent-card">
      <h3>{title}</h3>
      <ConsentFacts consent={consent} />
    </li>
  );
}

export function Acceptances({ acceptances }: { acceptances: Acceptance[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="dashes">
      {acceptances.map(({ edition_kind, edition_number, accepted_at, current }) => (
        <li key={edition_kind + edition_number}>
          <Link to={`/editions/${edition_kind}/${edition_number}`}>
            {t(`consents.acceptance.${edition_kind}`)}
          </Link>
          {' · '}
          {t('consents.edition', { number: edition_number })}
          {' · '}
          {t('consents.accepted', { day: formatDay(accepted_at, language) })}
          {!current && (
            <>
              {' · '}
              <Link to={`/editions/${edition_kind}`}>{t('consents.newer')}</Link>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
