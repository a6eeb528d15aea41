import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { leaveForIdentityProvider, useProviderName } from '../api/identity_provider';

export function ProviderSignIn() {
  const { t } = useTranslation();
  const provider = useProviderName();
  const leave = useMutation({ mutationFn: () => leaveForIdentityProvider('sign_in') });
  return (
    <>
      <Button look="secondary" pending={leave.isPending} onClick={() => leave.mutate()}>
        {t('signIn.idp', { provider })}
      </Button>
      <ErrorNotice error={leave.error} />
    </>
  );
}
