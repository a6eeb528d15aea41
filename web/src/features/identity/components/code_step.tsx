import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { useConfiguration } from '../../../shared/api/configuration';
import type { Challenge } from '../../../shared/api/types';
import { formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { answerChallenge } from '../api/challenge';
import { isChallengeOver } from '../challenge_over';
import { deliveryWords, isSmsLost } from '../delivery_words';
import { changeDraft, kRecoveryPath, useDraft } from '../registration_draft';
import { useDelivery } from '../use_delivery';
import { useStartChallenge } from '../work/use_start_challenge';
import { WorkNotice } from '../work/work_notice';
import { CallExample } from './call_example';
import { CodeField } from './code_field';
import { CodeOver } from './code_over';
import { CodeReason } from './code_reason';
import { LostSms } from './lost_sms';
import { SmsFallback } from './sms_fallback';

/** A code that lives longer than this is one that many may wait for: it may have come already. */
const kShortLifeMs = 30 * 60_000;

export function CodeStep({ challenge }: { challenge: Challenge }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const configuration = useConfiguration().data;
  const { phone, recovers } = useDraft();
  const language = useLanguage();
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const digits = challenge.code_digits;
  const delivery = useDelivery(challenge);
  // A call that failed goes on as an SMS with the same digits.
  const channel = delivery?.channel ?? challenge.channel;
  const isCall = channel === 'call';
  const isLost = delivery !== undefined && isSmsLost(delivery);
  const smsTitle = delivery?.state === 'failed' ? 'code.lostTitle' : 'code.smsTitle';
  const news = delivery && deliveryWords(challenge.channel, delivery);
  const answer = useMutation({
    mutationFn: (given: string) => answerChallenge(challenge.challenge_id, given),
    onSuccess: (started) => {
      changeDraft({ started, challenge: undefined });
      const isPasswordNext = started.account === 'new' || (recovers && started.account === 'existing');
      const next = isPasswordNext ? 'password' : 'exists';
      void navigate(`/register/${next}`, { replace: true });
    },
    onError: () => {
      setCode('');
      field.current?.focus();
    },
  });
  const change = (next: string) => {
    setCode(next);
    if (next.length === digits && !answer.isPending) answer.mutate(next);
  };
  const anew = useStartChallenge({
    onSuccess: (next) => {
      changeDraft({ challenge: next, challenged_at: performance.now(), sms_because: undefined });
      answer.reset();
    },
  });
  const back = recovers ? kRecoveryPath : '/register';
  const work = (
    <WorkNotice
      isWorking={anew.isWorking}
      isCancelled={anew.isCancelled}
      error={anew.start.error}
      onCancel={anew.cancel}
    />
  );
  const reset = () => {
    answer.reset();
    setCode('');
  };
  if (isChallengeOver(answer.error)) {
    const restart = () => anew.start.mutate({ phone, channel: 'sms' });
    return (
      <CodeOver {...{ back, isCall }} error={answer.error} pending={anew.start.isPending} onRestart={restart}>
        {work}
      </CodeOver>
    );
  }
  const isEarlier = Date.parse(challenge.expires_at) - Date.parse(challenge.sent_at) > kShortLifeMs;
  return (
    <Screen back={back} header={t('code.header')}>
      <div className="screen__head">
        <PageTitle key={channel}>{t(isCall ? 'code.callTitle' : smsTitle)}</PageTitle>
        <p className="screen__lead" id="code-lead">
          {isCall
            ? t('code.callLead', { count: digits })
            : t('code.smsLead', { phone: challenge.phone_masked })}
        </p>
      </div>
      <p className={news ? 'soft' : 'visually-hidden'} role="status">
        {news && t(news)}
      </p>
      {isCall && configuration && (
        <CallExample phoneExample={configuration.phone_example} digits={digits} />
      )}
      <CodeReason digits={digits} isCall={isCall} />
      {isEarlier && <p>{t('code.sentEarlier', { time: formatTime(challenge.sent_at, language) })}</p>}
      {isCall && challenge.attempts_left === 1 && <p>{t('code.oneTry')}</p>}
      <CodeField
        ref={field}
        label={t(isCall ? 'code.label_call' : 'code.label_sms', { count: digits })}
        digits={digits}
        value={code}
        onChange={change}
        describedBy="code-lead"
        invalid={answer.isError && code === ''}
      />
      <p className="visually-hidden" role="status">
        {answer.isPending ? t('code.checking') : ''}
      </p>
      <ErrorNotice error={answer.error} />
      {work}
      {isLost && configuration && (
        <LostSms callDigits={configuration.call_code_digits} onCalled={reset} />
      )}
      {configuration && (
        <SmsFallback
          key={challenge.challenge_id + channel + challenge.expires_at}
          challenge={{ ...challenge, channel }}
          automaticAfterS={configuration.sms_fallback_after_s}
          onSwitched={reset}
        />
      )}
      <Notice look="attention" title={t('code.warnTitle')}>
        <p>{t('code.warnText')}</p>
      </Notice>
    </Screen>
  );
}
