import '../../../shared/ui/text_field.css';

interface ConsentPartsProps<Part extends string> {
  id?: string;
  error?: string | undefined;
  legend: string;
  parts: readonly Part[];
  chosen: readonly Part[];
  name: (part: Part) => string;
  onChange: (chosen: Part[]) => void;
}

/** Check boxes of what a consent consists of. */
export function ConsentParts<Part extends string>(props: ConsentPartsProps<Part>) {
  const { id, error, legend, parts, chosen, name, onChange } = props;
  const errorId = `${id ?? 'parts'}-error`;
  return (
    <fieldset id={id} className="consent-parts" aria-describedby={error ? errorId : undefined}>
      <legend className="small soft">{legend}</legend>
      {error && (
        <p className="field__error" id={errorId}>
          {error}
        </p>
      )}
      {parts.map((part) => (
        <label key={part}>
          <input
            type="checkbox"
            checked={chosen.includes(part)}
            onChange={(event) =>
              onChange(parts.filter((one) => (one === part ? event.target.checked : chosen.includes(one))))
            }
          />
          <span>{name(part)}</span>
        </label>
      ))}
    </fieldset>
  );
}
