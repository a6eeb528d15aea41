import { useTranslation } from 'react-i18next';
import type { Authorization } from '../../../shared/api/types';
import { formatCalendarDay } from '../../../shared/i18n/format';
import { useGrouped } from '../../../shared/i18n/grouped';
import { useLanguage } from '../../../shared/i18n/language';
import { Fact } from '../../../shared/ui/rows';

type AskedClaim = NonNullable<Authorization['claims']>[number];

/** Each attribute with the value the party would get; one that the account lacks says so. */
export function AskedClaims({ claims }: { claims: AskedClaim[] }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {claims.map((asked) => (
        <Fact key={asked.claim} name={t(`connect.claim.${asked.claim}`)}>
          <ClaimValue asked={asked} />
        </Fact>
      ))}
    </dl>
  );
}

function ClaimValue({ asked }: { asked: AskedClaim }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const grouped = useGrouped();
  const { claim, value } = asked;
  if (value === undefined) return <span className="soft">{t('connect.noValue')}</span>;
  if (typeof value !== 'string' && 'formatted' in value) return <>{value.formatted}</>;
  if (typeof value !== 'string') {
    const issued = [value.issue_date, value.issued_by].filter((part) => part !== undefined);
    return (
      <>
        <span className="numeric">{value.number}</span>
        {issued.length > 0 && <span className="fact__note">{issued.join(', ')}</span>}
      </>
    );
  }
  if (claim === 'birthdate') return <>{formatCalendarDay(value, language)}</>;
  if (claim === 'gender') {
    const isKnown = value === 'male' || value === 'female';
    return <>{isKnown ? t(`connect.gender.${value}`) : value}</>;
  }
  const isProven = claim === 'phone_number' || claim === 'email';
  return (
    <>
      <span className="numeric">{grouped(claim, value)}</span>
      {isProven && <span className="fact__note">{t('connect.proven')}</span>}
    </>
  );
}
