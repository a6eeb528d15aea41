import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../api/problem';

type Errors<Name extends string> = Partial<Record<Name, string | undefined>>;

/** Which field a refusal of the server is about; a reason that is not named is about the whole form. */
export type FieldOfReason<Name extends string> = Readonly<Record<string, Name>>;

const kBadField = '[aria-invalid="true"], [data-invalid] input';

/** What the server's refusal says about one field, if it is about one. */
export function errorsOf<Name extends string>(problem: unknown, fields: FieldOfReason<Name>): Errors<Name> {
  if (!(problem instanceof ProblemError)) return {};
  const name = Object.hasOwn(fields, problem.reason) ? fields[problem.reason] : undefined;
  if (name === undefined) return {};
  const { title, detail } = problem.problem;
  return { [name]: `${title}. ${detail}` } as Errors<Name>;
}

/**
 * What is wrong with the fields of one form: found before it is sent, or by the server. Each time something
 * is found the first bad field gets the focus, so that nobody has to look for it.
 */
export function useFieldErrors<Name extends string>(problem: unknown = null, fields: FieldOfReason<Name> = {}) {
  const form = useRef<HTMLFormElement>(null);
  const [found, setFound] = useState<Errors<Name>>({});
  const [forgotten, setForgotten] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const said: Errors<Name> = problem === forgotten ? {} : errorsOf(problem, fields);
  const isSaid = Object.keys(said).length > 0;
  useEffect(() => {
    if (turn > 0 || isSaid) form.current?.querySelector<HTMLElement>(kBadField)?.focus();
  }, [turn, isSaid, problem]);
  return {
    form,
    /** The words at a field. */
    of: (name: Name): string | undefined => found[name] ?? said[name],
    /** What of the server's refusal no field says. */
    rest: Object.keys(errorsOf(problem, fields)).length > 0 ? null : problem,
    /** Keeps what was found, and says whether the form may go. */
    check: (errors: Errors<Name>): boolean => {
      setFound(errors);
      setForgotten(problem);
      setTurn((count) => count + 1);
      return Object.values(errors).every((one) => one === undefined);
    },
    /** The field is being corrected. */
    forget: (name: Name): void => {
      setFound((errors) => ({ ...errors, [name]: undefined }));
      setForgotten(problem);
    },
  };
}
