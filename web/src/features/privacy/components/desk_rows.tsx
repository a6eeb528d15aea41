import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { SubjectRequest } from '../../../shared/api/types';
import { Chip } from '../../../shared/ui/chip';
import { NumberAndDay } from './number_and_day';
import { RequestClock } from './request_clock';

/** Requests as the desk lists them. */
export function DeskRows({ requests }: { requests: readonly SubjectRequest[] }) {
  const { t } = useTranslation();
  if (requests.length === 0) return <p className="soft">{t('requestDesk.none')}</p>;
  return (
    <ul className="stack-s">
      {requests.map((one) => (
        <li
          key={one.request_id}
          className={`request-card ${one.state === 'overdue' ? 'request-card--late' : ''}`}
        >
          <h2>
            <Link to={`/desk/requests/${one.request_id}`}>{t(`requests.kind.${one.kind}`)}</Link>{' '}
            {one.closed_at === undefined && (
              <Chip look={one.taken ? 'good' : 'calm'}>
                {t(one.taken ? 'requestDesk.inWork' : 'requestDesk.fresh')}
              </Chip>
            )}
          </h2>
          <RequestClock request={one} />
          <NumberAndDay request={one} />
        </li>
      ))}
    </ul>
  );
}
