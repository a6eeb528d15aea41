import { useTranslation } from 'react-i18next';
import { NetworkError, ProblemError, type Problem } from '../api/problem';
import { MissingWords } from '../session/missing_words';
import { Notice } from './notice';

interface ErrorNoticeProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** A failure in words: the server's own when it gave them, else ours. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const { title, text } = wordsOf(error, (key) => t(key));
  const attempts = error instanceof ProblemError ? error.problem.attempts_left : undefined;
  return (
    <Notice look="attention" title={title} announce>
      <p>{text}</p>
      {attempts !== undefined && attempts > 0 && <p>{t('code.attempts', { count: attempts })}</p>}
      {error instanceof ProblemError && <WhatToDo problem={error.problem} />}
      {onRetry !== undefined && (
        <button type="button" className="link" onClick={onRetry}>
          {t('common.retry')}
        </button>
      )}
    </Notice>
  );
}

/** A function closed by the server's table: all that is missing, and the pages where it is put right. */
function WhatToDo({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { missing = [], how = [] } = problem;
  const attributes = missing.filter(({ attribute }) => attribute !== undefined);
  return (
    <>
      {attributes.length > 0 && (
        <p>
          <MissingWords missing={attributes} />
        </p>
      )}
      {how.map(({ action, page }) => (
        <a key={action} href={page}>
          {t(`level.do.${action}`)}
        </a>
      ))}
    </>
  );
}

// The four keys by name: over all keys at once the compiler gives up.
type OwnWord = `error.${'networkTitle' | 'networkText' | 'unreadableTitle' | 'unreadableText'}`;

function wordsOf(error: unknown, t: (key: OwnWord) => string) {
  if (error instanceof ProblemError) {
    return { title: error.problem.title, text: error.problem.detail };
  }
  if (error instanceof NetworkError) {
    return { title: t('error.networkTitle'), text: t('error.networkText') };
  }
  return { title: t('error.unreadableTitle'), text: t('error.unreadableText') };
}
