import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { enterUserCode } from '../api/device';

const kFormId = 'device-form';
const kReasons = { 'device.code_unknown': 'code' } as const;

/** The code that a device without a browser shows is typed here. */
export function DevicePage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const result = parameters.get('result');
  if (result === null) return <CodeForm initial={parameters.get('user_code') ?? ''} />;
  const isAgreed = result === 'agreed';
  return (
    <Screen actions={<ButtonLink to="/">{t('error.toHome')}</ButtonLink>}>
      <PageTitle>{t(isAgreed ? 'device.agreedTitle' : 'device.refusedTitle')}</PageTitle>
      <p className="screen__lead">{t(isAgreed ? 'device.agreedText' : 'device.refusedText')}</p>
    </Screen>
  );
}

function CodeForm({ initial }: { initial: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [code, setCode] = useState(initial);
  const enter = useMutation({
    mutationFn: () => enterUserCode(code),
    onSuccess: (id) => void navigate(`/authorize?request=${encodeURIComponent(id)}`),
  });
  const fields = useFieldErrors(enter.error, kReasons);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ code: code.trim() === '' ? t('device.empty') : undefined });
    if (isFilled && !enter.isPending) enter.mutate();
  };
  const actions = (
    <Button type="submit" form={kFormId} pending={enter.isPending}>
      {t('device.submit')}
    </Button>
  );
  return (
    <Screen back="/" actions={actions}>
      <div className="screen__head">
        <PageTitle>{t('device.title')}</PageTitle>
        <p className="screen__lead">{t('device.lead')}</p>
      </div>
      <form id={kFormId} ref={fields.form} className="stack" onSubmit={submit} noValidate>
        <TextField
          label={t('device.code')}
          hint={t('device.hint')}
          value={code}
          error={fields.of('code')}
          maxLength={32}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => {
            setCode(event.target.value);
            fields.forget('code');
          }}
        />
      </form>
      <ErrorNotice error={fields.rest} />
    </Screen>
  );
}
