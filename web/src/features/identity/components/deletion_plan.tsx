import { useTranslation } from 'react-i18next';
import type { Deletion } from '../../../shared/api/types';

const kDayS = 24 * 3600;

/** What goes at once, what goes later, what stays and why: all of it before anything happens. */
export function DeletionPlan({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation();
  return (
    <div className="stack-l">
      <section className="stack-s">
        <h2>{t('deletion.atOnce')}</h2>
        <ul className="dashes">
          {deletion.ends_at_once.map((name) => (
            <li key={name}>{t(`deletion.at.${name}`)}</li>
          ))}
        </ul>
      </section>
      <section className="stack-s">
        <h2>{t('deletion.later', { count: Math.max(1, Math.round(deletion.term_s / kDayS)) })}</h2>
        <p>{t('deletion.laterLead')}</p>
        <ul className="dashes">
          {deletion.erased_after_term.map((name) => (
            <li key={name}>{t(`deletion.after.${name}`)}</li>
          ))}
        </ul>
      </section>
      <section className="stack-s">
        <h2>{t('deletion.kept')}</h2>
        {deletion.kept.map(({ what, days, basis }) => (
          <p key={what}>
            {t(`deletion.keptWhat.${what}`)} {t('deletion.keptFor', { count: days })}
            {basis !== undefined && ` ${t('deletion.keptBasis', { basis })}`}
          </p>
        ))}
      </section>
    </div>
  );
}
