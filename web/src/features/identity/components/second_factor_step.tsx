import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactorMethod, SecondFactorNeeded, SessionOpened } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { startSecondFactorPasskey } from '../api/authenticators';
import { answerChallenge, startChallenge } from '../api/challenge';
import { giveSecondFactor } from '../api/sessions';
import { signByPasskey } from '../webauthn';
import { PasskeyError } from './passkeys';

type TypedMethod = Exclude<SecondFactorMethod, 'passkey'>;

interface SecondFactorStepProps {
  needed: SecondFactorNeeded;
  phone: string;
  onOpened: (opened: SessionOpened) => void;
  onBack: () => void;
}

/** The password was right; now something that only its owner has. */
export function SecondFactorStep({ needed, phone, onOpened, onBack }: SecondFactorStepProps) {
  const { t } = useTranslation();
  const typed = needed.methods.filter((method): method is TypedMethod => method !== 'passkey');
  const [chosen, setChosen] = useState<TypedMethod | undefined>(typed[0]);
  const byPasskey = useMutation({
    mutationFn: async () => {
      const passkey = await signByPasskey(await startSecondFactorPasskey(needed.ticket));
      return giveSecondFactor(needed.ticket, { passkey });
    },
    onSuccess: onOpened,
  });
  return (
    <Screen>
      <PageTitle>{t('secondFactor.title')}</PageTitle>
      <p className="screen__lead">{t('secondFactor.lead')}</p>
      {needed.methods.includes('passkey') && (
        <>
          <Button pending={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            {t('secondFactor.passkey')}
          </Button>
          <PasskeyError error={byPasskey.error} />
        </>
      )}
      {chosen !== undefined && (
        <TypedCode
          key={chosen}
          method={chosen}
          ticket={needed.ticket}
          phone={phone}
          onOpened={onOpened}
        />
      )}
      {typed
        .filter((method) => method !== chosen)
        .map((method) => (
          <Button key={method} look="quiet" onClick={() => setChosen(method)}>
            {t(`secondFactor.use.${method}`)}
          </Button>
        ))}
      <Button look="quiet" onClick={onBack}>
        {t('secondFactor.back')}
      </Button>
    </Screen>
  );
}

interface TypedCodeProps {
  method: TypedMethod;
  ticket: string;
  phone: string;
  onOpened: (opened: SessionOpened) => void;
}

function TypedCode({ method, ticket, phone, onOpened }: TypedCodeProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const call = useMutation({ mutationFn: () => startChallenge({ phone, channel: 'call' }) });
  const give = useMutation({
    mutationFn: async () => {
      if (method === 'totp') return giveSecondFactor(ticket, { totp_code: code.replace(/\s/g, '') });
      if (method === 'recovery_code') return giveSecondFactor(ticket, { recovery_code: code });
      const { registration_token } = await answerChallenge(call.data?.challenge_id ?? '', code);
      return giveSecondFactor(ticket, { registration_token });
    },
    onSuccess: onOpened,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code !== '' && !give.isPending) give.mutate();
  };
  if (method === 'phone' && call.data === undefined) {
    return (
      <>
        <Button pending={call.isPending} onClick={() => call.mutate()}>
          {t('secondFactor.call')}
        </Button>
        <ErrorNotice error={call.error} />
      </>
    );
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextField
        label={t(`secondFactor.label.${method}`)}
        hint={t(`secondFactor.hint.${method}`)}
        name="code"
        inputMode={method === 'recovery_code' ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        spellCheck={false}
        maxLength={32}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <ErrorNotice error={give.error} />
      <Button type="submit" pending={give.isPending}>
        {t('secondFactor.submit')}
      </Button>
    </form>
  );
}
