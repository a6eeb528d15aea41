import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import type { NewRelyingParty, RelyingPartyDetail } from '../../../shared/api/types';
import { formatMoment } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
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
import { MadeParty } from '../components/made_party';
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

function NewParty() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: addParty,
    onSuccess: () => queries.invalidateQueries({ queryKey: kPartiesKey }),
  });
  if (add.data !== undefined) return <Registered made={add.data} onAnother={add.reset} />;
  return (
    <Screen back="/desk/relying-parties" header={t('desk.title')} wide>
      <PageTitle>{t('desk.newTitle')}</PageTitle>
      <RegistrationForm pending={add.isPending} error={add.error} onSubmit={add.mutate} />
    </Screen>
  );
}

function Registered({ made, onAnother }: { made: NewRelyingParty; onAnother: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { name_en, name_ru } = made.registration;
  const actions = (
    <>
      <ButtonLink to={`/desk/relying-parties/${encodeURIComponent(made.client_id)}`}>{t('desk.toParty')}</ButtonLink>
      <Button look="secondary" onClick={onAnother}>
        {t('desk.another')}
      </Button>
    </>
  );
  return (
    <Screen back="/desk/relying-parties" header={t('desk.title')} actions={actions} wide>
      <PageTitle>{t('desk.made')}</PageTitle>
      <MadeParty made={made} title={language === 'en' ? name_en : name_ru} />
    </Screen>
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
      <PageTitle>{language === 'en' ? registration.name_en : registration.name_ru}</PageTitle>
      <p className="soft numeric">client_id: {client_id}</p>
      {isSaved && <Notice look="good" title={t('desk.saved')} announce />}
      {secret.data !== undefined && <MadeParty made={secret.data} title={t('desk.rotated')} />}
      <RegistrationForm
        initial={registration}
        pending={change.isPending}
        error={change.error}
        onSubmit={change.mutate}
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
