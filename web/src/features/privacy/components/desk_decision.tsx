import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskRequestDetail } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { Choice } from '../../../shared/ui/choice';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { ErrorSummary } from '../../../shared/ui/error_summary';
import { Notice } from '../../../shared/ui/notice';
import { TextArea } from '../../../shared/ui/text_area';
import { useForm } from '../../../shared/ui/use_form';
import { groundsFor, hasGaps, writtenIn } from '../answer_text';
import { doAtDesk, type DeskAct } from '../api/requests';
import { AnswerTemplates, type Act } from './answer_templates';
import './requests.css';

const kCharactersMax = 8000;
const kFields = ['act', 'ground', 'words'] as const;
const kReasons = { 'request.ground_unknown': 'ground', 'request.text_too_long': 'words' } as const;

interface DeskDecisionProps {
  request: DeskRequestDetail;
  onDone: () => void;
}

/** Answer, refuse on a ground, or extend: one form, the words go to the person as they stand. */
export function DeskDecision({ request, onDone }: DeskDecisionProps) {
  const { t } = useTranslation();
  // Nothing is chosen for the officer: a decision that was never made must not be sent.
  const [act, setAct] = useState<Act | null>(null);
  const [ground, setGround] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const form = useForm(kFields, kReasons);
  const decide = useMutation({
    mutationFn: (what: DeskAct) => doAtDesk(request, what),
    onSuccess: onDone,
    onError: (error) => {
      setIsAsking(false);
      form.refuse(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isClean = form.check({
      act: act === null ? t('requestDesk.wrong.act') : undefined,
      ground: act === 'refusal' && ground === null ? t('requestDesk.wrong.ground') : undefined,
      words: text.trim() === '' ? t('requestDesk.wrong.words') : hasGaps(text) ? t('requestDesk.wrong.gaps') : undefined,
    });
    if (isClean && !decide.isPending) setIsAsking(true);
  };
  const send = () => {
    if (act === null) return;
    decide.mutate(act === 'refusal' ? { act, text, ground: ground ?? '' } : { act, text });
  };
  const write = (words: string) => {
    setText(words);
    form.touch('words');
  };
  const foreign = useOtherLanguage(request, text);
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <h2>{t('requestDesk.decide')}</h2>
      <ActChoice request={request} id={form.idOf('act')} chosen={act} error={form.of('act')}
        onChoose={(one) => { setAct(one); form.touch('act'); }} />
      {act === 'refusal' && (
        <Choice id={form.idOf('ground')} name="ground" legend={t('requestDesk.ground')} chosen={ground} error={form.of('ground')}
          onChoose={(one) => { setGround(one); form.touch('ground'); }}
          items={groundsFor(request.kind, request.grounds).map((one) => ({ value: one.name, label: one.text, note: one.norm }))} />
      )}
      {act !== null && (
        <AnswerTemplates act={act} request={request} onInsert={(words) => write(text === '' ? words : `${text}\n\n${words}`)} />
      )}
      <TextArea
        id={form.idOf('words')}
        label={t('requestDesk.words')}
        hint={t(request.language === 'en' ? 'requestDesk.readsEnglish' : 'requestDesk.readsRussian')}
        lang={request.language}
        value={text}
        charactersMax={kCharactersMax}
        error={form.of('words')}
        onChange={write}
      />
      {foreign !== undefined && <Notice look="attention" title={foreign} announce />}
      <ErrorSummary form={form} onRetry={onDone} />
      <Button type="submit" pending={decide.isPending}>
        {t(`requestDesk.submit.${act ?? 'answer'}`)}
      </Button>
      {isAsking && act !== null && (
        <ConfirmDialog
          title={t(`requestDesk.sure.${act}`)}
          text={[foreign, t(`requestDesk.sureText.${act}`)].filter(Boolean).join(' ')}
          confirm={t(`requestDesk.submit.${act}`)}
          pending={decide.isPending}
          onConfirm={send}
          onClose={() => setIsAsking(false)}
        />
      )}
    </form>
  );
}

/** Said when the words are not in the language the person reads. */
function useOtherLanguage({ language }: DeskRequestDetail, text: string): string | undefined {
  const { t } = useTranslation();
  const written = writtenIn(text);
  const reads = language === 'en' ? 'en' : 'ru';
  return written === undefined || written === reads ? undefined : t(`requestDesk.otherLanguage.${reads}`);
}

interface ActChoiceProps {
  request: DeskRequestDetail;
  id: string;
  chosen: Act | null;
  error: string | undefined;
  onChoose: (act: Act) => void;
}

function ActChoice({ request, ...rest }: ActChoiceProps) {
  const { t } = useTranslation();
  const { extension_working_days: count, extended, late } = request;
  const acts: Act[] = ['answer', 'refusal'];
  if (count > 0 && !extended && !late) acts.push('extension');
  return (
    <Choice {...rest} name="act" legend={t('requestDesk.what')}
      items={acts.map((one) => ({ value: one, label: t(`requestDesk.act.${one}`, { count }) }))} />
  );
}
