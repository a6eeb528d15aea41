import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useConfiguration } from '../../../shared/api/configuration';
import { Button } from '../../../shared/ui/button';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { answerChallenge } from '../api/challenge';
import { kPhoneReasons } from '../phone_reasons';
import { useStartChallenge } from '../work/use_start_challenge';
import { WorkNotice } from '../work/work_notice';
import { CodePrompt } from './code_prompt';

/** A number typed in and proven by a code to it. */
export function NewNumberProof({ onProven }: { onProven: (newToken: string) => void }) {
  const { t } = useTranslation();
  const configuration = useConfiguration().data;
  const [phone, setPhone] = useState('');
  const ask = useStartChallenge({});
  const send = ask.start;
  const answer = useMutation({
    mutationFn: (code: string) => answerChallenge(send.data?.challenge_id ?? '', code),
    onSuccess: (started) => onProven(started.registration_token),
  });
  const fields = useFieldErrors(send.error, kPhoneReasons);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ phone: phone.trim() === '' ? t('phone.empty') : undefined });
    if (isFilled && !send.isPending) send.mutate({ phone, channel: 'sms' });
  };
  return (
    <div className="stack">
      <p className="soft">{t('numbers.newLead')}</p>
      <form ref={fields.form} className="stack" onSubmit={submit} noValidate>
        <TextField
          label={t('numbers.newTitle')}
          hint={t('phone.hint', { example: configuration?.phone_example ?? '…' })}
          error={fields.of('phone')}
          type="tel"
          name="phone"
          autoComplete="tel"
          maxLength={64}
          value={phone}
          onChange={(event) => {
            setPhone(event.target.value);
            fields.forget('phone');
          }}
        />
        {send.data === undefined && (
          <Button type="submit" pending={send.isPending}>
            {t('phone.submit')}
          </Button>
        )}
      </form>
      {send.data && (
        <CodePrompt
          key={send.data.challenge_id}
          challenge={send.data}
          pending={answer.isPending}
          error={answer.error}
          onCode={(code) => answer.mutate(code)}
        >
          <div>
            <button
              type="button"
              className="link"
              onClick={() => send.mutate({ phone, channel: 'sms' })}
            >
              {t('code.resend')}
            </button>
          </div>
        </CodePrompt>
      )}
      <WorkNotice
        isWorking={ask.isWorking}
        isCancelled={ask.isCancelled}
        error={fields.rest}
        onCancel={ask.cancel}
      />
    </div>
  );
}
