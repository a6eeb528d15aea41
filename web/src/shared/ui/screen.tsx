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

function BackLine({ back, header }: { back: string | (() => void); header: string | undefined }) {
  const { t } = useTranslation();
  const from = (useLocation().state as { from?: unknown } | null)?.from;
  const inside = (
    <>
      <BackIcon />
      <span>{header ?? t('common.back')}</span>
      {header !== undefined && <span className="visually-hidden">: {t('common.back')}</span>}
    </>
  );
  return (
    <div className="screen__back">
      {typeof back === 'string' ? (
        <Link to={typeof from === 'string' ? from : back}>{inside}</Link>
      ) : (
        <button type="button" onClick={back}>
          {inside}
        </button>
      )}
    </div>
  );
}
