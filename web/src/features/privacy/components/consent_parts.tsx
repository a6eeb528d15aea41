interface ConsentPartsProps<Part extends string> {
  legend: string;
  parts: readonly Part[];
  chosen: readonly Part[];
  name: (part: Part) => string;
  onChange: (chosen: Part[]) => void;
}

/** Check boxes of what a consent consists of. */
export function ConsentParts<Part extends string>(props: ConsentPartsProps<Part>) {
  const { legend, parts, chosen, name, onChange } = props;
  return (
    <fieldset className="consent-parts">
      <legend className="small soft">{legend}</legend>
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
