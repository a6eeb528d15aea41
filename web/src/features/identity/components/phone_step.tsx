import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { useConfiguration } from '../../../shared/api/configuration';
import { setDemoNumber } from '../../../shared/session/demo_number';
import { Button } from '../../../shared/ui/button';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { kPhoneReasons } from '../phone_reasons';
import { changeDraft, useDraft } from '../registration_draft';
import { useStartChallenge } from '../work/use_start_challenge';
import { WorkNotice } from '../work/work_notice';
import { ChannelChoice } from './channel_choice';

const kFormId = 'phone-form';

export function PhoneStep() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { phone, channel } = useDraft();
  const configuration = useConfiguration().data;
  const recovers = useSearchParams()[0].get('for') === 'password';
  const { start, isWorking, isCancelled, cancel } = useStartChallenge({
    onSuccess: (challenge) => {
      changeDraft({
        challenge,
        challenged_at: performance.now(),
        sms_because: channel === 'call' && challenge.channel === 'sms' ? 'instead_of_call' : undefined,
        recovers,
        started: undefined,
      });
      void navigate('/register/code');
    },
  });
  const fields = useFieldErrors(start.error, kPhoneReasons);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ phone: phone.trim() === '' ? t('phone.empty') : undefined });
    if (isFilled && !start.isPending) start.mutate({ phone, channel });
  };
  const change = (next: string) => {
    changeDraft({ phone: next });
    setDemoNumber(next);
    fields.forget('phone');
  };
  return (
    <Screen
      back={recovers ? '/sign-in' : '/'}
      actions={
        <>
          <Button type="submit" form={kFormId} pending={start.isPending}>
            {t('phone.submit')}
          </Button>
          <Link className="button button--quiet" to="/sign-in">
            {t(recovers ? 'phone.remembered' : 'phone.haveAccount')}
          </Link>
        </>
      }
    >
      <div className="screen__head">
        <PageTitle key={String(recovers)}>{t(recovers ? 'phone.recoverTitle' : 'phone.title')}</PageTitle>
        <p className="screen__lead">{t(recovers ? 'phone.recoverLead' : 'phone.lead')}</p>
      </div>
      <form id={kFormId} ref={fields.form} className="stack-l" onSubmit={submit} noValidate>
        <TextField
          label={t('phone.label')}
          hint={t('phone.hint', { example: configuration?.phone_example ?? '…' })}
          error={fields.of('phone')}
          type="tel"
          name="phone"
          autoComplete="tel"
          maxLength={64}
          value={phone}
          onChange={(event) => change(event.target.value)}
        />
        <ChannelChoice
          value={channel}
          onChange={(next) => changeDraft({ channel: next })}
          callDigits={configuration?.call_code_digits ?? 5}
          smsDigits={configuration?.sms_code_digits ?? 6}
        />
      </form>
      <WorkNotice {...{ isWorking, isCancelled }} error={fields.rest} onCancel={cancel} />
    </Screen>
  );
}
