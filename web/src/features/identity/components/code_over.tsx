import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { isLastTry } from '../challenge_over';

interface CodeOverProps {
  back: string;
  error: unknown;
  isCall: boolean;
  pending: boolean;
  onRestart: () => void;
  /** The work that a new code may cost, and its failure. */
  children: ReactNode;
}

/** The code is of no more use: why, and the one thing that helps, with the focus on it. */
export function CodeOver({ back, error, isCall, pending, onRestart, children }: CodeOverProps) {
  const { t } = useTranslation();
  const restart = useRef<HTMLButtonElement>(null);
  useEffect(() => restart.current?.focus(), []);
  const actions = (
    <Button ref={restart} pending={pending} onClick={onRestart}>
      {t(isCall ? 'code.bySms' : 'code.restart')}
    </Button>
  );
  return (
    <Screen back={back} header={t('code.header')} actions={actions}>
      <PageTitle>{t('code.overTitle')}</PageTitle>
      {isLastTry(error) ? (
        <Notice look="attention" title={error.problem.title} announce>
          <p>{t(isCall ? 'code.triedOnce' : 'code.triedAll')}</p>
        </Notice>
      ) : (
        <ErrorNotice error={error} />
      )}
      {children}
    </Screen>
  );
}
