import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Challenge, OwnNumber } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { answerChallenge } from '../api/challenge';
import { challengeNumber, prepareNumberWork } from '../api/numbers';
import { useWorkingAsk } from '../work/use_working_ask';
import { WorkNotice } from '../work/work_notice';
import { CodePrompt } from './code_prompt';

interface OwnNumberProofProps {
  number: OwnNumber;
  onProven: (ownToken: string) => void;
}

/** A code to a number the account has: nobody else may change its numbers. */
export function OwnNumberProof({ number, onProven }: OwnNumberProofProps) {
  const { t } = useTranslation();
  const ask = useWorkingAsk<'call' | 'sms', Challenge>({
    ask: (channel, work) => challengeNumber(number.number_id, { channel, ...work }),
    prepare: () => prepareNumberWork(number.number_id),
  });
  const send = ask.start;
  const answer = useMutation({
    mutationFn: (code: string) => answerChallenge(send.data?.challenge_id ?? '', code),
    onSuccess: (started) => onProven(started.registration_token),
  });
  return (
    <div className="stack">
      <p>{t('numbers.stepOwn', { phone: number.phone_masked })}</p>
      <p className="soft small">{t('numbers.stepOwnLead')}</p>
      {send.data && (
        <CodePrompt
          key={send.data.challenge_id}
          challenge={send.data}
          pending={answer.isPending}
          error={answer.error}
          onCode={(code) => answer.mutate(code)}
        />
      )}
      <div className="pair">
        <Button look="secondary" pending={send.isPending} onClick={() => send.mutate('call')}>
          {t('numbers.sendCall')}
        </Button>
        <Button look="secondary" pending={send.isPending} onClick={() => send.mutate('sms')}>
          {t('numbers.sendSms')}
        </Button>
      </div>
      <WorkNotice
        isWorking={ask.isWorking}
        isCancelled={ask.isCancelled}
        error={send.error}
        onCancel={ask.cancel}
      />
    </div>
  );
}
