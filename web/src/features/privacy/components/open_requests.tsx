import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { Notice } from '../../../shared/ui/notice';
import { useRequests } from '../api/requests';

/** Before the account goes: whose answers would have nobody to read them. */
export function OpenRequests() {
  const { t } = useTranslation();
  const open = useRequests().data?.requests.filter((one) => one.closed_at === undefined) ?? [];
  if (open.length === 0) return null;
  return (
    <Notice look="attention" title={t('deletion.openRequests', { count: open.length })}>
      <p>{t('deletion.openRequestsText')}</p>
      <p>
        <Link to="/requests" state={{ from: '/account/deletion' }}>
          {t('requests.open')}
        </Link>
      </p>
    </Notice>
  );
}
