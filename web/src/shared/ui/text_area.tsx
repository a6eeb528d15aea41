import { useId } from 'react';
import './text_area.css';
import './text_field.css';

interface TextAreaProps {
  label: string;
  hint?: string;
  value: string;
  charactersMax: number;
  lang?: string;
  id?: string;
  error?: string | undefined;
  onChange: (text: string) => void;
}

export function TextArea({ label, hint, value, charactersMax, lang, error, onChange, ...rest }: TextAreaProps) {
  const ownId = useId();
  const id = rest.id ?? ownId;
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
      <textarea
        id={id}
        className="text-area"
        value={value}
        lang={lang}
        maxLength={charactersMax}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && (
        <p className="field__error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
