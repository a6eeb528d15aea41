import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';

interface WorkNoticeProps {
  isWorking: boolean;
  isCancelled: boolean;
  error: unknown;
  onCancel: () => void;
}

/** What happens while the device works for a code, and how it ended if there is no code. */
export function WorkNotice({ isWorking, isCancelled, error, onCancel }: WorkNoticeProps) {
  const { t } = useTranslation();
  return (
    <>
      <div role="status">
        {isWorking && (
          <Notice title={t('work.title')}>
            <p>{t('work.text')}</p>
          </Notice>
        )}
        {isCancelled && <p>{t('work.cancelled')}</p>}
      </div>
      {isWorking && (
        <button type="button" className="link" onClick={onCancel}>
          {t('work.cancel')}
        </button>
      )}
      {!isCancelled && <ErrorNotice error={error} />}
    </>
  );
}
