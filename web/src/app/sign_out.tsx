import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { signOut } from '../features/identity/api/sessions';
import { leaveProvider, useProviderSession } from '../features/identity/api/identity_provider';
import { findLocalDevice, removeDevice } from '../features/wallet/api/devices';
import { isStatus } from '../shared/api/problem';
import { useLanguage } from '../shared/i18n/language';
import { closeSessionHere } from '../shared/session/me';
import { Button } from '../shared/ui/button';
import { ConfirmDialog } from '../shared/ui/confirm_dialog';

/**
 * Leaves the account and leaves nothing personal on the device. A Digital ID made here is removed
 * at the server first: its key is about to be erased, and nobody else should be taken for it.
 */
export function SignOut() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const device = useQuery({
    queryKey: ['mine', 'local_device'],
    queryFn: async () => (await findLocalDevice()) ?? null,
    staleTime: 0,
  });
  const language = useLanguage();
  const provider = useProviderSession().data?.provider;
  const name = language === 'ru' ? provider?.name_ru : provider?.name_en;
  const leave = useMutation({
    mutationFn: async (alsoThere: boolean) => {
      if (device.data) await removeDevice(device.data.device_id).catch(ignoreGone);
      await signOut().catch(ignoreGone);
      await closeSessionHere(queries);
      if (alsoThere) await leaveProvider();
      else void navigate('/', { replace: true });
    },
  });
  return (
    <div>
      <Button look="secondary" onClick={() => setIsAsking(true)}>
        {t('profile.signOut')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('profile.signOutTitle')}
          text={[
            t(device.data ? 'profile.signOutWallet' : 'profile.signOutText'),
            ...(name === undefined ? [] : [t('profile.signOutProvider', { name })]),
          ].join(' ')}
          confirm={t('profile.signOut')}
          pending={leave.isPending}
          error={leave.error}
          onConfirm={() => leave.mutate(false)}
          more={
            name !== undefined && (
              <Button look="secondary" pending={leave.isPending} onClick={() => leave.mutate(true)}>
                {t('profile.signOutBoth', { name })}
              </Button>
            )
          }
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}

function ignoreGone(error: unknown): void {
  if (!isStatus(error, 401) && !isStatus(error, 404)) throw error;
}
