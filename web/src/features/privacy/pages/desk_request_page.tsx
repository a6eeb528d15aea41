import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import type { DeskRequestDetail, PersonData } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { NeedsRole } from '../../../shared/session/needs_role';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { doAtDesk, evidenceAddress, getPersonData, kDeskKey, useDeskRequest } from '../api/requests';
import { DeskDecision } from '../components/desk_decision';
import { NumberAndDay } from '../components/number_and_day';
import { RequestClock } from '../components/request_clock';
import { RequestSteps } from '../components/request_steps';

export function DeskRequestPage() {
  return (
    <NeedsRole of="data_protection_officer">
      <OneRequest />
    </NeedsRole>
  );
}

function OneRequest() {
  const { t } = useTranslation();
  const { requestId = '' } = useParams();
  const request = useDeskRequest(requestId);
  return (
    <Screen back="/desk/requests" header={t('requestDesk.title')} wide>
      <Loaded query={request} blocks={[60, 200]}>
        {(data) => <Work key={data.revision} request={data} />}
      </Loaded>
    </Screen>
  );
}

function Work({ request }: { request: DeskRequestDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const settle = () => queries.invalidateQueries({ queryKey: kDeskKey });
  const take = useMutation({ mutationFn: () => doAtDesk(request, { act: 'taking' }), onSuccess: settle });
  const isOpen = request.closed_at === undefined;
  return (
    <>
      <div className="screen__head">
        <PageTitle>{t(`requests.kind.${request.kind}`)}</PageTitle>
        <RequestClock request={request} />
        <NumberAndDay request={request} />
        <p className="soft small">{t('request.basis', { basis: request.basis })}</p>
        <p className="soft small">{t('requestDesk.recorded')}</p>
      </div>
      {request.own && <Notice title={t('requestDesk.own')} />}
      <RequestSteps events={request.events} />
      {isOpen && !request.own && !request.taken && (
        <Button pending={take.isPending} onClick={() => take.mutate()}>
          {t('requestDesk.take')}
        </Button>
      )}
      <ErrorNotice error={take.error} onRetry={() => void settle()} />
      {isOpen && request.mine && <PersonRecords requestId={request.request_id} />}
      {isOpen && !request.own && request.taken && <DeskDecision request={request} onDone={() => void settle()} />}
      <section className="stack-s">
        <h2>{t('requestDesk.evidence')}</h2>
        <p className="soft small">{t('requestDesk.evidenceNote')}</p>
        <p className="request-templates">
          {(['json', 'html'] as const).map((format) => (
            <a key={format} href={evidenceAddress(request.request_id, format)} download>
              {t(`requestDesk.evidenceFile.${format}`)}
            </a>
          ))}
        </p>
      </section>
    </>
  );
}

/** Opened only when the officer says so: every opening is on the person's record. */
function PersonRecords({ requestId }: { requestId: string }) {
  const { t } = useTranslation();
  const data = useMutation({ mutationFn: () => getPersonData(requestId) });
  return (
    <section className="stack-s">
      <h2>{t('requestDesk.data')}</h2>
      <p className="soft small">{t('requestDesk.dataNote')}</p>
      {data.data === undefined && (
        <Button look="secondary" pending={data.isPending} onClick={() => data.mutate()}>
          {t('requestDesk.showData')}
        </Button>
      )}
      <ErrorNotice error={data.error} />
      {data.data !== undefined && (
        <dl className="facts">
          {data.data.records
            .filter((one) => one.encoding === undefined)
            .map((one) => (
              <PersonFact key={one.category + one.name + one.source} record={one} />
            ))}
        </dl>
      )}
    </section>
  );
}

const kNames = [
  'phone',
  'family_name',
  'given_name',
  'middle_name',
  'birth_date',
  'sex',
  'snils',
  'inn',
  'birth_place',
  'mobile',
  'email',
  'id_document',
  'registration_address',
  'living_address',
  'preferred_name',
] as const;
const kDocuments = ['passport', 'driving_licence', 'oms'] as const;
const kSources = ['self', 'identity_provider', 'registry', 'desk', 'e_passport'] as const;

function PersonFact({ record }: { record: PersonData['records'][number] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = kNames.find((one) => one === record.name);
  const document = kDocuments.find((one) => one === record.name);
  const [kind = '', provider = ''] = record.source.split(':');
  const source = kSources.find((one) => one === kind);
  const day = formatDay(record.since, language);
  const title = name ? t(`profile.attribute.${name}`) : document ? t(`documents.kind.${document}`) : record.name;
  return (
    <Fact name={title} note={source ? t(`profile.source.${source}`, { provider, day }) : record.source}>
      {record.value}
    </Fact>
  );
}
