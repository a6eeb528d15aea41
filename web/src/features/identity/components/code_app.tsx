import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TotpEnrolment } from '../../../shared/api/types';
import { qrPath } from '../../../shared/qr_path';
import { Button } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { confirmTotp, removeTotp, startTotp } from '../api/authenticators';
import { CodeField, digitsOf } from './code_field';
import { ProveAgain, useProvenChange } from './prove_again';

const kDigits = 6;

export function CodeApp({ isOn, onTurnedOn }: { isOn: boolean; onTurnedOn: () => void }) {
  const { t } = useTranslation();
  const [enrolment, setEnrolment] = useState<TotpEnrolment>();
  const start = useProvenChange(startTotp, setEnrolment);
  const stop = useProvenChange(removeTotp, () => undefined);
  const change = isOn ? stop : start;
  const actions = change.mustProve ? (
    <ProveAgain onProven={() => change.run.mutate()} onCancel={() => change.run.reset()} />
  ) : (
    <div>
      <Button look="secondary" pending={change.run.isPending} onClick={() => change.run.mutate()}>
        {t(isOn ? 'security.totpOff' : 'security.totpOn')}
      </Button>
    </div>
  );
  return (
    <section className="stack-s">
      <div className="session__head">
        <h2>{t('security.totp')}</h2>
        {isOn && <Chip>{t('security.on')}</Chip>}
      </div>
      <p className="soft">{t('security.totpText')}</p>
      {enrolment !== undefined && !isOn ? (
        <ConfirmApp enrolment={enrolment} onDone={onTurnedOn} />
      ) : (
        actions
      )}
      <ErrorNotice error={change.error} />
    </section>
  );
}

function ConfirmApp({ enrolment, onDone }: { enrolment: TotpEnrolment; onDone: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const confirm = useMutation({ mutationFn: () => confirmTotp(code), onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === kDigits && !confirm.isPending) confirm.mutate();
  };
  const qr = qrPath(enrolment.otpauth_uri, 'Byte');
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p>{t('security.totpScan')}</p>
      <svg
        className="totp-qr"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        role="img"
        aria-label={t('security.totpQr')}
      >
        <path d={qr.d} />
      </svg>
      <p className="small">
        {t('security.totpByHand')} <code className="totp-secret">{enrolment.secret}</code>
      </p>
      <CodeField
        label={t('security.totpCode')}
        digits={kDigits}
        value={code}
        onChange={(text) => setCode(digitsOf(text, kDigits))}
      />
      <ErrorNotice error={confirm.error} />
      <Button type="submit" pending={confirm.isPending}>
        {t('security.totpConfirm')}
      </Button>
    </form>
  );
}
