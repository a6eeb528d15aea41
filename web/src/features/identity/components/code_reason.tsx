import { useTranslation } from 'react-i18next';
import { useConfiguration } from '../../../shared/api/configuration';
import { useDraft } from '../registration_draft';

/** Why the code is not what was promised: an SMS instead of the call, or more digits than usual. */
export function CodeReason({ digits, isCall }: { digits: number; isCall: boolean }) {
  const { t } = useTranslation();
  const { sms_because } = useDraft();
  const usual = useConfiguration().data?.sms_code_digits ?? digits;
  if (isCall) return null;
  const insteadOfCall = sms_because === 'instead_of_call';
  const isLong = digits > usual;
  if (!insteadOfCall && !isLong) return null;
  return (
    <p>
      {insteadOfCall && t('code.insteadOfCall')} {isLong && t('code.whyLong')}
    </p>
  );
}
