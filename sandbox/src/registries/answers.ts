// What each registry answers about a person; undefined means it holds no such document.
import type { RegistryName } from '../faults/modes.js';
import { formatSnils } from '../population/check_digits.js';
import type { IsoDate } from '../population/dates.js';
import type { Person } from '../population/person.js';
import { portraitOf } from '../portrait/portrait.js';

export interface Service {
  readonly name: RegistryName;
  /** Member and subsystem as they stand in the address. */
  readonly owner: string;
  answer(person: Person, today: IsoDate): object | undefined;
}

export const services: readonly Service[] = [
  { name: 'passport', owner: '2001/mvd', answer: passport },
  { name: 'driving-licence', owner: '2001/mvd', answer: (person) => person.driving_licence ?? undefined },
  { name: 'snils', owner: '2002/sfr', answer: snils },
  { name: 'statuses', owner: '2002/sfr', answer: (person, today) => ({ ...person.statuses, as_of: today }) },
  { name: 'oms', owner: '2003/ffoms', answer: (person) => person.oms ?? undefined },
  { name: 'inn', owner: '2004/fns', answer: (person) => person.tax ?? undefined },
];

function passport(person: Person, today: IsoDate): object | undefined {
  if (!person.passport) return undefined;
  return {
    ...person.passport,
    full_name: person.name,
    birth_date: person.birth_date,
    sex: person.sex,
    portrait: { media_type: 'image/png', data: portraitOf(person, today).toString('base64') },
  };
}

function snils(person: Person): object {
  return {
    snils: formatSnils(person.snils),
    full_name: person.name,
    birth_date: person.birth_date,
    status: 'valid',
  };
}
