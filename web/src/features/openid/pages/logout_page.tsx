import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { ButtonLink } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import type { Logout } from '../../../shared/api/types';
import { useLogout } from '../api/logout';

interface LogoutPageProps {
  /** Signs out and then calls back: identity's and the wallet's part. */
  leave: (props: { asks: boolean; onLeft: () => void }) => ReactNode;
}

/** A party asked to end the session: asked again here unless it proved which one it means. */
export function LogoutPage({ leave }: LogoutPageProps) {
  const [parameters] = useSearchParams();
  const logout = useLogout(parameters.get('request') ?? '');
  return (
    <Loaded query={logout} blocks={[80, 120]}>
      {(data) => <Leave logout={data} leave={leave} />}
    </Loaded>
  );
}

function Leave({ logout, leave }: { logout: Logout } & LogoutPageProps) {
  const { t } = useTranslation();
  const { signed_in, location, party } = logout;
  const onLeft = () => window.location.assign(location ?? '/');
  useEffect(() => {
    if (!signed_in && location !== undefined) window.location.assign(location);
  }, [signed_in, location]);
  if (!signed_in) {
    return (
      <Screen actions={<ButtonLink to="/">{t('error.toHome')}</ButtonLink>}>
        <PageTitle>{t('logout.done')}</PageTitle>
      </Screen>
    );
  }
  const stay = (
    <a className="button button--secondary" href={location ?? '/home'}>
      {t('logout.stay')}
    </a>
  );
  return (
    <Screen actions={<div className="pair">{stay}{leave({ asks: logout.confirm, onLeft })}</div>}>
      <PageTitle>{t('logout.title')}</PageTitle>
      <p className="screen__lead">
        {party === undefined ? t('logout.lead') : t('logout.leadParty', { name: party.name })}
      </p>
      <p className="soft">{t('logout.everywhere')}</p>
    </Screen>
  );
}
