import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';
import type { Challenge, Deletion } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { closeSessionHere } from '../../../shared/session/me';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { CardIcon } from '../../../shared/ui/icons';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { RowLink, Rows } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { told } from '../../../shared/ui/told';
import { cancelDeletion, useDeletion } from '../api/deletion';
import { signOut } from '../api/sessions';
import { DeletionConfirm } from '../components/deletion_confirm';
import { DeletionPlan } from '../components/deletion_plan';
import { useDeletionAsk } from '../work/use_deletion_ask';
import { WorkNotice } from '../work/work_notice';

interface DeletionPageProps {
  /** Requests without an answer: the privacy room's part. */
  openRequests: ReactNode;
}

export function DeletionPage({ openRequests }: DeletionPageProps) {
  const deletion = useDeletion();
  return (
    <Loaded query={deletion} blocks={[40, 120, 120]}>
      {(state) => (state.state === 'frozen' ? <Frozen deletion={state} /> : <Ask plan={state} openRequests={openRequests} />)}
    </Loaded>
  );
}

function Ask({ plan, openRequests }: { plan: Deletion } & DeletionPageProps) {
  const { t } = useTranslation();
  const [challenge, setChallenge] = useState<Challenge>();
  const ask = useDeletionAsk(setChallenge);
  const call = ask.start;
  const actions = (
    <div className="pair">
      <ButtonLink to="/profile">{t('deletion.stay')}</ButtonLink>
      <Button look="secondary" pending={call.isPending} onClick={() => call.mutate('call')}>
        {t('deletion.call')}
      </Button>
    </div>
  );
  if (challenge !== undefined) {
    return (
      <Screen
        back={() => setChallenge(undefined)}
        actions={<ButtonLink to="/profile">{t('deletion.stay')}</ButtonLink>}
      >
        <div className="screen__head">
          <PageTitle>{t('deletion.callTitle')}</PageTitle>
        </div>
        <DeletionConfirm
          key={challenge.challenge_id}
          challenge={challenge}
          onChallenge={setChallenge}
        />
      </Screen>
    );
  }
  return (
    <Screen back="/profile" actions={actions}>
      <div className="screen__head">
        <PageTitle>{t('deletion.title')}</PageTitle>
        <p className="screen__lead">{t('deletion.lead')}</p>
      </div>
      {openRequests}
      <DeletionPlan deletion={plan} />
      <WorkNotice
        isWorking={ask.isWorking}
        isCancelled={ask.isCancelled}
        error={call.error}
        onCancel={ask.cancel}
      />
    </Screen>
  );
}

function Frozen({ deletion }: { deletion: Deletion }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const stay = useMutation({
    mutationFn: cancelDeletion,
    onSuccess: async () => {
      await queries.invalidateQueries();
      void navigate('/home', { replace: true, ...told(t('deletion.stayed')) });
    },
  });
  const leave = useMutation({
    mutationFn: async () => {
      await signOut();
      await closeSessionHere(queries);
    },
    onSuccess: () => void navigate('/', { replace: true }),
  });
  return (
    <Screen
      actions={
        <div className="pair">
          <Button pending={stay.isPending} onClick={() => stay.mutate()}>
            {t('deletion.undo')}
          </Button>
          <Button look="secondary" pending={leave.isPending} onClick={() => leave.mutate()}>
            {t('deletion.signOut')}
          </Button>
        </div>
      }
    >
      <div className="screen__head">
        <PageTitle>{t('deletion.frozenTitle')}</PageTitle>
        <p className="screen__lead">
          {t('deletion.frozenLead', { day: formatDay(deletion.erases_at ?? '', language) })}
        </p>
      </div>
      <Notice look="calm" title={t('deletion.receipt')}>
        <p className="numeric">
          <strong>{deletion.receipt}</strong>
        </p>
        <p>{t('deletion.receiptNote')}</p>
        <Link className="link" to="/receipt">
          {t('deletion.receiptLink')}
        </Link>
      </Notice>
      <section className="stack-s">
        <h2>{t('deletion.stillOpen')}</h2>
        <Rows>
          <RowLink
            to="/account/export"
            icon={<CardIcon />}
            title={t('export.title')}
            note={t('deletion.stillExport')}
          />
        </Rows>
        <p className="soft">{t('deletion.stillClosed')}</p>
      </section>
      <ErrorNotice error={stay.error ?? leave.error} />
    </Screen>
  );
}
