import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router-dom';
import { useSession } from '../shared/session/me';
import { ButtonLink } from '../shared/ui/button';
import { CheckIcon, QrIcon } from '../shared/ui/icons';
import { PageTitle } from '../shared/ui/page_title';
import { Screen } from '../shared/ui/screen';
import './start_page.css';

export function StartPage() {
  const { t } = useTranslation();
  const session = useSession();
  if (session.data?.me) return <Navigate to="/home" replace />;
  const actions = (
    <>
      <ButtonLink to="/register">{t('welcome.register')}</ButtonLink>
      <ButtonLink to="/sign-in" look="secondary">
        {t('welcome.signIn')}
      </ButtonLink>
    </>
  );
  return (
    <div className="start">
      <Screen actions={actions}>
        <div className="screen__head">
          <PageTitle>{t('welcome.title')}</PageTitle>
          <p className="screen__lead">{t('welcome.lead')}</p>
        </div>
        <ul className="start__pledges">
          {(['pledge1', 'pledge2', 'pledge3'] as const).map((pledge) => (
            <li key={pledge}>
              <CheckIcon size={20} />
              {t(`welcome.${pledge}`)}
            </li>
          ))}
        </ul>
        <Link to="/check" className="start__check">
          <QrIcon size={34} />
          <span>
            <strong>{t('welcome.check')}</strong>
            <span className="soft small">{t('welcome.checkNote')}</span>
          </span>
        </Link>
      </Screen>
      <BarkArt />
    </div>
  );
}

/** Birch bark: the strokes of the mark, scratched at the size of a wall. */
function BarkArt() {
  return (
    <svg className="start__art" viewBox="0 0 420 560" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
      <rect width="420" height="560" className="start__art-ground" />
      <g className="start__art-faint">
        <path d="M30 70h52M150 42h22M330 88h60M24 238h30M372 250h34M40 402h24M318 470h72M120 520h40M250 500h18M212 76h16" />
      </g>
      <g className="start__art-mark">
        <path d="M92 184h150M152 282h176M92 380h118" />
      </g>
    </svg>
  );
}
