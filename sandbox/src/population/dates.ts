// Calendar dates without time, as YYYY-MM-DD text; arithmetic in UTC.

export type IsoDate = string;

const dayMs = 86_400_000;

export function toIsoDate(date: Date): IsoDate {
  return date.toISOString().slice(0, 10);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return toIsoDate(new Date(Date.parse(date) + days * dayMs));
}

/** The same day of another year; 29 February becomes 1 March, as an age is reached in law. */
export function addYears(date: IsoDate, years: number): IsoDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return toIsoDate(new Date(Date.UTC(year + years, month - 1, day)));
}

/** Full years lived on the given day. */
export function ageOn(birthDate: IsoDate, day: IsoDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return addYears(birthDate, years) > day ? years - 1 : years;
}

export function later(left: IsoDate, right: IsoDate): IsoDate {
  return left > right ? left : right;
}
