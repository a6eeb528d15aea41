import { useTranslation } from 'react-i18next';
import { kAttributeNames } from '../../../shared/api/attribute_names';
import { useProviderName } from '../../../shared/api/provider_name';
import type { Attribute, Claim } from '../../../shared/api/types';
import { formatCalendarDay, formatDay } from '../../../shared/i18n/format';
import { useGrouped } from '../../../shared/i18n/grouped';
import { useLanguage } from '../../../shared/i18n/language';
import { Notice } from '../../../shared/ui/notice';
import { Fact } from '../../../shared/ui/rows';
import './attribute_facts.css';

/** What services say about the person, where each word is from, and where two of them differ. */
export function AttributeFacts({ attributes }: { attributes: Attribute[] }) {
  const shown = kAttributeNames
    .flatMap((name) => attributes.filter((one) => one.name === name))
    .filter((one) => one.level !== 'asserted');
  return (
    <>
      <dl className="facts">
        {shown.map((one) => (
          <AttributeFact key={one.name} attribute={one} />
        ))}
      </dl>
      {shown
        .filter((one) => one.conflict)
        .map((one) => (
          <Conflict key={one.name} attribute={one} />
        ))}
    </>
  );
}

function AttributeFact({ attribute }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const words = useClaimWords();
  return (
    <Fact name={t(`profile.attribute.${attribute.name}`)} note={useProvenance(attribute)}>
      <span className="numeric">{words(attribute.name, attribute.value)}</span>
    </Fact>
  );
}

function Conflict({ attribute }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const name = t(`profile.attribute.${attribute.name}`);
  return (
    <Notice look="attention" title={t('profile.conflict.title', { name })}>
      <ul className="claims">
        {[attribute, ...attribute.others].map((claim) => (
          <ClaimLine key={claim.source + (claim.provider ?? '')} of={attribute} claim={claim} />
        ))}
      </ul>
      <p>{t('profile.conflict.text')}</p>
    </Notice>
  );
}

function ClaimLine({ of, claim }: { of: Attribute; claim: Claim }) {
  const words = useClaimWords();
  return (
    <li>
      <strong className="numeric">{words(of.name, claim.value)}</strong>
      <span className="soft small">{useProvenance(claim)}</span>
    </li>
  );
}

/** "Госуслуги, 26 ноября 2026; пора подтвердить заново" */
function useProvenance(claim: Claim): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const provider = useProviderName(claim.provider);
  const day = formatDay(claim.proven_at, language);
  const from = t(`profile.source.${claim.source}`, { provider, day });
  return claim.stale ? `${from}; ${t('profile.stale')}` : from;
}

function useClaimWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  const grouped = useGrouped();
  return (name: Attribute['name'], value: string) => {
    if (name === 'birth_date') return formatCalendarDay(value, language);
    if (name === 'sex' && (value === 'F' || value === 'M')) return t(`documents.sex.${value}`);
    return grouped(name, value);
  };
}
