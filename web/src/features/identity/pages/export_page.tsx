import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { PasswordField } from '../../../shared/ui/password_field';
import { Screen } from '../../../shared/ui/screen';
import { exportAccount, type ExportFormat } from '../api/account_export';

function keepFile(file: Blob, format: ExportFormat): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = `beresta.${format}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Everything the account holds, as a file. */
export function ExportPage() {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const take = useMutation({
    mutationFn: async (format: ExportFormat) => {
      keepFile(await exportAccount(password, format), format);
    },
    onSuccess: () => setPassword(''),
  });
  const begin = (format: ExportFormat) => {
    setWasTried(true);
    if (password !== '' && !take.isPending) take.mutate(format);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin('html');
  };
  return (
    <Screen back="/profile" header={t('common.back')}>
      <div className="screen__head">
        <PageTitle>{t('export.title')}</PageTitle>
        <p className="screen__lead">{t('export.lead')}</p>
      </div>
      <form className="stack" onSubmit={submit} noValidate>
        <PasswordField
          label={t('export.password')}
          name="current-password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          hint={t('export.why')}
          error={wasTried && password === '' && !take.isSuccess ? t('signIn.passwordEmpty') : undefined}
        />
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
      <ErrorNotice error={take.error} />
      <p className="soft small">{t('export.note')}</p>
    </Screen>
  );
}
