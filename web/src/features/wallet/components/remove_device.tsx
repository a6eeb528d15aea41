import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isStatus } from '../../../shared/api/problem';
import type { Device } from '../../../shared/api/types';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { forgetLocalDevice, removeDevice } from '../api/devices';
import { kDigitalIdKey } from '../api/digital_id';

export function RemoveDevice({ device, isOffline }: { device: Device; isOffline: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      await removeDevice(device.device_id).catch((error: unknown) => {
        if (!isStatus(error, 404)) throw error;
      });
      await forgetLocalDevice();
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: kDigitalIdKey }),
  });
  return (
    <div>
      <p className="soft small">
        {t('digital_id.device')}: {device.name}
      </p>
      {!isOffline && (
        <button type="button" className="link" onClick={() => setIsAsking(true)}>
          {t('digital_id.remove')}
        </button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('digital_id.removeTitle')}
          text={t('digital_id.removeText')}
          confirm={t('digital_id.remove')}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
