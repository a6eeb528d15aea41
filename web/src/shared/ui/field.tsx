import { useId, type ReactNode } from 'react';
import './field.css';

/** What ties a control to its label, its hint and its error. */
export interface ControlProps {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Of the control, where others point at it. */
  id?: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

/** A label, a control, and what is wrong with it: the frame of every field that is typed into. */
export function Field({ label, hint, error, id: given, children }: FieldProps) {
  const own = useId();
  const id = given ?? own;
  const describedBy = [hint === undefined ? '' : `${id}-hint`, error ? `${id}-error` : ''].join(' ').trim();
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': describedBy || undefined,
      })}
      {error && (
        <p className="field__error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface FieldGroupProps {
  title: string;
  /** One of several, or any of them. */
  choice: 'one' | 'any';
  error?: string | undefined;
  className: string;
  /** The title is there for those who do not see the page. */
  titleHidden?: boolean;
  /** Of the group, where others point at it. */
  id?: string | undefined;
  children: ReactNode;
}

/** Choices under one title; what is wrong stands above them, where the reading begins. */
export function FieldGroup(props: FieldGroupProps) {
  const { title, choice, error, className, titleHidden = false, id, children } = props;
  const errorId = useId();
  const isBad = Boolean(error);
  return (
    <fieldset
      id={id}
      className={className}
      role={choice === 'one' ? 'radiogroup' : undefined}
      aria-describedby={isBad ? errorId : undefined}
      data-invalid={isBad ? '' : undefined}
    >
      <legend className={titleHidden ? 'visually-hidden' : 'field__label'}>{title}</legend>
      {isBad && (
        <p className="field__error" id={errorId}>
          {error}
        </p>
      )}
      {children}
    </fieldset>
  );
}
