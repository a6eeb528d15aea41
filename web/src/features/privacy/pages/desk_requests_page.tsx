import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { NeedsRole } from '../../../shared/session/needs_role';
import { Button } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useDeskRequests } from '../api/requests';
import { RequestClock } from '../components/request_clock';
import '../components/requests.css';

/** The data-protection officer's desk: what is due first. */
export function DeskRequestsPage() {
  return (
    <NeedsRole of="data_protection_officer">
      <RequestQueue />
    </NeedsRole>
  );
}

function RequestQueue() {
  const { t } = useTranslation();
  const [list, setList] = useState<'open' | 'closed'>('open');
  const pages = useDeskRequests(list);
  return (
    <Screen back="/profile" header={t('profile.title')} wide>
      <div className="screen__head">
        <PageTitle>{t('requestDesk.title')}</PageTitle>
        <p className="screen__lead">{t('requestDesk.lead')}</p>
      </div>
      <div className="pair">
        {(['open', 'closed'] as const).map((one) => (
          <Button
            key={one}
            look={list === one ? 'primary' : 'secondary'}
            aria-pressed={list === one}
            onClick={() => setList(one)}
          >
            {t(`requestDesk.list.${one}`)}
          </Button>
        ))}
      </div>
      <Loaded query={pages} blocks={[90, 90, 90]}>
        {(data) => {
          const requests = data.pages.flatMap((page) => page.requests);
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
                  <p className="soft small numeric">{one.request_id}</p>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {pages.hasNextPage && (
        <Button look="secondary" pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </Screen>
  );
}
