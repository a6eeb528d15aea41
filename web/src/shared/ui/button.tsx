import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Link, type LinkProps } from 'react-router-dom';
import './button.css';

type Look = 'primary' | 'secondary' | 'quiet';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  /** The request is under way: the button keeps its place and words, and does nothing. */
  pending?: boolean;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

export function Button({ look = 'primary', pending = false, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={`button button--${look} ${rest.className ?? ''}`}
      // Not `disabled`: that would drop the focus of a keyboard or screen-reader user.
      aria-disabled={pending || rest['aria-disabled']}
      aria-busy={pending}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}

export function ButtonLink({ look = 'primary', ...rest }: LinkProps & { look?: Look }) {
  return <Link {...rest} className={`button button--${look} ${rest.className ?? ''}`} />;
}
