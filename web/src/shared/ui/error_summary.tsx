import { useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error_notice';
import './error_summary.css';
import { Notice } from './notice';
import type { FormErrors } from './use_form';

interface ErrorSummaryProps<Field extends string> {
  form: FormErrors<Field>;
  onRetry?: (() => void) | undefined;
}

/** All that keeps a form from being sent. Each failed attempt brings the eyes and the focus here. */
export function ErrorSummary<Field extends string>({ form, onRetry }: ErrorSummaryProps<Field>) {
  const { t } = useTranslation();
  const here = useRef<HTMLDivElement>(null);
  const { attempt, list, failure } = form;
  useEffect(() => {
    if (attempt === 0) return;
    here.current?.focus({ preventScroll: true });
    here.current?.scrollIntoView({ block: 'center' });
  }, [attempt]);
  if (list.length === 0 && (failure === null || failure === undefined)) return null;
  return (
    <div ref={here} tabIndex={-1} className="error-summary">
      <ErrorNotice error={failure} onRetry={onRetry} />
      {list.length > 0 && (
        <Notice look="attention" title={t('form.notSent')} announce>
          <ul className="dashes">
            {list.map(({ field, id, text }) => (
              <li key={field}>
                <a href={`#${id}`} onClick={(event) => goTo(id, event)}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

/** To the field itself, or to the first control of a group of them. */
function goTo(id: string, event: MouseEvent) {
  event.preventDefault();
  const place = document.getElementById(id);
  const control = place?.matches('input, textarea, select, button')
    ? place
    : place?.querySelector<HTMLElement>('input, textarea, select, button');
  control?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: 'center' });
}
