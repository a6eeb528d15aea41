import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { ButtonLink } from '../../../shared/ui/button';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';

const kWays = ['other', 'stronger', 'operator', 'stolen'] as const;

/** What to do without the number; no account is needed to read it. */
export function LostNumberPage() {
  const { t } = useTranslation();
  return (
    <Screen back="/sign-in" actions={<ButtonLink to="/sign-in">{t('lostNumber.signIn')}</ButtonLink>}>
      <div className="screen__head">
        <PageTitle>{t('lostNumber.title')}</PageTitle>
        <p className="screen__lead">{t('lostNumber.lead')}</p>
      </div>
      <div className="stack-l">
        {kWays.map((way) => (
          <section key={way} className="stack-s">
            <h2>{t(`lostNumber.${way}.title`)}</h2>
            <p>{t(`lostNumber.${way}.text`)}</p>
          </section>
        ))}
        <p>
          <Link className="link" to="/account/numbers">
            {t('lostNumber.numbers')}
          </Link>
        </p>
      </div>
    </Screen>
  );
}
