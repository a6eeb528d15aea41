import type { ReactNode } from 'react';
import './notice.css';

interface NoticeProps {
  look?: 'calm' | 'attention' | 'good';
  title?: string;
  /** Said aloud when it appears. */
  announce?: boolean;
  children?: ReactNode;
}

export function Notice({ look = 'calm', title, announce = false, children }: NoticeProps) {
  return (
    <div className={`notice notice--${look}`} role={announce ? 'alert' : undefined}>
      {title !== undefined && <p className="notice__title">{title}</p>}
      {children}
    </div>
  );
}
