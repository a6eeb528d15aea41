import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { Notice } from '../../../shared/ui/notice';
import { changeDraft, useDraft } from '../registration_draft';
import { useStartChallenge } from '../work/use_start_challenge';
import { WorkNotice } from '../work/work_notice';

interface LostSmsProps {
  callDigits: number;
  onCalled: () => void;
}

/** The other way when operators say that an SMS did not arrive: a call, with a code of its own. */
export function LostSms({ callDigits, onCalled }: LostSmsProps) {
  const { t } = useTranslation();
  const { phone } = useDraft();
  const { start, isWorking, isCancelled, cancel } = useStartChallenge({
    onSuccess: (challenge) => {
      changeDraft({ challenge, challenged_at: performance.now(), sms_because: undefined });
      onCalled();
    },
  });
  return (
    <Notice title={t('delivery.callTitle')}>
      <p>{t('delivery.callText', { count: callDigits })}</p>
      <Button pending={start.isPending} onClick={() => start.mutate({ phone, channel: 'call' })}>
        {t('delivery.call')}
      </Button>
      <WorkNotice {...{ isWorking, isCancelled }} error={start.error} onCancel={cancel} />
    </Notice>
  );
}
