import type { TextareaHTMLAttributes } from 'react';
import { Field } from './field';
import './text_area.css';

interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: string;
  charactersMax?: number;
  onChange: (text: string) => void;
}

export function TextArea({ label, hint, error, charactersMax, id, onChange, ...area }: TextAreaProps) {
  return (
    <Field {...{ label, hint, error, id }}>
      {(control) => (
        <textarea
          {...area}
          {...control}
          className={`text-area ${area.className ?? ''}`}
          maxLength={charactersMax}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
