import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import { Notice } from './notice';
import './told.css';

/** How an act that ends on another page, or takes its own place away, says there that it is done. */
export function told(words: string): { state: { told: string } } {
  return { state: { told: words } };
}

/** What the act that led here has done. It takes the focus, because the button that did it is gone. */
export function Told() {
  const { state, key } = useLocation();
  const here = useRef<HTMLDivElement>(null);
  const words = (state as { told?: unknown } | null)?.told;
  const isTold = typeof words === 'string';
  useEffect(() => {
    if (!isTold) return;
    here.current?.focus({ preventScroll: true });
    here.current?.scrollIntoView({ block: 'center' });
  }, [isTold, key]);
  if (!isTold) return null;
  return (
    <div ref={here} tabIndex={-1} className="told">
      <Notice look="good" title={words} announce />
    </div>
  );
}
