import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { ForwardIcon } from './icons';
import './rows.css';

export function Rows({ children }: { children: ReactNode }) {
  return <ul className="rows">{children}</ul>;
}

interface RowLinkProps {
  to: string;
  icon: ReactNode;
  title: string;
  note?: ReactNode;
}

/** Leads to a page whose "back" then leads here again. */
export function RowLink({ to, icon, title, note }: RowLinkProps) {
  const { pathname } = useLocation();
  return (
    <li className="row">
      <Link to={to} state={{ from: pathname }} className="row__link">
        <span className="row__icon">{icon}</span>
        <span className="row__words">
          <span className="row__title">{title}</span>
          {note !== undefined && <span className="row__note">{note}</span>}
        </span>
        <ForwardIcon size={18} />
      </Link>
    </li>
  );
}

/** A name and its value, with an optional note under it. */
export function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt className="fact__name">{name}</dt>
      <dd className="fact__value">
        {children}
        {note !== undefined && <span className="fact__note">{note}</span>}
      </dd>
    </div>
  );
}
