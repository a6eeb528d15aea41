import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Me } from '../../../shared/api/types';
import { useMe } from '../../../shared/session/me';
import {
  CardIcon,
  ClockIcon,
  DevicesIcon, EyeIcon,
  LockIcon,
  QrIcon,
  ShieldIcon,
} from '../../../shared/ui/icons';
import { PageTitle } from '../../../shared/ui/page_title';
import { RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { Told } from '../../../shared/ui/told';
import './home_page.css';

export function greetingKey(hour: number) {
  if (hour >= 5 && hour < 12) return 'morning';
  if (hour >= 12 && hour < 18) return 'day';
  return hour >= 18 && hour < 23 ? 'evening' : 'night';
}

function nameOf(me: Me): string {
  return [me.given_name, me.middle_name].filter(Boolean).join(' ');
}

function isOpen(me: Me, name: 'documents' | 'digital_id'): boolean {
  return me.assurance.functions.find((one) => one.function === name)?.open ?? false;
}

interface HomePageProps {
  documentsNote: ReactNode;
  /** What everybody has to be told. */
  notice: ReactNode;
}

/** The cabinet. The words about documents and agreements come from the rooms that own them. */
export function HomePage({ documentsNote, notice }: HomePageProps) {
  const { t } = useTranslation();
  const me = useMe();
  const greeting = t(`greeting.${greetingKey(new Date().getHours())}`);
  const name = nameOf(me);
  return (
    <Screen wide>
      <PageTitle tab={t('home.title')}>
        {name === '' ? greeting : `${greeting}, `}
        {name !== '' && <span className="home__name">{name}</span>}
      </PageTitle>
      <Told />
      {notice}
      <div className="home">
        <div className="stack">
          <IdTile open={isOpen(me, 'digital_id')} />
          <DocumentsTile open={isOpen(me, 'documents')} note={documentsNote} />
        </div>
        <HomeRows me={me} />
      </div>
    </Screen>
  );
}

function IdTile({ open }: { open: boolean }) {
  const { t } = useTranslation();
  return (
    <Link to="/digital-id" className="tile tile--id">
      <span>
        <strong>{t('home.digitalId')}</strong>
        <span>{t(open ? 'home.digitalIdNote' : 'home.digitalIdClosed')}</span>
      </span>
      <QrIcon size={44} />
    </Link>
  );
}

function DocumentsTile({ open, note }: { open: boolean; note: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Link to="/documents" className="tile">
      <span>
        <strong>{t('home.documents')}</strong>
        <span className="soft">{open ? note : t('home.documentsClosed')}</span>
      </span>
      {open ? <CardIcon size={30} /> : <LockIcon size={28} />}
    </Link>
  );
}

function HomeRows({ me }: { me: Me }) {
  const { t } = useTranslation();
  const isVerified = me.assurance.level === 'verified';
  return (
    <Rows>
      <RowLink
        to="/level"
        icon={<ShieldIcon />}
        title={t(isVerified ? 'home.level' : 'home.verifyNow')}
        note={isVerified ? t('level.verified') : t('home.verifyNowNote')}
      />
      <RowLink to="/who-looked" icon={<EyeIcon />} title={t('who.title')} note={t('who.note')} />
      <RowLink
        to="/history"
        icon={<ClockIcon />}
        title={t('home.history')}
        note={t('home.historyNote')}
      />
      <RowLink
        to="/sessions"
        icon={<DevicesIcon />}
        title={t('home.sessions')}
        note={t('home.sessionsNote')}
      />
      <RowLink to="/check" icon={<QrIcon />} title={t('home.check')} note={t('home.checkNote')} />
    </Rows>
  );
}
