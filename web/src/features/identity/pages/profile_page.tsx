import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { useMe } from '../../../shared/session/me';
import {
  CardIcon,
  ClockIcon,
  CrossIcon,
  DevicesIcon,
  EyeIcon,
  MessageIcon,
  PageIcon,
  PersonIcon,
  PhoneIcon,
  ShieldIcon,
} from '../../../shared/ui/icons';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { useAttributes } from '../api/attributes';
import { AttributeFacts } from '../components/attribute_facts';
import { OwnAttributes } from '../components/own_attributes';
import './profile_page.css';

interface ProfilePageProps {
  /** The person's consents: the privacy room's part. */
  consents: ReactNode;
  /** Sites signed in at with this account, and the way to the desks of staff. */
  connections: ReactNode;
  /** Leaving, which must also empty the wallet of this device. */
  signOut: ReactNode;
}

export function ProfilePage({ consents, connections, signOut }: ProfilePageProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const attributes = useAttributes();
  const day = formatDay(useMe().registered_at, language);
  return (
    <Screen wide>
      <div className="screen__head">
        <PageTitle>{t('profile.title')}</PageTitle>
        <p className="soft">{t('profile.registered', { day })}</p>
      </div>
      <BlockedNotice needs={['profile']} />
      <div className="profile">
        <section className="stack-s">
          <h2>{t('profile.known')}</h2>
          <Loaded query={attributes} blocks={[60, 60, 60, 60]}>
            {(list) => (
              <>
                <AttributeFacts attributes={list.attributes} />
                <OwnAttributes attributes={list.attributes} />
              </>
            )}
          </Loaded>
        </section>
        <div className="stack-l">
          {consents}
          {connections}
          <section className="stack-s">
            <h2>{t('profile.links')}</h2>
            <ProfileRows />
          </section>
          {signOut}
        </div>
      </div>
    </Screen>
  );
}

function ProfileRows() {
  const { t } = useTranslation();
  return (
    <Rows>
      <RowLink to="/account/numbers" icon={<PhoneIcon />} title={t('numbers.title')} />
      <RowLink to="/account/email" icon={<MessageIcon />} title={t('email.title')} />
      <RowLink to="/level" icon={<ShieldIcon />} title={t('home.level')} />
      <RowLink
        to="/security"
        icon={<ShieldIcon />}
        title={t('security.title')}
        note={t('security.note')}
      />
      <RowLink
        to="/my-data"
        icon={<PersonIcon />}
        title={t('myDataRow.title')}
        note={t('myDataRow.note')}
      />
      <RowLink to="/who-looked" icon={<EyeIcon />} title={t('who.title')} />
      <RowLink to="/history" icon={<ClockIcon />} title={t('home.history')} />
      <RowLink to="/sessions" icon={<DevicesIcon />} title={t('home.sessions')} />
      <RowLink to="/editions/policy" icon={<PageIcon />} title={t('app.footer.policy')} />
      <RowLink to="/account/export" icon={<CardIcon />} title={t('export.title')} />
      <RowLink to="/account/deletion" icon={<CrossIcon />} title={t('deletion.profile')} />
    </Rows>
  );
}
