import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Email } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { kEmailKey, useEmail } from '../../../shared/session/email';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { confirmEmail, prepareEmailWork, removeEmail, setEmail } from '../api/email';
import { CodeField } from '../components/code_field';
import { useWorkingAsk } from '../work/use_working_ask';
import { WorkNotice } from '../work/work_notice';

export function EmailPage() {
  const { t } = useTranslation();
  const email = useEmail();
  return (
    <Screen back="/profile">
      <div className="screen__head">
        <PageTitle>{t('email.title')}</PageTitle>
        <p className="screen__lead">{t('email.lead')}</p>
      </div>
      <BlockedNotice needs={['profile']} />
      <Loaded query={email} blocks={[110]}>
        {(state) =>
          state.available ? <Address state={state} /> : <p>{t('email.unavailable')}</p>
        }
      </Loaded>
    </Screen>
  );
}

function Address({ state }: { state: Email }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [isChanging, setIsChanging] = useState(false);
  const remove = useMutation({
    mutationFn: removeEmail,
    onSuccess: () => queries.invalidateQueries({ queryKey: kEmailKey }),
  });
  const { confirmed, pending } = state;
  return (
    <>
      {confirmed && (
        <section className="stack-s">
          <h2>{confirmed.email_masked}</h2>
          <p className="soft small">
            {t('email.confirmed', { day: formatDay(confirmed.confirmed_at, language) })}
          </p>
        </section>
      )}
      {pending && (
        <EnterCode key={pending.expires_at} address={pending.email_masked} digits={state.code_digits} />
      )}
      {isChanging || (!confirmed && !pending) ? (
        <EnterAddress onDone={() => setIsChanging(false)} />
      ) : (
        <div className="pair">
          <Button look="secondary" onClick={() => setIsChanging(true)}>
            {t(pending ? 'email.other' : 'email.change')}
          </Button>
          <Button look="secondary" pending={remove.isPending} onClick={() => remove.mutate()}>
            {t('email.remove')}
          </Button>
        </div>
      )}
      <ErrorNotice error={remove.error} />
    </>
  );
}

const kReasons = { 'email.malformed': 'address' } as const;

function EnterAddress({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [address, setAddress] = useState('');
  const { start: send, ...work } = useWorkingAsk<string, Email>({
    ask: (email, proof) => setEmail({ email, ...proof }),
    prepare: prepareEmailWork,
    onSuccess: (state) => {
      queries.setQueryData(kEmailKey, state);
      onDone();
    },
  });
  const fields = useFieldErrors(send.error, kReasons);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ address: address.trim() === '' ? t('email.empty') : undefined });
    if (isFilled && !send.isPending) send.mutate(address);
  };
  return (
    <form ref={fields.form} className="stack" onSubmit={submit} noValidate>
      <TextField
        label={t('email.label')}
        error={fields.of('address')}
        type="email"
        name="email"
        autoComplete="email"
        maxLength={254}
        value={address}
        onChange={(event) => {
          setAddress(event.target.value);
          fields.forget('address');
        }}
      />
      <Button type="submit" pending={send.isPending}>
        {t('email.send')}
      </Button>
      <WorkNotice
        isWorking={work.isWorking}
        isCancelled={work.isCancelled}
        error={fields.rest}
        onCancel={work.cancel}
      />
    </form>
  );
}

/** The letter's link carries the code behind the #, where no server sees it. */
function codeOfLink(digits: number): string {
  const code = /^#code=(\d+)$/.exec(window.location.hash)?.[1] ?? '';
  return code.length === digits ? code : '';
}

function EnterCode({ address, digits }: { address: string; digits: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [code, setCode] = useState(() => codeOfLink(digits));
  const confirm = useMutation({
    mutationFn: confirmEmail,
    onSuccess: () => queries.invalidateQueries({ queryKey: kEmailKey }),
  });
  const change = (next: string) => {
    setCode(next);
    if (next.length !== digits || confirm.isPending) return;
    setCode('');
    confirm.mutate(next);
  };
  return (
    <Notice look="calm" title={t('email.sent', { address })}>
      <CodeField
        label={t('email.code')}
        digits={digits}
        value={code}
        onChange={change}
        invalid={confirm.isError && code === ''}
      />
      {code.length === digits && (
        <Button pending={confirm.isPending} onClick={() => change(code)}>
          {t('email.confirm')}
        </Button>
      )}
      <p className="soft small">{t('email.spam')}</p>
      <ErrorNotice error={confirm.error} />
    </Notice>
  );
}
