import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { Field } from './field';
import './text_field.css';

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** A button at the end of the field, such as "show the password". */
  action?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, error, action, id, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, id }}>
      {(control) => (
        <div className="field__box" data-invalid={error ? '' : undefined}>
          <input {...input} {...control} className="field__input" />
          {action}
        </div>
      )}
    </Field>
  );
}
