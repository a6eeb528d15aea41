import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisputeOutcome } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { Choice } from '../../../shared/ui/choice';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { ErrorSummary } from '../../../shared/ui/error_summary';
import { TextArea } from '../../../shared/ui/text_area';
import { useForm } from '../../../shared/ui/use_form';
import { answerDispute } from '../api/disputes';
import { kDisputeOutcomes } from '../api/entries';

const kCharactersMax = 8000;
const kFields = ['outcome', 'words'] as const;
const kReasons = {
  'dispute.outcome_unknown': 'outcome',
  'dispute.text_required': 'words',
  'dispute.text_too_long': 'words',
} as const;

interface DisputeAnswerFormProps {
  entryId: string;
  onDone: () => void;
}

/** What was found, and the words that go to the person as they stand. */
export function DisputeAnswerForm({ entryId, onDone }: DisputeAnswerFormProps) {
  const { t } = useTranslation();
  // Nothing is found before the officer has said so.
  const [outcome, setOutcome] = useState<DisputeOutcome | null>(null);
  const [text, setText] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const form = useForm(kFields, kReasons);
  const send = useMutation({
    mutationFn: (found: DisputeOutcome) => answerDispute(entryId, { outcome: found, text }),
    onSuccess: onDone,
    onError: (error) => {
      setIsAsking(false);
      form.refuse(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isClean = form.check({
      outcome: outcome === null ? t('disputeDesk.wrong.outcome') : undefined,
      words: text.trim() === '' ? t('disputeDesk.wrong.words') : undefined,
    });
    if (isClean && !send.isPending) setIsAsking(true);
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <h2>{t('disputeDesk.decide')}</h2>
      <Choice
        id={form.idOf('outcome')}
        name="outcome"
        legend={t('disputeDesk.finding')}
        chosen={outcome}
        error={form.of('outcome')}
        items={kDisputeOutcomes.map((one) => ({
          value: one,
          label: t(`disputeDesk.outcome.${one}`),
          note: t(`disputeDesk.outcomeNote.${one}`),
        }))}
        onChoose={(one) => {
          setOutcome(one);
          form.touch('outcome');
        }}
      />
      <TextArea
        id={form.idOf('words')}
        label={t('disputeDesk.words')}
        hint={t('disputeDesk.wordsHint')}
        value={text}
        charactersMax={kCharactersMax}
        error={form.of('words')}
        onChange={(words) => {
          setText(words);
          form.touch('words');
        }}
      />
      <ErrorSummary form={form} onRetry={onDone} />
      <Button type="submit" pending={send.isPending}>
        {t('disputeDesk.send')}
      </Button>
      {isAsking && outcome !== null && (
        <ConfirmDialog
          title={t('disputeDesk.sure')}
          text={t('disputeDesk.sureText')}
          confirm={t('disputeDesk.send')}
          pending={send.isPending}
          onConfirm={() => send.mutate(outcome)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </form>
  );
}
