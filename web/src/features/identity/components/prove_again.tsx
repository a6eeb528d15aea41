import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../shared/api/problem';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PasswordField } from '../../../shared/ui/password_field';
import {
  kAuthenticatorsKey,
  proveAgain,
  startPasskeyProof,
  useAuthenticators,
} from '../api/authenticators';
import { signByPasskey } from '../webauthn';

/** Runs a change; when the server wants to know again who is here, asks and runs it once more. */
export function useProvenChange<T>(change: () => Promise<T>, onSuccess: (result: T) => void) {
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: change,
    onSuccess: (result) => {
      onSuccess(result);
      return queries.invalidateQueries({ queryKey: kAuthenticatorsKey });
    },
  });
  const mustProve = isProblem(run.error, 'reauthentication.required');
  return { run, mustProve, error: mustProve ? null : run.error };
}

interface ProveAgainProps {
  onProven: () => void;
  onCancel: () => void;
}

export function ProveAgain({ onProven, onCancel }: ProveAgainProps) {
  const { t } = useTranslation();
  const hasPasskey = (useAuthenticators().data?.passkeys.length ?? 0) > 0;
  const [password, setPassword] = useState('');
  const byPassword = useMutation({
    mutationFn: () => proveAgain({ password }),
    onSuccess: onProven,
  });
  const byPasskey = useMutation({
    mutationFn: async () =>
      proveAgain({ passkey: await signByPasskey(await startPasskeyProof()) }),
    onSuccess: onProven,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '' && !byPassword.isPending) byPassword.mutate();
  };
  return (
    <form className="stack prove" onSubmit={submit} noValidate>
      <p>{t('security.prove')}</p>
      {hasPasskey && (
        <Button look="secondary" pending={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t('security.proveByPasskey')}
        </Button>
      )}
      <PasswordField
        label={t('signIn.password')}
        name="current-password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <ErrorNotice error={byPassword.error ?? byPasskey.error} />
      <div className="pair">
        <Button look="secondary" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" pending={byPassword.isPending}>
          {t('security.proveSubmit')}
        </Button>
      </div>
    </form>
  );
}
