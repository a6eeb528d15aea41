import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NeedsRole } from '../../../shared/session/needs_role';
import { Button } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useDeskRequests } from '../api/requests';
import { DeskRows } from '../components/desk_rows';
import { DeskSearch } from '../components/desk_search';
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
      <DeskSearch />
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
        {(data) => <DeskRows requests={data.pages.flatMap((page) => page.requests)} />}
      </Loaded>
      {pages.hasNextPage && (
        <Button look="secondary" pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </Screen>
  );
}
