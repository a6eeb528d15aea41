import { useTranslation } from 'react-i18next';
import type { RegistrationStarted } from '../../../shared/api/types';
import { ButtonLink } from '../../../shared/ui/button';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useDraft } from '../registration_draft';
import { ProviderButtons } from './provider_buttons';

export function AccountExistsStep({ started }: { started: RegistrationStarted }) {
  const { t } = useTranslation();
  const { recovers } = useDraft();
  const isVerified = started.account === 'existing_verified';
  const actions = (
    <>
      <ButtonLink to="/sign-in">{t('exists.signIn')}</ButtonLink>
      {isVerified ? (
        <>
          <ProviderButtons
            intent="sign_in"
            words={(provider) => t('exists.verifiedReset', { provider })}
          />
          <ButtonLink look="quiet" to="/register/password">
            {t('exists.byRecoveryCode')}
          </ButtonLink>
        </>
      ) : (
        <ButtonLink look="secondary" to="/register/password">
          {t('exists.reset')}
        </ButtonLink>
      )}
    </>
  );
  return (
    <Screen back="/register" header={t(recovers ? 'password.header' : 'exists.header')} actions={actions}>
      <PageTitle>{t(recovers ? 'phone.recoverTitle' : 'exists.title')}</PageTitle>
      <p className="screen__lead">{t(isVerified ? 'exists.verifiedText' : 'exists.text')}</p>
      <p className="soft">{t('exists.other')}</p>
    </Screen>
  );
}
