import type { ReactNode } from 'react';
import './choice.css';
import './text_field.css';

interface ChoiceProps<Value extends string> {
  id?: string;
  name: string;
  legend: string;
  /** Null: nothing is chosen, and nothing is chosen for the person. */
  chosen: Value | null;
  items: readonly { value: Value; label: ReactNode; note?: ReactNode }[];
  error?: string | undefined;
  onChoose: (value: Value) => void;
}

/** One of several, each in a card as big as the others. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { id, name, legend, chosen, items, error, onChoose } = props;
  const errorId = `${id ?? name}-error`;
  return (
    <fieldset
      id={id}
      className="choice"
      role="radiogroup"
      data-invalid={error ? '' : undefined}
      aria-describedby={error ? errorId : undefined}
    >
      <legend className="field__label">{legend}</legend>
      {error && (
        <p className="field__error" id={errorId}>
          {error}
        </p>
      )}
      {items.map(({ value, label, note }) => (
        <label key={value}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>
            {label}
            {note !== undefined && <span className="soft small">{note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
