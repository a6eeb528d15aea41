import { useId, useState, type Ref } from 'react';
import { codeGroups } from '../../../shared/i18n/code_groups';
import '../../../shared/ui/field.css';
import './code_field.css';

interface CodeFieldProps {
  label: string;
  digits: number;
  value: string;
  onChange: (value: string) => void;
  describedBy?: string;
  invalid?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** The places after which a gap stands. */
function gapsOf(digits: number): ReadonlySet<number> {
  let place = -1;
  return new Set(codeGroups(digits).slice(0, -1).map((size) => (place += size)));
}

/** Keeps the digits of whatever was typed or pasted. */
export function digitsOf(text: string, count: number): string {
  return text.replace(/\D/g, '').slice(0, count);
}

/** Looks like a row of boxes and is one field, so that pasting and one-time-code filling work. */
export function CodeField({ label, digits, value, onChange, describedBy, invalid, ref }: CodeFieldProps) {
  const id = useId();
  const [isFocused, setIsFocused] = useState(false);
  const gaps = gapsOf(digits);
  return (
    <div className="code">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <div className="code__row" data-invalid={invalid ? '' : undefined}>
        {Array.from({ length: digits }, (_, index) => (
          <span
            key={index}
            aria-hidden="true"
            className="code__box"
            data-filled={index < value.length ? '' : undefined}
            data-gap={gaps.has(index) ? '' : undefined}
            data-next={isFocused && index === Math.min(value.length, digits - 1) ? '' : undefined}
          >
            {value[index] ?? ''}
          </span>
        ))}
        <input
          ref={ref}
          id={id}
          className="code__input"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          value={value}
          aria-describedby={describedBy}
          aria-invalid={invalid ? true : undefined}
          onFocus={() => setIsFocused(true)}
          onBlur={() => setIsFocused(false)}
          onChange={(event) => onChange(digitsOf(event.target.value, digits))}
        />
      </div>
    </div>
  );
}
