import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

// The first page a person opens keeps the browser's own focus; every later one is announced by
// moving the focus to its heading.
let isFirstPage = true;

interface PageTitleProps {
  children: ReactNode;
  /** What the tab says, when the heading itself would say too much or too little. */
  tab?: string;
}

export function PageTitle({ children, tab }: PageTitleProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const words = tab ?? heading.current?.textContent ?? '';
    document.title = `${words} · ${t('app.name')}`;
  });
  useEffect(() => {
    if (!isFirstPage) {
      heading.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    isFirstPage = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
