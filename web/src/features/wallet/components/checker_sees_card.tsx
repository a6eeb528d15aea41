import { useTranslation } from 'react-i18next';
import type { CheckerSees, Question } from '../../../shared/api/types';

interface CheckerSeesCardProps {
  question: Question;
  sees: CheckerSees;
}

/** What the other side will see, said before it is shown. */
export function CheckerSeesCard({ question, sees }: CheckerSeesCardProps) {
  const { t } = useTranslation();
  if (question !== 'identity') {
    const answer = sees.answer ? 'true' : 'false';
    return (
      <section className="sees">
        <p className="sees__title">{t('digital_id.seesTitle')}</p>
        <p>{t(`digital_id.sees.${question}_${answer}`)}</p>
        <p className="soft">{t('digital_id.notSeen')}</p>
      </section>
    );
  }
  return (
    <section className="sees">
      <p className="sees__title">{t('digital_id.seesTitleMany')}</p>
      <dl>
        <div>
          <dt>{t('digital_id.seesName')}</dt>
          <dd>{sees.full_name}</dd>
        </div>
        <div>
          <dt>{t('digital_id.seesDocument')}</dt>
          <dd className="numeric">{sees.document}</dd>
        </div>
      </dl>
      {sees.portrait === true && <p>{t('digital_id.seesPortrait')}</p>}
      <p className="soft">{t('digital_id.notSeenIdentity')}</p>
    </section>
  );
}
