import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionInfo } from '../../../shared/api/types';
import { formatMoment } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { closeOtherSessions, closeSession, kSessionsKey, useSessions } from '../api/sessions';
import './sessions_page.css';

export function SessionsPage() {
  const { t } = useTranslation();
  const sessions = useSessions();
  return (
    <Screen back="/home">
      <div className="screen__head">
        <PageTitle>{t('sessions.title')}</PageTitle>
        <p className="screen__lead">{t('sessions.lead')}</p>
      </div>
      <Loaded query={sessions} blocks={[110, 110]}>
        {(list) => (
          <>
            <ul className="sessions">
              {list.sessions.map((one) => (
                <SessionCard key={one.session_id} session={one} />
              ))}
            </ul>
            {list.sessions.length > 1 && <CloseOthers />}
            {list.sessions.length <= 1 && <p className="soft">{t('sessions.only')}</p>}
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function CloseOthers() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: closeOtherSessions,
    onSuccess: () => queries.invalidateQueries({ queryKey: kSessionsKey }),
  });
  return (
    <>
      <Button look="secondary" pending={close.isPending} onClick={() => close.mutate()}>
        {t('sessions.closeOthers')}
      </Button>
      <ErrorNotice error={close.error} />
    </>
  );
}

function SessionCard({ session }: { session: SessionInfo }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: () => closeSession(session.session_id),
    onSuccess: () => queries.invalidateQueries({ queryKey: kSessionsKey }),
  });
  return (
    <li className="session">
      <div className="session__head">
        <h2>{session.device}</h2>
        {session.current && <Chip>{t('sessions.current')}</Chip>}
      </div>
      <p className="soft small">
        {t('sessions.used', { moment: formatMoment(session.last_used_at, language) })}
        {' · '}
        {t(`sessions.by.${session.signed_in_by}`)}
        {session.aal === 2 && `, ${t('sessions.twoFactors')}`}
      </p>
      <p className="soft small">
        {t('sessions.opened', { moment: formatMoment(session.opened_at, language) })}
        {session.network !== undefined &&
          ` · ${t('sessions.network', { network: session.network })}`}
      </p>
      {!session.current && (
        <Button look="secondary" pending={close.isPending} onClick={() => close.mutate()}>
          {t('sessions.close')}
        </Button>
      )}
      <ErrorNotice error={close.error} />
    </li>
  );
}
