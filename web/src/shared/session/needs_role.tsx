import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/button';
import { Loaded } from '../ui/loaded';
import { PageTitle } from '../ui/page_title';
import { Screen } from '../ui/screen';
import { useRoles, type StaffRole } from './roles';

interface NeedsRoleProps {
  of: StaffRole;
  children: ReactNode;
}

/** Shows a page of the desk, or says whose it is and leads away: nothing here can be retried into opening. */
export function NeedsRole({ of, children }: NeedsRoleProps) {
  const { t } = useTranslation();
  const roles = useRoles();
  if (roles.data?.roles.includes(of) === true) return <>{children}</>;
  if (roles.data === undefined) {
    return (
      <Screen>
        <Loaded query={roles} blocks={[60, 200]}>
          {() => null}
        </Loaded>
      </Screen>
    );
  }
  return (
    <Screen actions={<ButtonLink to="/home">{t('error.toHome')}</ButtonLink>}>
      <div className="screen__head">
        <PageTitle>{t('staffOnly.title')}</PageTitle>
        <p className="screen__lead">{t(`staffOnly.${of}`)}</p>
        <p className="soft">{t('staffOnly.ask')}</p>
      </div>
    </Screen>
  );
}
