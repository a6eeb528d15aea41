import { useId } from 'react';
import './text_area.css';
import './text_field.css';

interface TextAreaProps {
  label: string;
  hint?: string;
  value: string;
  charactersMax: number;
  lang?: string;
  onChange: (text: string) => void;
}

export function TextArea({ label, hint, value, charactersMax, lang, onChange }: TextAreaProps) {
  const id = useId();
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
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
