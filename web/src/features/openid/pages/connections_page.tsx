import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/api/types';
import { formatDay, formatMoment } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { insideSentence } from '../../../shared/session/missing_words';
import { Button } from '../../../shared/ui/button';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { disconnect, kConnectionsKey, useConnections } from '../api/connections';
import './openid_cards.css';

export function ConnectionsPage() {
  const { t } = useTranslation();
  const connections = useConnections();
  return (
    <Screen back="/profile">
      <div className="screen__head">
        <PageTitle>{t('connections.title')}</PageTitle>
        <p className="screen__lead">{t('connections.lead')}</p>
      </div>
      <Loaded query={connections} blocks={[140, 140]}>
        {(list) =>
          list.connections.length === 0 ? (
            <p className="soft">{t('connections.empty')}</p>
          ) : (
            <ul className="openid-cards">
              {list.connections.map((one) => (
                <ConnectionCard key={one.party.client_id} connection={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Screen>
  );
}

function ConnectionCard({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const { party, claims, offline_access } = connection;
  const end = useMutation({
    mutationFn: () => disconnect(party.client_id),
    onSuccess: () => queries.invalidateQueries({ queryKey: kConnectionsKey }),
  });
  const given = claims.map((claim) => insideSentence(t(`connect.claim.${claim}`))).join(', ');
  return (
    <li className="openid-card">
      <h2>{party.name}</h2>
      <p>{party.purpose}</p>
      <p>{claims.length > 0 ? t('connections.gets', { given }) : t('connections.getsNothing')}</p>
      {offline_access && <p className="soft">{t('connections.offline')}</p>}
      <p className="soft small">
        {t('connections.since', { day: formatDay(connection.granted_at, language) })}
        {' · '}
        {t('connections.used', { moment: formatMoment(connection.last_used_at, language) })}
      </p>
      <Button look="secondary" onClick={() => setIsAsking(true)}>
        {t('connections.end')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('connections.endTitle', { name: party.name })}
          text={t('connections.endText')}
          confirm={t('connections.end')}
          pending={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </li>
  );
}
