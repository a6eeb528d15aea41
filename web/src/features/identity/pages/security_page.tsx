import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DevicesIcon } from '../../../shared/ui/icons';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { kAuthenticatorsKey, useAuthenticators } from '../api/authenticators';
import { ChangePassword } from '../components/change_password';
import { CodeApp } from '../components/code_app';
import { Passkeys } from '../components/passkeys';
import { RecoveryCodes } from '../components/recovery_codes';
import './security_page.css';
import './sessions_page.css';

/** What opens this account, strongest first. */
export function SecurityPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const own = useAuthenticators();
  const reload = () => void queries.invalidateQueries({ queryKey: kAuthenticatorsKey });
  return (
    <Screen back="/profile">
      <div className="screen__head">
        <PageTitle>{t('security.title')}</PageTitle>
        <p className="screen__lead">{t('security.lead')}</p>
      </div>
      <Loaded query={own} blocks={[160, 160, 160]}>
        {({ passkeys, totp, recovery_codes_left }) => (
          <div className="security">
            {(totp || passkeys.length > 0) && recovery_codes_left === 0 && (
              <Notice look="attention" title={t('security.noCodes')}>
                <p>{t('security.noCodesText')}</p>
              </Notice>
            )}
            <Passkeys passkeys={passkeys} />
            <CodeApp isOn={totp} onTurnedOn={reload} />
            <RecoveryCodes left={recovery_codes_left} />
            <ChangePassword />
            <Rows>
              <RowLink
                to="/sessions"
                icon={<DevicesIcon />}
                title={t('home.sessions')}
                note={t('home.sessionsNote')}
              />
            </Rows>
          </div>
        )}
      </Loaded>
    </Screen>
  );
}
