import { useMutation } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import type { Authorization } from '../../../shared/api/types';
import { useSession } from '../../../shared/session/me';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { Skeleton } from '../../../shared/ui/skeleton';
import { decide, useAuthorization, type Decision } from '../api/authorization';
import { ConsentForm } from '../components/consent_form';

const kProblems = ['party_unknown', 'redirect_uri', 'request_uri', 'malformed'] as const;

/** Where a relying party's request waits for the person: sign in, read, decide. */
export function AuthorizePage({ reenter }: { reenter: ReactNode }) {
  const [parameters] = useSearchParams();
  const requestId = parameters.get('request');
  if (requestId !== null) return <Request requestId={requestId} reenter={reenter} />;
  return <Trouble problem={parameters.get('problem') ?? ''} />;
}

function Trouble({ problem }: { problem: string }) {
  const { t } = useTranslation();
  const known = kProblems.find((one) => `authorization.${one}` === problem) ?? 'malformed';
  return (
    <Screen actions={<ButtonLink to="/">{t('error.toHome')}</ButtonLink>}>
      <PageTitle>{t('connect.problemTitle')}</PageTitle>
      <p className="screen__lead">{t(`connect.problem.${known}`)}</p>
    </Screen>
  );
}

function Request({ requestId, reenter }: { requestId: string; reenter: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession().data;
  const who = session?.me?.citizen_id ?? '';
  const authorization = useAuthorization(requestId, who);
  const answer = useMutation({
    mutationFn: (decision: Decision) =>
      decide(
        requestId,
        decision,
        decision === 'agree' ? authorization.data?.document?.sha256 : undefined,
      ),
    onError: () => void authorization.refetch(),
    onSuccess: ({ location }) => window.location.assign(location),
  });
  const { mutate } = answer;
  const isReady = authorization.data?.state === 'ready';
  useEffect(() => {
    if (isReady) mutate('continue');
  }, [isReady, mutate]);
  const error = authorization.error ?? answer.error;
  if (authorization.data === undefined || session === undefined || isReady) {
    if (!error) return <Leaving />;
    return (
      <Screen actions={<ButtonLink to="/">{t('error.toHome')}</ButtonLink>}>
        <PageTitle>{t('connect.problemTitle')}</PageTitle>
        <ErrorNotice error={error} />
      </Screen>
    );
  }
  if (authorization.data.state === 'consent') {
    return (
      <ConsentForm
        authorization={authorization.data}
        pending={answer.isPending || answer.isSuccess}
        error={answer.error}
        onDecide={mutate}
      />
    );
  }
  return (
    <FirstStep
      authorization={authorization.data}
      reenter={reenter}
      onRefuse={() => mutate('refuse')}
      pending={answer.isPending || answer.isSuccess}
    />
  );
}

function Leaving() {
  return (
    <Screen>
      <Skeleton blocks={[60, 160, 160]} />
    </Screen>
  );
}

interface FirstStepProps {
  authorization: Authorization;
  reenter: ReactNode;
  pending: boolean;
  onRefuse: () => void;
}

/** What has to be done before anything can be decided. */
function FirstStep({ authorization, reenter, pending, onRefuse }: FirstStepProps) {
  const { t } = useTranslation();
  const { state, party } = authorization;
  const here = encodeURIComponent(window.location.pathname + window.location.search);
  const step = state === 'prove' ? 'prove' : state === 'reenter' ? 'reenter' : 'sign_in';
  const go = {
    sign_in: <ButtonLink to={`/sign-in?next=${here}`}>{t('connect.do.sign_in')}</ButtonLink>,
    reenter,
    prove: <ButtonLink to="/level">{t('connect.do.prove')}</ButtonLink>,
  };
  const actions = (
    <div className="pair">
      <Button look="secondary" pending={pending} onClick={onRefuse}>
        {t('connect.goBack')}
      </Button>
      {go[step]}
    </div>
  );
  return (
    <Screen actions={actions}>
      <div className="screen__head">
        <PageTitle>{t('connect.title', { name: party.name })}</PageTitle>
        <p className="screen__lead">{t('connect.purpose', { purpose: party.purpose })}</p>
      </div>
      <p>{t(`connect.first.${step}`)}</p>
    </Screen>
  );
}
