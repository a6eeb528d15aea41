import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { clockErrorSeconds, onClockChange } from '../../../shared/api/clock';
import { Notice } from '../../../shared/ui/notice';

export function ClockWarning() {
  const { t } = useTranslation();
  const slow = useSyncExternalStore(onClockChange, clockErrorSeconds);
  if (slow === 0) return null;
  const key = slow > 0 ? 'digital_id.clockSlow' : 'digital_id.clockFast';
  return (
    <Notice look="attention">
      <p>{t(key, { count: Math.abs(slow) })}</p>
    </Notice>
  );
}
