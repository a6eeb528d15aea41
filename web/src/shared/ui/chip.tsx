import type { ReactNode } from 'react';
import './chip.css';

export function Chip({ look = 'good', children }: { look?: 'good' | 'calm'; children: ReactNode }) {
  return <span className={`chip chip--${look}`}>{children}</span>;
}
