import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisputeOutcome } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { TextArea } from '../../../shared/ui/text_area';
import { answerDispute } from '../api/disputes';
import { kDisputeOutcomes } from '../api/entries';

const kCharactersMax = 8000;

interface DisputeAnswerFormProps {
  entryId: string;
  onDone: () => void;
}

/** What was found, and the words that go to the person as they stand. */
export function DisputeAnswerForm({ entryId, onDone }: DisputeAnswerFormProps) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<DisputeOutcome>('rightful');
  const [text, setText] = useState('');
  const send = useMutation({ mutationFn: () => answerDispute(entryId, { outcome, text }), onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!send.isPending) send.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <h2>{t('disputeDesk.decide')}</h2>
      <fieldset className="dispute-finding">
        <legend className="field__label">{t('disputeDesk.finding')}</legend>
        {kDisputeOutcomes.map((one) => (
          <label key={one}>
            <input type="radio" name="outcome" checked={outcome === one} onChange={() => setOutcome(one)} />
            <span>
              {t(`disputeDesk.outcome.${one}`)}
              <span className="soft small">{t(`disputeDesk.outcomeNote.${one}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t('disputeDesk.words')}
        hint={t('disputeDesk.wordsHint')}
        value={text}
        charactersMax={kCharactersMax}
        onChange={setText}
      />
      <ErrorNotice error={send.error} onRetry={onDone} />
      <Button type="submit" pending={send.isPending}>
        {t('disputeDesk.send')}
      </Button>
    </form>
  );
}
