import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';
import { useConfiguration } from '../../../shared/api/configuration';
import { setDemoNumber } from '../../../shared/session/demo_number';
import { Button } from '../../../shared/ui/button';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
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
  const [isEmpty, setIsEmpty] = useState(false);
  const { start, isWorking, isCancelled, cancel } = useStartChallenge({
    onSuccess: (challenge) => {
      changeDraft({
        challenge,
        challenged_at: performance.now(),
        sms_because: undefined,
        started: undefined,
      });
      void navigate('/register/code');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsEmpty(phone.trim() === '');
    if (phone.trim() !== '' && !start.isPending) start.mutate({ phone, channel });
  };
  const change = (next: string) => {
    changeDraft({ phone: next });
    setDemoNumber(next);
  };
  return (
    <Screen
      back="/"
      actions={
        <>
          <Button type="submit" form={kFormId} pending={start.isPending}>
            {t('phone.submit')}
          </Button>
          <Link className="button button--quiet" to="/sign-in">
            {t('phone.haveAccount')}
          </Link>
        </>
      }
    >
      <div className="screen__head">
        <PageTitle>{t('phone.title')}</PageTitle>
        <p className="screen__lead">{t('phone.lead')}</p>
      </div>
      <form id={kFormId} className="stack-l" onSubmit={submit} noValidate>
        <TextField
          label={t('phone.label')}
          hint={t('phone.hint', { example: configuration?.phone_example ?? '…' })}
          error={isEmpty ? t('phone.empty') : undefined}
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
      <WorkNotice {...{ isWorking, isCancelled }} error={start.error} onCancel={cancel} />
    </Screen>
  );
}
