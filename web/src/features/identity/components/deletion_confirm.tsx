import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Challenge } from '../../../shared/api/types';
import { formatCountdown } from '../../../shared/i18n/format';
import { useNow } from '../../../shared/ui/use_now';
import { confirmDeletion } from '../api/deletion';
import { useDeletionAsk } from '../work/use_deletion_ask';
import { WorkNotice } from '../work/work_notice';
import { CodePrompt } from './code_prompt';

interface DeletionConfirmProps {
  challenge: Challenge;
  onChallenge: (challenge: Challenge) => void;
}

/** The call is on its way: its last digits delete the account. */
export function DeletionConfirm({ challenge, onChallenge }: DeletionConfirmProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [startedAt] = useState(() => performance.now());
  const isCall = challenge.channel === 'call';
  const confirm = useMutation({
    mutationFn: confirmDeletion,
    onSuccess: () => queries.invalidateQueries(),
  });
  const ask = useDeletionAsk(onChallenge);
  const send = ask.start;
  const waitS = challenge.sms_after_s - (useNow(1000) - startedAt) / 1000;
  const phone = challenge.phone_masked;
  return (
    <div className="stack">
      <p>{t(isCall ? 'deletion.callLead' : 'deletion.smsLead', { phone })}</p>
      <CodePrompt
        challenge={challenge}
        pending={confirm.isPending}
        error={confirm.error}
        onCode={(code) => confirm.mutate(code)}
      >
        {isCall && waitS > 0 && (
          <p className="soft numeric">
            {t('deletion.orSmsIn', { time: formatCountdown(waitS) })}
          </p>
        )}
        {isCall && waitS <= 0 && (
          <div>
            <button type="button" className="link" onClick={() => send.mutate('sms')}>
              {t('deletion.orSms')}
            </button>
          </div>
        )}
        {!isCall && (
          <div>
            <button type="button" className="link" onClick={() => send.mutate('call')}>
              {t('deletion.restart')}
            </button>
          </div>
        )}
        <WorkNotice
          isWorking={ask.isWorking}
          isCancelled={ask.isCancelled}
          error={send.error}
          onCancel={ask.cancel}
        />
      </CodePrompt>
    </div>
  );
}
