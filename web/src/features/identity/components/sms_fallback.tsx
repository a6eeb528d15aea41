import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Challenge } from '../../../shared/api/types';
import { formatCountdown } from '../../../shared/i18n/format';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { useNow } from '../../../shared/ui/use_now';
import { startChallenge, switchChallengeToSms } from '../api/challenge';
import { smsTiming } from '../sms_timing';
import { changeDraft, useDraft } from '../registration_draft';

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
  const send = useMutation({
    mutationFn: () =>
      isCall
        ? switchChallengeToSms(challenge.challenge_id)
        : startChallenge({ phone, channel: 'sms' }),
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
    if (isCall && timing.isAutomaticNow && isIdle) mutate();
  }, [isCall, timing.isAutomaticNow, isIdle, mutate]);

  return (
    <div className="stack-s">
      {sms_because !== undefined && !isCall && (
        <p role="status">{t(sms_because === 'no_call' ? 'code.switched' : 'code.resent')}</p>
      )}
      {send.isPending && <p role="status">{t('code.switching')}</p>}
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
          <button type="button" className="link" onClick={() => mutate()}>
            {t(isCall ? 'code.orSmsNow' : 'code.resend')}
          </button>
        </div>
      )}
      <ErrorNotice error={send.error} />
    </div>
  );
}
