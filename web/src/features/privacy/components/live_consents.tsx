import { useTranslation } from 'react-i18next';
import type { ClaimName, Consent, ConsentPart, PartyConsent } from '../../../shared/api/types';
import {
  narrowConsent,
  narrowPartyConsent,
  withdrawConsent,
  withdrawPartyConsent,
} from '../api/consents';
import { ConsentCard } from './consent_card';
import { ConsentFacts } from './consent_facts';

export function OwnConsentCard({ consent }: { consent: Consent }) {
  const { t } = useTranslation();
  const { purpose, scope = [] } = consent;
  const partName = (part: ConsentPart) => t(`myConsents.part.${part}`);
  return (
    <ConsentCard
      title={t(`consents.purpose.${purpose}`)}
      parts={scope}
      partName={partName}
      partsLegend={t('myConsents.through')}
      withdrawText={t(`myConsents.withdrawText.${purpose}`)}
      onNarrow={(parts) => narrowConsent(purpose, parts)}
      onWithdraw={purpose === 'account' ? undefined : () => withdrawConsent(purpose)}
    >
      <p>{t(`myConsents.what.${purpose}`)}</p>
      {scope.length > 0 && (
        <p>
          {t('myConsents.through')} {scope.map(partName).join(', ')}
        </p>
      )}
      {purpose === 'account' && <p className="soft small">{t('myConsents.accountNote')}</p>}
      <ConsentFacts consent={consent} />
    </ConsentCard>
  );
}

export function PartyConsentCard({ consent }: { consent: PartyConsent }) {
  const { t } = useTranslation();
  const { client_id, name, purpose, claims, offline_access } = consent;
  const claimName = (claim: ClaimName) => t(`connect.claim.${claim}`);
  return (
    <ConsentCard
      title={name}
      parts={claims}
      partName={claimName}
      partsLegend={t('myConsents.gets')}
      withdrawText={t('myConsents.withdrawParty', { name })}
      onNarrow={(parts) => narrowPartyConsent(client_id, parts)}
      onWithdraw={() => withdrawPartyConsent(client_id)}
    >
      {purpose !== undefined && <p>{t('connect.purpose', { purpose })}</p>}
      {claims.length === 0 ? (
        <p>{t('connections.getsNothing')}</p>
      ) : (
        <>
          <p>{t('myConsents.gets')}</p>
          <ul className="dashes">
            {claims.map((claim) => (
              <li key={claim}>{claimName(claim)}</li>
            ))}
          </ul>
        </>
      )}
      {offline_access && <p className="soft">{t('connections.offline')}</p>}
      <ConsentFacts consent={consent} />
    </ConsentCard>
  );
}
