import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import type { SubjectRequestDetail } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import {
  dataAddress,
  kRequestsKey,
  letterAddress,
  myEvidenceAddress,
  useRequest,
  withdrawRequest,
} from '../api/requests';
import { NumberAndDay } from '../components/number_and_day';
import { RequestClock } from '../components/request_clock';
import { RequestSteps } from '../components/request_steps';

export function RequestPage() {
  const { t } = useTranslation();
  const { requestId = '' } = useParams();
  const request = useRequest(requestId);
  return (
    <Screen back="/requests" header={t('requests.title')}>
      <Loaded query={request} blocks={[60, 200]}>
        {(data) => <Request request={data} />}
      </Loaded>
    </Screen>
  );
}

function Request({ request }: { request: SubjectRequestDetail }) {
  const { t } = useTranslation();
  const { kind, state, late, closed_at, authority, request_id } = request;
  const hasFile = kind === 'copy' || kind === 'information';
  const mayComplain = late || state === 'refused';
  return (
    <>
      <div className="screen__head">
        <PageTitle>{t(`requests.kind.${kind}`)}</PageTitle>
        <RequestClock request={request} />
        <p className="soft small">{t('request.basis', { basis: request.basis })}</p>
        <NumberAndDay request={request} />
      </div>
      {request.consent !== undefined && <Notice title={t('request.consentEnded')} />}
      {hasFile && (
        <Notice look="good" title={t(`request.fileReady.${kind === 'copy' ? 'copy' : 'information'}`)}>
          <p>{t('request.fileNote')}</p>
          <p className="request-templates">
            <a href={dataAddress(request_id)} download>
              {t('request.file')}
            </a>
            <a href={`${dataAddress(request_id)}?format=pdf`} download>
              {t('request.filePdf')}
            </a>
          </p>
        </Notice>
      )}
      {mayComplain && (
        <Notice look="attention" title={t(late ? 'request.lateTitle' : 'request.refusedTitle')}>
          <p>{t('request.complain', { authority: authority.name })}</p>
          {authority.address !== undefined && (
            <a href={authority.address} target="_blank" rel="noopener noreferrer">
              {authority.address}
            </a>
          )}
        </Notice>
      )}
      <section className="stack-s">
        <h2>{t('request.steps')}</h2>
        <RequestSteps events={request.events} />
      </section>
      <Paper requestId={request_id} />
      {closed_at === undefined && <TakeBack request={request} />}
    </>
  );
}

function Paper({ requestId }: { requestId: string }) {
  const { t } = useTranslation();
  return (
    <section className="stack-s">
      <h2>{t('request.paper')}</h2>
      <p className="soft small">{t('request.evidenceNote')}</p>
      <p className="request-templates">
        <a href={letterAddress(requestId)} download>
          {t('request.letter')}
        </a>
        <a href={myEvidenceAddress(requestId)} download>
          {t('request.evidence')}
        </a>
      </p>
    </section>
  );
}

function TakeBack({ request }: { request: SubjectRequestDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => withdrawRequest(request),
    onSuccess: async () => {
      setIsAsking(false);
      await queries.invalidateQueries({ queryKey: kRequestsKey });
    },
  });
  return (
    <>
      <Button look="secondary" onClick={() => setIsAsking(true)}>
        {t('request.takeBack')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('request.takeBackTitle')}
          text={t('request.takeBackText')}
          confirm={t('request.takeBack')}
          pending={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
