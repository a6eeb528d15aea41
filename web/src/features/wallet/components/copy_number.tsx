import { useTranslation } from 'react-i18next';
import { CheckIcon, CopyIcon } from '../../../shared/ui/icons';
import { useCopied } from '../../../shared/ui/use_copied';

interface CopyNumberProps {
  number: string;
  /** As people read it. */
  shown: string;
}

/** The number as on the paper; a press copies it. */
export function CopyNumber({ number, shown }: CopyNumberProps) {
  const { t } = useTranslation();
  const { isCopied, copy } = useCopied(number);
  return (
    <button type="button" className="copy numeric" onClick={copy}>
      {shown}
      {isCopied ? <CheckIcon size={20} /> : <CopyIcon size={20} />}
      <span className="visually-hidden" role="status">
        {t(isCopied ? 'common.copied' : 'common.copy')}
      </span>
    </button>
  );
}
