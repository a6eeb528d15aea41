import { useId, useState } from 'react';
import { ProblemError } from '../api/problem';

type Errors<Field extends string> = Partial<Record<Field, string>>;

export interface FormErrors<Field extends string> {
  /** What is wrong with each field, in the order of the form. */
  list: { field: Field; id: string; text: string }[];
  /** What went wrong with the whole, or null. */
  failure: unknown;
  /** Grows with each failed attempt, so that each one takes the focus. */
  attempt: number;
  of: (field: Field) => string | undefined;
  /** The address of a field on the page: where the summary leads. */
  idOf: (field: Field) => string;
  /** Tells what the page itself found; true when that is nothing. */
  check: (found: Errors<Field>) => boolean;
  /** Tells what the server refused: by its field where the reason has one. */
  refuse: (error: unknown) => void;
  /** A changed field is no longer wrong, and an old refusal no longer the last word. */
  touch: (field: Field) => void;
}

/**
 * What is wrong with one form, told in one place above its button and once more beside each field.
 * @param fields   in the order in which they stand on the page
 * @param reasons  which field a reason of the server is about
 */
export function useForm<Field extends string>(
  fields: readonly Field[],
  reasons: Readonly<Record<string, Field>> = {},
): FormErrors<Field> {
  const form = useId();
  const [errors, setErrors] = useState<Errors<Field>>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const idOf = (field: Field) => `${form}${field}`;
  const tell = (found: Errors<Field>, whole: unknown) => {
    setErrors(found);
    setFailure(whole);
    setAttempt((before) => before + 1);
  };
  return {
    list: fields.flatMap((field) => {
      const text = errors[field];
      return text === undefined ? [] : [{ field, id: idOf(field), text }];
    }),
    failure,
    attempt,
    idOf,
    of: (field) => errors[field],
    check: (found) => {
      const isClean = Object.values(found).every((text) => text === undefined);
      if (isClean) {
        setErrors({});
        setFailure(null);
      } else {
        tell(found, null);
      }
      return isClean;
    },
    refuse: (error) => {
      const field = error instanceof ProblemError ? reasons[error.reason] : undefined;
      if (field === undefined || !(error instanceof ProblemError)) return tell({}, error);
      const { title, detail } = error.problem;
      tell({ [field]: `${title}. ${detail}` } as Errors<Field>, null);
    },
    touch: (field) => {
      setFailure(null);
      setErrors((before) => ({ ...before, [field]: undefined }));
    },
  };
}
