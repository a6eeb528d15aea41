import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';
import type { RequestKind, RequestTerm } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { FieldGroup } from '../../../shared/ui/field';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextArea } from '../../../shared/ui/text_area';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { useConsents } from '../api/consents';
import { createRequest, kRequestKinds, kRequestsKey, useRequests } from '../api/requests';
import '../components/requests.css';

const kCharactersMax = 4000;
const kReasons = {
  'request.text_required': 'text',
  'request.text_too_long': 'text',
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
  const create = useMutation({
    mutationFn: createRequest,
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: kRequestsKey });
      void navigate(`/requests/${made.request_id}`, { replace: true });
    },
  });
  const fields = useFieldErrors<'kind' | 'text'>(create.error, kReasons);
  const term = terms.find((one) => one.kind === kind);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isMissing = term?.needs_text === true && text.trim() === '';
    const isFilled = fields.check({
      kind: kind === null ? t('request.kindNone') : undefined,
      text: isMissing ? t('request.wordsNone') : undefined,
    });
    if (!isFilled || kind === null || create.isPending) return;
    create.mutate({
      kind,
      ...(text.trim() === '' ? {} : { text }),
      ...(takesConsent && isStopping(kind) ? { consent: 'registry_documents' } : {}),
    });
  };
  return (
    <form ref={fields.form} className="stack-l" onSubmit={submit} noValidate>
      <KindChoice
        chosen={kind}
        error={fields.of('kind')}
        onChoose={(next) => {
          setKind(next);
          fields.forget('kind');
        }}
      />
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
            error={fields.of('text')}
            onChange={(next) => {
              setText(next);
              fields.forget('text');
            }}
          />
          <p className="soft">
            {t(term.in_working_days ? 'request.termWorking' : 'request.termCalendar', { count: term.days })}{' '}
            <span className="small">({term.basis})</span>
          </p>
        </>
      )}
      <ErrorNotice error={fields.rest} />
      <Button type="submit" pending={create.isPending}>
        {t('request.send')}
      </Button>
    </form>
  );
}

const isStopping = (kind: RequestKind) => kind === 'stop' || kind === 'blocking';

interface KindChoiceProps {
  chosen: RequestKind | null;
  error: string | undefined;
  onChoose: (kind: RequestKind) => void;
}

function KindChoice({ chosen, error, onChoose }: KindChoiceProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('request.what')} choice="one" error={error} className="request-choice">
      {kRequestKinds.map((kind) => (
        <label key={kind}>
          <input type="radio" name="kind" checked={chosen === kind} onChange={() => onChoose(kind)} />
          <span>
            {t(`requests.kind.${kind}`)}
            <span className="soft small">{t(`request.kindNote.${kind}`)}</span>
          </span>
        </label>
      ))}
    </FieldGroup>
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
