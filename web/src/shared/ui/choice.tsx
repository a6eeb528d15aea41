import type { ReactNode } from 'react';
import './choice.css';
import { FieldGroup } from './field';

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
  return (
    <FieldGroup {...{ id, error }} title={legend} choice="one" className="choice">
      {items.map(({ value, label, note }) => (
        <label key={value}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>
            {label}
            {note !== undefined && <span className="soft small">{note}</span>}
          </span>
        </label>
      ))}
    </FieldGroup>
  );
}
