import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';
import type { RequestKind, RequestTerm } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextArea } from '../../../shared/ui/text_area';
import { useConsents } from '../api/consents';
import { createRequest, kRequestKinds, kRequestsKey, useRequests } from '../api/requests';
import '../components/requests.css';

const kCharactersMax = 4000;

/** One choice, words where they are needed, one button. */
export function NewRequestPage() {
  const { t } = useTranslation();
  const requests = useRequests();
  return (
    <Screen back="/requests" header={t('requests.title')}>
      <PageTitle>{t('request.new')}</PageTitle>
      <Loaded query={requests} blocks={[400]}>
        {(list) => <RequestForm terms={list.kinds} />}
      </Loaded>
    </Screen>
  );
}

function RequestForm({ terms }: { terms: RequestTerm[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [kind, setKind] = useState<RequestKind | null>(null);
  const [text, setText] = useState('');
  const [takesConsent, setTakesConsent] = useState(false);
  const create = useMutation({
    mutationFn: createRequest,
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: kRequestsKey });
      void navigate(`/requests/${made.request_id}`, { replace: true });
    },
  });
  const term = terms.find((one) => one.kind === kind);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind === null || create.isPending) return;
    create.mutate({
      kind,
      ...(text.trim() === '' ? {} : { text }),
      ...(takesConsent && isStopping(kind) ? { consent: 'registry_documents' } : {}),
    });
  };
  return (
    <form className="stack-l" onSubmit={submit} noValidate>
      <KindChoice chosen={kind} onChoose={setKind} />
      {kind !== null && <Shortcut kind={kind} />}
      {kind !== null && isStopping(kind) && (
        <ConsentBox isOn={takesConsent} onTurn={setTakesConsent} />
      )}
      {term !== undefined && (
        <>
          <TextArea
            label={t(term.needs_text ? 'request.words' : 'request.wordsOptional')}
            hint={t(term.answered_at_once ? 'request.wordsAtOnce' : 'request.wordsHint')}
            value={text}
            charactersMax={kCharactersMax}
            onChange={setText}
          />
          <p className="soft">
            {t(term.in_working_days ? 'request.termWorking' : 'request.termCalendar', { count: term.days })}{' '}
            <span className="small">({term.basis})</span>
          </p>
        </>
      )}
      <ErrorNotice error={create.error} />
      <Button type="submit" pending={create.isPending} aria-disabled={kind === null}>
        {t('request.send')}
      </Button>
    </form>
  );
}

const isStopping = (kind: RequestKind) => kind === 'stop' || kind === 'blocking';

interface KindChoiceProps {
  chosen: RequestKind | null;
  onChoose: (kind: RequestKind) => void;
}

function KindChoice({ chosen, onChoose }: KindChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="request-choice">
      <legend className="field__label">{t('request.what')}</legend>
      {kRequestKinds.map((kind) => (
        <label key={kind}>
          <input type="radio" name="kind" checked={chosen === kind} onChange={() => onChoose(kind)} />
          <span>
            {t(`requests.kind.${kind}`)}
            <span className="soft small">{t(`request.kindNote.${kind}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What does not need a request at all. */
function Shortcut({ kind }: { kind: RequestKind }) {
  const { t } = useTranslation();
  if (kind !== 'correction' && kind !== 'erasure' && kind !== 'blocking') return null;
  return (
    <p>
      {t(`request.shortcut.${kind}`)}{' '}
      {kind === 'blocking' ? (
        <Link to="/my-data/blocks">{t('request.toBlocks')}</Link>
      ) : (
        <Link to="/profile">{t('request.toProfile')}</Link>
      )}
    </p>
  );
}

function ConsentBox({ isOn, onTurn }: { isOn: boolean; onTurn: (isOn: boolean) => void }) {
  const { t } = useTranslation();
  const consents = useConsents();
  const isLive = consents.data?.consents.some(
    (one) => one.purpose === 'registry_documents' && one.state === 'granted',
  );
  if (isLive !== true) return null;
  return (
    <div className="request-choice">
      <label>
        <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.target.checked)} />
        <span>{t('request.withConsent')}</span>
      </label>
    </div>
  );
}
