import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import type { NewRelyingParty, RelyingPartyDetail } from '../../../shared/api/types';
import { formatMoment } from '../../../shared/i18n/format';
import { useLanguage, type Language } from '../../../shared/i18n/language';
import { NeedsRole } from '../../../shared/session/needs_role';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import {
  addParty,
  changeParty,
  kPartiesKey,
  rotateSecret,
  setPartyState,
  useRelyingParty,
} from '../api/relying_parties';
import { RegistrationForm } from '../components/registration_form';

export function RelyingPartyPage() {
  return (
    <NeedsRole of="registrar">
      <OneParty />
    </NeedsRole>
  );
}

function OneParty() {
  const { clientId = 'new' } = useParams();
  return clientId === 'new' ? <NewParty /> : <KnownParty clientId={clientId} />;
}

const nameOf = ({ registration }: Pick<RelyingPartyDetail, 'registration'>, language: Language) =>
  language === 'en' ? registration.name_en : registration.name_ru;

function NewParty() {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: addParty,
    onSuccess: () => queries.invalidateQueries({ queryKey: kPartiesKey }),
  });
  return (
    <Screen back="/desk/relying-parties" header={t('desk.title')} wide>
      <PageTitle>{add.data === undefined ? t('desk.newTitle') : nameOf(add.data, language)}</PageTitle>
      {add.data === undefined ? (
        <RegistrationForm
          pending={add.isPending}
          onSubmit={(registration, refuse) => add.mutate(registration, { onError: refuse })}
        />
      ) : (
        <>
          <Secret made={add.data} />
          <ButtonLink to={`/desk/relying-parties/${encodeURIComponent(add.data.client_id)}`}>
            {t('desk.toParty')}
          </ButtonLink>
        </>
      )}
    </Screen>
  );
}

/** Shown once: the server keeps only a keyed digest. */
function Secret({ made }: { made: NewRelyingParty }) {
  const { t } = useTranslation();
  return (
    <Notice look="good" title={t('desk.made')} announce>
      <p className="numeric">client_id: {made.client_id}</p>
      {made.client_secret !== undefined && (
        <>
          <p className="numeric">client_secret: {made.client_secret}</p>
          <p>{t('desk.secretOnce')}</p>
        </>
      )}
    </Notice>
  );
}

function KnownParty({ clientId }: { clientId: string }) {
  const { t } = useTranslation();
  const party = useRelyingParty(clientId);
  return (
    <Screen back="/desk/relying-parties" header={t('desk.title')} wide>
      <Loaded query={party} blocks={[80, 300]}>
        {(data) => <Edit party={data} />}
      </Loaded>
    </Screen>
  );
}

function Edit({ party }: { party: RelyingPartyDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [isSaved, setIsSaved] = useState(false);
  const { client_id, registration, state, refused } = party;
  const settle = () => queries.invalidateQueries({ queryKey: kPartiesKey });
  const change = useMutation({
    mutationFn: (changed: typeof registration) => changeParty(client_id, changed),
    onSuccess: () => {
      setIsSaved(true);
      return settle();
    },
  });
  const turn = useMutation({
    mutationFn: () => setPartyState(client_id, state === 'live' ? 'disabled' : 'live'),
    onSuccess: settle,
  });
  const secret = useMutation({ mutationFn: () => rotateSecret(client_id), onSuccess: settle });
  return (
    <>
      <PageTitle>{nameOf(party, language)}</PageTitle>
      <p className="soft numeric">client_id: {client_id}</p>
      {isSaved && <Notice look="good" title={t('desk.saved')} announce />}
      {secret.data !== undefined && <Secret made={secret.data} />}
      <RegistrationForm
        initial={registration}
        pending={change.isPending}
        onSubmit={(changed, refuse) => change.mutate(changed, { onError: refuse })}
      />
      <section className="stack-s">
        <h2>{t('desk.refused')}</h2>
        {refused.length === 0 && <p className="soft">{t('desk.refusedNone')}</p>}
        <ul className="dashes">
          {refused.map((ask) => (
            <li key={ask.asked}>
              <span className="numeric">{ask.asked}</span>
              {` × ${ask.times}, ${formatMoment(ask.last_at, language)}`}
            </li>
          ))}
        </ul>
      </section>
      <div className="pair">
        <Button look="secondary" pending={turn.isPending} onClick={() => turn.mutate()}>
          {t(state === 'live' ? 'desk.disable' : 'desk.enable')}
        </Button>
        {registration.token_endpoint_auth_method === 'client_secret_basic' && (
          <Button look="secondary" pending={secret.isPending} onClick={() => secret.mutate()}>
            {t('desk.rotate')}
          </Button>
        )}
      </div>
      <ErrorNotice error={turn.error ?? secret.error} />
    </>
  );
}
