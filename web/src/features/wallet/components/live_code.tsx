import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attestation } from '../../../pwa/attestation_store';
import type { Question } from '../../../shared/api/types';
import { kSlotSeconds } from '../../../shared/digital_id/code';
import { Notice } from '../../../shared/ui/notice';
import { Ring } from '../../../shared/ui/ring';
import { useCode } from '../use_code';
import { useWholePixels } from '../use_whole_pixels';
import { useWakeLock } from '../use_wake_lock';

export function LiveCode({ question, attestation }: { question: Question; attestation: Attestation }) {
  const { t } = useTranslation();
  const sheet = useRef<HTMLDivElement>(null);
  useWakeLock();
  const code = useCode(attestation);
  const modules = code === undefined || code instanceof Error ? undefined : code.path.size;
  const side = useWholePixels(sheet, modules);
  if (code instanceof Error) {
    return (
      <Notice look="attention" title={t('digital_id.failed')} announce>
        <p>{t('digital_id.failedText')}</p>
      </Notice>
    );
  }
  const label = t('digital_id.codeAlt', { question: t(`digital_id.question.${question}`) });
  return (
    <div className="code-panel">
      <div className="code-panel__sheet" ref={sheet}>
        {code !== undefined && (
          <svg
            className="qr"
            width={side}
            height={side}
            role="img"
            aria-label={label}
            viewBox={`0 0 ${code.path.size} ${code.path.size}`}
            shapeRendering="crispEdges"
          >
            <path d={code.path.d} fill="#000000" />
          </svg>
        )}
      </div>
      <p className="code-panel__left numeric">
        <Ring left={(code?.secondsLeft ?? kSlotSeconds) / kSlotSeconds} />
        {t('digital_id.next', { count: code?.secondsLeft ?? kSlotSeconds })}
      </p>
    </div>
  );
}
