import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useConfiguration } from '../../../shared/api/configuration';
import type { Challenge } from '../../../shared/api/types';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { isChallengeOver } from '../challenge_over';
import { CallExample } from './call_example';
import { CodeField } from './code_field';

interface CodePromptProps {
  challenge: Challenge;
  pending: boolean;
  error: unknown;
  onCode: (code: string) => void;
  /** What else may be done: another code, an SMS. */
  children?: ReactNode;
}

/** The field for a code that is on its way, sent as soon as it is whole. */
export function CodePrompt({ challenge, pending, error, onCode, children }: CodePromptProps) {
  const { t } = useTranslation();
  const configuration = useConfiguration().data;
  const [code, setCode] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const digits = challenge.code_digits;
  const isOver = isChallengeOver(error);
  const isCall = challenge.channel === 'call';
  const change = (next: string) => {
    setCode(next);
    if (next.length !== digits || pending) return;
    setCode('');
    onCode(next);
    field.current?.focus();
  };
  return (
    <div className="stack">
      {isCall && !isOver && configuration && (
        <CallExample phoneExample={configuration.phone_example} digits={digits} />
      )}
      {!isOver && (
        <CodeField
          ref={field}
          label={t(isCall ? 'code.label_call' : 'code.label_sms', { count: digits })}
          digits={digits}
          value={code}
          onChange={change}
          invalid={error !== null && error !== undefined && code === ''}
        />
      )}
      <p className="visually-hidden" role="status">
        {pending ? t('code.checking') : ''}
      </p>
      <ErrorNotice error={error} />
      {isOver && <p role="status">{t('code.triedAll')}</p>}
      {children}
    </div>
  );
}
