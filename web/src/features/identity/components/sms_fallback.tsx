import { useEffect } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Challenge } from '../../../shared/api/types';
import { formatCountdown } from '../../../shared/i18n/format';
import { useNow } from '../../../shared/ui/use_now';
import { switchChallengeToSms } from '../api/challenge';
import { smsTiming } from '../sms_timing';
import { changeDraft, useDraft } from '../registration_draft';
import { useStartChallenge } from '../work/use_start_challenge';
import { WorkNotice } from '../work/work_notice';

interface SmsFallbackProps {
  challenge: Challenge;
  automaticAfterS: number;
  onSwitched: () => void;
}

/** The way round when no call or no SMS came: by itself after a while, or sooner when asked. */
export function SmsFallback({ challenge, automaticAfterS, onSwitched }: SmsFallbackProps) {
  const { t } = useTranslation();
  const { phone, challenged_at = 0, sms_because } = useDraft();
  const isCall = challenge.channel === 'call';
  const {
    start: send,
    isWorking,
    isCancelled,
    cancel,
  } = useStartChallenge({
    ask: isCall ? () => switchChallengeToSms(challenge.challenge_id) : undefined,
    onSuccess: (next) => {
      const because = isCall ? 'no_call' : 'asked_again';
      changeDraft({ challenge: next, challenged_at: performance.now(), sms_because: because });
      onSwitched();
    },
  });
  const passedS = (useNow() - challenged_at) / 1000;
  const timing = smsTiming({ passedS, acceptedAfterS: challenge.sms_after_s, automaticAfterS });
  const { isIdle, mutate } = send;
  useEffect(() => {
    if (isCall && timing.isAutomaticNow && isIdle) mutate({ phone, channel: 'sms' });
  }, [isCall, timing.isAutomaticNow, isIdle, mutate, phone]);

  return (
    <div className="stack-s">
      {sms_because === 'no_call' && !isCall && <p role="status">{t('code.switched')}</p>}
      {sms_because === 'asked_again' && !isCall && <p role="status">{t('code.resent')}</p>}
      {send.isPending && !isWorking && <p role="status">{t('code.switching')}</p>}
      {!send.isPending && timing.automaticInS > 0 && isCall && (
        <p className="soft numeric">
          <Trans
            i18nKey="code.noCall"
            values={{ time: formatCountdown(timing.automaticInS) }}
            components={{ b: <strong /> }}
          />
        </p>
      )}
      {!send.isPending && timing.askableInS > 0 && !isCall && (
        <p className="soft numeric">
          <Trans
            i18nKey="code.resendIn"
            values={{ time: formatCountdown(timing.askableInS) }}
            components={{ b: <strong /> }}
          />
        </p>
      )}
      {!send.isPending && timing.askableInS <= 0 && (
        <div>
          <button type="button" className="link" onClick={() => mutate({ phone, channel: 'sms' })}>
            {t(isCall ? 'code.orSmsNow' : 'code.resend')}
          </button>
        </div>
      )}
      <WorkNotice {...{ isWorking, isCancelled }} error={send.error} onCancel={cancel} />
    </div>
  );
}
