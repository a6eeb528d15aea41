import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { take, type Attestation } from '../../../pwa/attestation_store';
import { correctedNow } from '../../../shared/api/clock';
import type { Question, QuestionState } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { QrIcon } from '../../../shared/ui/icons';
import { Notice } from '../../../shared/ui/notice';
import type { Stock } from '../use_stock';
import { LiveCode } from './live_code';

interface CodePanelProps {
  question: Question;
  state: QuestionState | undefined;
  stock: Stock;
}

type Shown = { kind: 'covered' } | { kind: 'none' } | { kind: 'spent' | 'live'; of: Attestation };

/** The sheet of the code: covered until the person uncovers it, and again with each question. */
export function CodePanel({ question, state, stock }: CodePanelProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>({ kind: 'covered' });
  const [failure, setFailure] = useState<unknown>(null);
  const isPreparing = stock.preparing.has(question);
  const reveal = async () => {
    const attestation = await take(question, correctedNow());
    if (attestation === undefined) setShown({ kind: 'none' });
    else setShown({ kind: attestation.shown ? 'spent' : 'live', of: attestation });
  };
  if (shown.kind === 'live') {
    return <LiveCode question={question} attestation={shown.of} />;
  }
  return (
    <div className="code-panel">
      <div className="code-panel__sheet">
        <div className="code-panel__cover">
          <span className="qr-corner">
            <QrIcon size={72} />
          </span>
          {state?.state === 'ready' ? (
            <Button pending={isPreparing} onClick={() => void reveal().catch(setFailure)}>
              {t(isPreparing ? 'digital_id.preparing' : 'digital_id.reveal')}
            </Button>
          ) : (
            <p role="status">
              {t(state?.state === 'pending' ? 'digital_id.pending' : 'digital_id.unavailable')}
            </p>
          )}
        </div>
      </div>
      {shown.kind === 'none' && (
        <Notice look="attention" announce>
          <p>{t('digital_id.noneOffline')}</p>
        </Notice>
      )}
      {shown.kind === 'spent' && (
        <Notice look="attention" announce>
          <p>{t('digital_id.reuseText')}</p>
          <button
            type="button"
            className="link"
            onClick={() => setShown({ kind: 'live', of: shown.of })}
          >
            {t('digital_id.reuse')}
          </button>
        </Notice>
      )}
      <ErrorNotice error={stock.error ?? failure} onRetry={stock.retry} />
    </div>
  );
}
