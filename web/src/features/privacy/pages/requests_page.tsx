import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { ButtonLink } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useRequests } from '../api/requests';
import { NumberAndDay } from '../components/number_and_day';
import { RequestClock } from '../components/request_clock';
import '../components/requests.css';

export function RequestsPage() {
  const { t } = useTranslation();
  const requests = useRequests();
  const actions = <ButtonLink to="/requests/new">{t('request.new')}</ButtonLink>;
  return (
    <Screen back="/profile" header={t('profile.title')} actions={actions}>
      <div className="screen__head">
        <PageTitle>{t('requests.title')}</PageTitle>
        <p className="screen__lead">{t('request.lead')}</p>
      </div>
      <Loaded query={requests} blocks={[90, 90]}>
        {(list) =>
          list.requests.length === 0 ? (
            <p className="soft">{t('request.none')}</p>
          ) : (
            <ul className="stack-s">
              {list.requests.map((one) => (
                <li
                  key={one.request_id}
                  className={`request-card ${one.state === 'overdue' ? 'request-card--late' : ''}`}
                >
                  <h2>
                    <Link to={`/requests/${one.request_id}`}>{t(`requests.kind.${one.kind}`)}</Link>
                  </h2>
                  <RequestClock request={one} />
                  <NumberAndDay request={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <p className="soft">
        {t('request.shortcut.blocking')} <Link to="/my-data/blocks">{t('request.toBlocks')}</Link>
      </p>
    </Screen>
  );
}
