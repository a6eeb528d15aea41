import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RegistrationStarted } from '../../../shared/api/types';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { leaveForIdentityProvider, useProviderName } from '../api/identity_provider';

export function AccountExistsStep({ started }: { started: RegistrationStarted }) {
  const { t } = useTranslation();
  const provider = useProviderName();
  const leave = useMutation({ mutationFn: () => leaveForIdentityProvider('sign_in') });
  const isVerified = started.account === 'existing_verified';
  const actions = (
    <>
      <ButtonLink to="/sign-in">{t('exists.signIn')}</ButtonLink>
      {isVerified ? (
        <Button look="secondary" pending={leave.isPending} onClick={() => leave.mutate()}>
          {t('exists.verifiedReset', { provider })}
        </Button>
      ) : (
        <ButtonLink look="secondary" to="/register/password">
          {t('exists.reset')}
        </ButtonLink>
      )}
    </>
  );
  return (
    <Screen back="/register" header={t('exists.header')} actions={actions}>
      <PageTitle>{t('exists.title')}</PageTitle>
      <p className="screen__lead">{t(isVerified ? 'exists.verifiedText' : 'exists.text')}</p>
      <p className="soft">{t('exists.other')}</p>
      <ErrorNotice error={leave.error} />
    </Screen>
  );
}
