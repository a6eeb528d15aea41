import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../shared/api/problem';
import { useMe } from '../../../shared/session/me';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { PasswordField } from '../../../shared/ui/password_field';
import { Screen } from '../../../shared/ui/screen';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { exportAccount, type ExportFormat } from '../api/account_export';

function keepFile(file: Blob, format: ExportFormat): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `beresta.${format}`;
  link.click();
  URL.revokeObjectURL(url);
}

const kReasons = { 'password.current_wrong': 'password' } as const;

/** Everything the account holds, as a file. While it is being closed a recent sign-in is proof enough. */
export function ExportPage() {
  const { t } = useTranslation();
  const isClosing = useMe().closing === true;
  const [password, setPassword] = useState('');
  const take = useMutation({
    mutationFn: async (format: ExportFormat) => {
      keepFile(await exportAccount(isClosing ? undefined : password, format), format);
    },
    onSuccess: () => setPassword(''),
  });
  const fields = useFieldErrors(take.error, kReasons);
  const begin = (format: ExportFormat) => {
    const isMissing = !isClosing && password === '';
    const isFilled = fields.check({ password: isMissing ? t('signIn.passwordEmpty') : undefined });
    if (isFilled && !take.isPending) take.mutate(format);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin('html');
  };
  return (
    <Screen back={isClosing ? '/account/deletion' : '/profile'}>
      <div className="screen__head">
        <PageTitle>{t('export.title')}</PageTitle>
        <p className="screen__lead">{t('export.lead')}</p>
      </div>
      <form ref={fields.form} className="stack" onSubmit={submit} noValidate>
        {!isClosing && (
          <PasswordField
            label={t('export.password')}
            name="current-password"
            autoComplete="current-password"
            value={password}
            onChange={(value) => {
              setPassword(value);
              fields.forget('password');
            }}
            hint={t('export.why')}
            error={fields.of('password')}
          />
        )}
        <div className="pair">
          <Button type="submit" pending={take.isPending}>
            {t('export.html')}
          </Button>
          <Button look="secondary" pending={take.isPending} onClick={() => begin('pdf')}>
            {t('export.pdf')}
          </Button>
          <Button look="secondary" pending={take.isPending} onClick={() => begin('json')}>
            {t('export.json')}
          </Button>
        </div>
      </form>
      {take.isSuccess && <Notice look="good" title={t('export.done')} announce />}
      {isClosing && isProblem(take.error, 'reauthentication.required') ? (
        <Notice look="attention" title={t('export.signInAgain')} announce>
          <p>{t('export.signInAgainText')}</p>
        </Notice>
      ) : (
        <ErrorNotice error={fields.rest} />
      )}
      <p className="soft small">{t('export.note')}</p>
    </Screen>
  );
}
