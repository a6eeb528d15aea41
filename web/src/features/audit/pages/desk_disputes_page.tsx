import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { DeskDispute } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { NeedsRole } from '../../../shared/session/needs_role';
import { Button } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useDeskDisputes } from '../api/disputes';
import './desk_disputes.css';

/** The data-protection officer's desk: what people object to in the log. */
export function DeskDisputesPage() {
  return (
    <NeedsRole of="data_protection_officer">
      <Disputes />
    </NeedsRole>
  );
}

function Disputes() {
  const { t } = useTranslation();
  const [list, setList] = useState<'open' | 'answered'>('open');
  const pages = useDeskDisputes(list);
  return (
    <Screen back="/profile" header={t('profile.title')} wide>
      <div className="screen__head">
        <PageTitle>{t('disputeDesk.title')}</PageTitle>
        <p className="screen__lead">{t('disputeDesk.lead')}</p>
      </div>
      <div className="pair">
        {(['open', 'answered'] as const).map((one) => (
          <Button
            key={one}
            look={list === one ? 'primary' : 'secondary'}
            aria-pressed={list === one}
            onClick={() => setList(one)}
          >
            {t(`disputeDesk.list.${one}`)}
          </Button>
        ))}
      </div>
      <Loaded query={pages} blocks={[70, 70, 70]}>
        {(data) => {
          const disputes = data.pages.flatMap((page) => page.disputes);
          if (disputes.length === 0) return <p className="soft">{t('disputeDesk.none')}</p>;
          return (
            <ul className="stack-s">
              {disputes.map((one) => (
                <DisputeCard key={one.entry_id} dispute={one} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {pages.hasNextPage && (
        <Button
          look="secondary"
          pending={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
    </Screen>
  );
}

function DisputeCard({ dispute }: { dispute: DeskDispute }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = formatDay(dispute.answered_at ?? dispute.disputed_at, language);
  return (
    <li className="dispute-card">
      <h2>
        <Link to={`/desk/disputes/${dispute.entry_id}`}>{t(`who.reason.${dispute.reason}`)}</Link>
      </h2>
      <p>
        {t(dispute.answered_at === undefined ? 'disputeDesk.since' : 'disputeDesk.answeredAt', { day })}
        {dispute.outcome !== undefined && `. ${t(`disputeDesk.outcome.${dispute.outcome}`)}`}
      </p>
      <p className="soft small numeric">{dispute.entry_id}</p>
    </li>
  );
}
