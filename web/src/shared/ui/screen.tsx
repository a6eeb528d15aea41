import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { BackIcon } from './icons';
import './screen.css';

interface ScreenProps {
  /** Where "back" leads unless a row of another page led here: an address, or what to do. */
  back?: string | (() => void) | undefined;
  /** The short name of the screen beside the back button. */
  header?: string;
  /** The main action, at the bottom within reach of the thumb. */
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** One idea a screen: back, content, and the action at the bottom. */
export function Screen({ back, header, actions, wide = false, children }: ScreenProps) {
  return (
    <div className={`screen ${wide ? 'screen--wide' : ''}`}>
      {back !== undefined && <BackLine back={back} header={header} />}
      <div className="screen__content">{children}</div>
      {actions !== undefined && <div className="screen__actions">{actions}</div>}
    </div>
  );
}

interface BackLineProps {
  back: string | (() => void);
  header: string | undefined;
}

/** The way back; what it is called beside the chevron is said aloud with what it does. */
export function BackLine({ back, header }: BackLineProps) {
  const { t } = useTranslation();
  const from = (useLocation().state as { from?: unknown } | null)?.from;
  const words = t('common.back');
  const isNamed = header !== undefined && header !== words;
  const spoken = isNamed ? { 'aria-label': `${header}, ${words.toLowerCase()}` } : {};
  const inside = (
    <>
      <BackIcon />
      <span>{header ?? words}</span>
    </>
  );
  return (
    <div className="screen__back">
      {typeof back === 'string' ? (
        <Link to={typeof from === 'string' ? from : back} {...spoken}>
          {inside}
        </Link>
      ) : (
        <button type="button" onClick={back} {...spoken}>
          {inside}
        </button>
      )}
    </div>
  );
}
