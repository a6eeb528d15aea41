import { useTranslation } from 'react-i18next';
import type { RetentionTerm } from '../../../shared/api/types';
import { useLanguage } from '../../../shared/i18n/language';
import { inLanguage } from '../api/processing';

const kYearDays = 365;

/** Until when something is kept, and what happens then. */
export function Until({ term }: { term: RetentionTerm }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rest = (days: number) =>
    days % kYearDays === 0 ? t('until.years', { count: days / kYearDays }) : t('until.days', { count: days });
  return (
    <>
      {inLanguage(term.text, language)}
      {term.days !== undefined && (
        <span className="fact__note">
          {rest(term.days)}
          {term.basis !== undefined && ` (${term.basis_in?.[language] ?? term.basis})`}.
        </span>
      )}
      <span className="fact__note">{t(`until.after.${term.after}`)}</span>
    </>
  );
}
