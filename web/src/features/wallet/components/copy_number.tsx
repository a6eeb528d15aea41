import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CopyIcon } from '../../../shared/ui/icons';

const kSaidForMs = 2_500;

/** The number as on the paper; a press copies it. */
export function CopyNumber({ number }: { number: string }) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), kSaidForMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(number);
    setIsCopied(true);
  };
  return (
    <button type="button" className="copy numeric" onClick={() => void copy().catch(() => undefined)}>
      {number}
      {isCopied ? <CheckIcon size={20} /> : <CopyIcon size={20} />}
      <span className="visually-hidden" role="status">
        {t(isCopied ? 'common.copied' : 'common.copy')}
      </span>
    </button>
  );
}
