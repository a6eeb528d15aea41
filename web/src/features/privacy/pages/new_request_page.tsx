import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';
import type { RequestKind, RequestTerm } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { Choice } from '../../../shared/ui/choice';
import { ErrorSummary } from '../../../shared/ui/error_summary';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextArea } from '../../../shared/ui/text_area';
import { useForm } from '../../../shared/ui/use_form';
import { useConsents } from '../api/consents';
import { createRequest, kRequestsKey, useRequests } from '../api/requests';
import '../components/requests.css';

const kCharactersMax = 4000;
const kFields = ['kind', 'words'] as const;
const kReasons = {
  'request.kind_unknown': 'kind',
  'request.text_required': 'words',
  'request.text_too_long': 'words',
} as const;

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
  const form = useForm(kFields, kReasons);
  const create = useMutation({
    mutationFn: createRequest,
    onError: form.refuse,
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: kRequestsKey });
      void navigate(`/requests/${made.request_id}`, { replace: true });
    },
  });
  const term = terms.find((one) => one.kind === kind);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isClean = form.check({
      kind: kind === null ? t('request.wrong.kind') : undefined,
      words: term?.needs_text === true && text.trim() === '' ? t('request.wrong.words') : undefined,
    });
    if (!isClean || kind === null || create.isPending) return;
    create.mutate({
      kind,
      ...(text.trim() === '' ? {} : { text }),
      ...(takesConsent && isStopping(kind) ? { consent: 'registry_documents' } : {}),
    });
  };
  return (
    <form className="stack-l" onSubmit={submit} noValidate>
      <Choice
        id={form.idOf('kind')}
        name="kind"
        legend={t('request.what')}
        chosen={kind}
        error={form.of('kind')}
        items={terms.map((one) => ({
          value: one.kind,
          label: t(`requests.kind.${one.kind}`),
          note: t(`request.kindNote.${one.kind}`),
        }))}
        onChoose={(one) => {
          setKind(one);
          form.touch('kind');
          form.touch('words');
        }}
      />
      {kind !== null && <Shortcut kind={kind} />}
      {kind !== null && isStopping(kind) && (
        <ConsentBox isOn={takesConsent} onTurn={setTakesConsent} />
      )}
      {term !== undefined && (
        <>
          <TextArea
            id={form.idOf('words')}
            error={form.of('words')}
            label={t(term.needs_text ? 'request.words' : 'request.wordsOptional')}
            hint={t(term.answered_at_once ? 'request.wordsAtOnce' : 'request.wordsHint')}
            value={text}
            charactersMax={kCharactersMax}
            onChange={(words) => {
              setText(words);
              form.touch('words');
            }}
          />
          <p className="soft">
            {t(term.in_working_days ? 'request.termWorking' : 'request.termCalendar', { count: term.days })}{' '}
            <span className="small">({term.basis})</span>
          </p>
        </>
      )}
      <ErrorSummary form={form} />
      <Button type="submit" pending={create.isPending}>
        {t('request.send')}
      </Button>
    </form>
  );
}

const isStopping = (kind: RequestKind) => kind === 'stop' || kind === 'blocking';

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
    <div className="choice">
      <label>
        <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.target.checked)} />
        <span>{t('request.withConsent')}</span>
      </label>
    </div>
  );
}
