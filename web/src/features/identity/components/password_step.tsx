import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { useConfiguration } from '../../../shared/api/configuration';
import { isProblem } from '../../../shared/api/problem';
import type { RegistrationStarted } from '../../../shared/api/types';
import { openSession } from '../../../shared/session/me';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { PasswordField } from '../../../shared/ui/password_field';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { recoverAccount, setRegistrationPassword } from '../api/registration';
import { clearDraft, useDraft } from '../registration_draft';

const kFormId = 'password-form';
const kReasons = {
  'password.common': 'password',
  'password.too_short': 'password',
  'password.too_long': 'password',
  'recovery_code.wrong': 'recovery_code',
} as const;

export function PasswordStep({ started }: { started: RegistrationStarted }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { phone, recovers } = useDraft();
  const least = useConfiguration().data?.password_characters_min ?? 8;
  const [password, setPassword] = useState('');
  const [recoveryCode, setRecoveryCode] = useState('');
  const isRecovery = started.account !== 'new';
  const save = useMutation({
    mutationFn: async () => {
      const step = await setRegistrationPassword(started.registration_token, password);
      return step.next === 'recovery'
        ? recoverAccount(started.registration_token, recoveryCode)
        : step.next;
    },
    onSuccess: async (result) => {
      if (typeof result === 'string') return void navigate(`/register/${result}`);
      await openSession(queries, result.me);
      clearDraft();
      void navigate('/home', { replace: true });
    },
  });
  const asksForCode = isProblem(save.error, 'recovery.proof_needed');
  const fields = useFieldErrors<'password' | 'recovery_code'>(save.error, kReasons);
  const needsCode = asksForCode || recoveryCode !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const short = Math.max(0, least - [...password].length);
    const isLong = fields.check({
      password: short > 0 ? t('password.tooShort', { count: short }) : undefined,
    });
    if (isLong && !save.isPending) save.mutate();
  };
  return (
    <Screen
      back="/register"
      header={t('password.header')}
      actions={
        <Button type="submit" form={kFormId} pending={save.isPending}>
          {t(isRecovery ? 'password.submitRecovery' : 'password.submit')}
        </Button>
      }
    >
      <PageTitle>{t(isRecovery ? 'password.titleRecovery' : 'password.title')}</PageTitle>
      {recovers && !isRecovery && <p className="screen__lead">{t('password.noAccount')}</p>}
      <form id={kFormId} ref={fields.form} className="stack" onSubmit={submit} noValidate>
        {/* A password manager stores the pair; the name of the account is the number. */}
        <input
          className="visually-hidden"
          type="text"
          name="username"
          autoComplete="username"
          value={phone}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          label={t('password.label')}
          name="new-password"
          autoComplete="new-password"
          value={password}
          onChange={(next) => {
            setPassword(next);
            fields.forget('password');
          }}
          hint={`${t('password.rule', { count: least })} ${t('password.ruleCommon')}`}
          error={fields.of('password')}
        />
        {needsCode && (
          <TextField
            label={t('password.recoveryCode')}
            hint={t('password.recoveryCodeHint')}
            name="recovery-code"
            autoComplete="off"
            maxLength={32}
            value={recoveryCode}
            error={fields.of('recovery_code')}
            onChange={(event) => {
              setRecoveryCode(event.target.value);
              fields.forget('recovery_code');
            }}
          />
        )}
        {isRecovery && <p className="soft">{t('password.recoveryNote')}</p>}
      </form>
      <ErrorNotice error={fields.rest} />
    </Screen>
  );
}
