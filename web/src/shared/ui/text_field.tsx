import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';
import './text_field.css';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** A button at the end of the field, such as "show the password". */
  action?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, error, action, id: given, ...input }: TextFieldProps) {
  const own = useId();
  const id = given ?? own;
  const describedBy = [hint === undefined ? '' : `${id}-hint`, error ? `${id}-error` : '']
    .join(' ')
    .trim();
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
      <div className="field__box" data-invalid={error ? '' : undefined}>
        <input
          {...input}
          id={id}
          className="field__input"
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy || undefined}
        />
        {action}
      </div>
      {error && (
        <p className="field__error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
