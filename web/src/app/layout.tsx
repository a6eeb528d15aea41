import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { useSession } from '../shared/session/me';
import { Chip } from '../shared/ui/chip';
import { MarkIcon } from '../shared/ui/icons';
import { DemoBanner } from './demo_banner';
import { Footer } from './footer';
import { LanguageSwitch } from './language_switch';
import { Navigation } from './navigation';
import './layout.css';

// On a phone the code of the Digital ID gets the whole screen.
const kWithoutBottomBar = ['/digital-id', '/check'];
const kFlows = ['/register', '/sign-in', '/authorize', '/device', '/sign-out'];

export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const session = useSession().data;
  const me = session?.me ?? null;
  const isClosing = me?.closing === true;
  const isFlow = kFlows.some((path) => pathname.startsWith(path));
  const hasBar = me !== null && !isFlow && !isClosing;
  const hidesBar = kWithoutBottomBar.includes(pathname);
  return (
    <div className={`frame ${hasBar ? 'frame--inside' : ''} ${hidesBar ? 'frame--bare' : ''}`}>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <DemoBanner />
      <header className="top">
        <Link to="/" className="top__mark" aria-label={t('app.home')}>
          <MarkIcon />
          <span>{t('app.name')}</span>
        </Link>
        <div className="top__end">
          {hasBar && <Chip look={me.assurance.level === 'verified' ? 'good' : 'calm'}>{t(`level.${me.assurance.level}`)}</Chip>}
          <LanguageSwitch />
        </div>
      </header>
      {session?.offline === true && (
        <p className="offline-bar" role="status">
          {t('app.offline')}
        </p>
      )}
      <div className="frame__body">
        {hasBar && <Navigation />}
        <main id="content" className="frame__main" tabIndex={-1}>
          {children}
        </main>
      </div>
      {me === null && !isFlow && <Footer />}
    </div>
  );
}
