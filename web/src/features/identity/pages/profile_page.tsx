import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attribute } from '../../../shared/api/types';
import { formatCalendarDay, formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useMe } from '../../../shared/session/me';
import { ClockIcon, DevicesIcon, PageIcon, ShieldIcon } from '../../../shared/ui/icons';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact, RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { kAttributeNames, useAttributes } from '../api/attributes';
import { useProviderName } from '../api/identity_provider';
import { ChangePassword } from '../components/change_password';
import './profile_page.css';

interface ProfilePageProps {
  /** The person's consents: the privacy room's part. */
  consents: ReactNode;
  /** Leaving, which must also empty the wallet of this device. */
  signOut: ReactNode;
}

export function ProfilePage({ consents, signOut }: ProfilePageProps) {
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
      <div className="profile">
        <section className="stack-s">
          <h2>{t('profile.known')}</h2>
          <Loaded query={attributes} blocks={[60, 60, 60, 60]}>
            {(list) => (
              <dl className="facts">
                {inOrder(list.attributes).map((one) => (
                  <AttributeFact key={one.name + one.source} attribute={one} />
                ))}
              </dl>
            )}
          </Loaded>
        </section>
        <div className="stack-l">
          {consents}
          <ChangePassword />
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

function inOrder(attributes: Attribute[]): Attribute[] {
  return kAttributeNames.flatMap((name) => attributes.filter((one) => one.name === name));
}

function AttributeFact({ attribute }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const provider = useProviderName(attribute.provider);
  const { name, value, source, proven_at } = attribute;
  const note = t(`profile.source.${source}`, { provider, day: formatDay(proven_at, language) });
  const shown = () => {
    if (name === 'birth_date') return formatCalendarDay(value, language);
    if (name === 'sex' && (value === 'F' || value === 'M')) return t(`documents.sex.${value}`);
    return value;
  };
  return (
    <Fact name={t(`profile.attribute.${name}`)} note={note}>
      <span className="numeric">{shown()}</span>
    </Fact>
  );
}

function ProfileRows() {
  const { t } = useTranslation();
  return (
    <Rows>
      <RowLink to="/level" icon={<ShieldIcon />} title={t('home.level')} />
      <RowLink
        to="/security"
        icon={<ShieldIcon />}
        title={t('security.title')}
        note={t('security.note')}
      />
      <RowLink to="/history" icon={<ClockIcon />} title={t('home.history')} />
      <RowLink to="/sessions" icon={<DevicesIcon />} title={t('home.sessions')} />
      <RowLink to="/editions/policy" icon={<PageIcon />} title={t('app.footer.policy')} />
    </Rows>
  );
}
