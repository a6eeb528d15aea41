// Issues the documents of one person as the law would have: at the ages it names, with numbers
// that are unique across the population and check digits that hold.
import { completeInn, luhnDigit } from './check_digits.js';
import type { IsoDate } from './dates.js';
import { addDays, addYears, ageOn, later } from './dates.js';
import type { DrivingLicence, OmsPolicy, Passport, Statuses, TaxNumber } from './person.js';
import type { Sex } from './names.js';
import { Random, Scatter } from './random.js';
import type { Region } from './regions.js';
import { insurers } from './regions.js';

/** Six-digit numbers are scattered over this range: unique for every index of the population. */
export const numberRange = 1_000_000;

/** Passports of the present form are given out since 1997; older people changed theirs by 2004. */
const exchangeBegan = '1998-01-12';
const exchangeDays = 5 * 365;

/** Births and issues are counted back from this day, so that no document changes with the calendar. */
export const referenceDate = '2026-11-22';

export interface Holder {
  readonly index: number;
  readonly birth_date: IsoDate;
  readonly sex: Sex;
  readonly region: Region;
  readonly today: IsoDate;
}

export class Issuer {
  private readonly passports: Scatter;
  private readonly licences: Scatter;
  private readonly policies: Scatter;
  private readonly taxNumbers: Scatter;

  constructor(private readonly seed: string) {
    this.passports = new Scatter(numberRange, seed, 'passport');
    this.licences = new Scatter(numberRange, seed, 'licence');
    this.policies = new Scatter(numberRange, seed, 'oms');
    this.taxNumbers = new Scatter(numberRange, seed, 'inn');
  }

  /** The passport in force, or null for those who are not 14 yet or have just become so. */
  passport(holder: Holder): Passport | null {
    const random = new Random(this.seed, 'passport', holder.index);
    const { birth_date, region } = holder;
    const delay = random.integer(5, 45);
    const milestone = [45, 20, 14].find((age) => addDays(addYears(birth_date, age), delay) <= holder.today);
    if (milestone === undefined) return null;
    const regular = addDays(addYears(birth_date, milestone), delay);
    const issue_date = later(regular, addDays(exchangeBegan, random.integer(0, exchangeDays)));
    const town = random.pick(region.towns);
    const year = Number(issue_date.slice(0, 4));
    // Blanks are printed ahead: one in five is a year older than its passport.
    const printYear = year > 1997 && random.chance(0.2) ? year - 1 : year;
    const next = milestone === 14 ? 20 : 45;
    return {
      series: region.okato + String(printYear % 100).padStart(2, '0'),
      number: sixDigits(this.passports.numberOf(holder.index)),
      issue_date,
      issued_by: authority(region, town.policeStation, year),
      issue_id: `${region.code}0-${String(random.integer(1, 99)).padStart(3, '0')}`,
      birth_place: town.birthPlace,
      // The old passport serves ninety days beyond the birthday while the new one is made.
      valid_until: milestone === 45 ? null : addDays(addYears(birth_date, next), 90),
      status: 'valid',
    };
  }

  drivingLicence(holder: Holder): DrivingLicence {
    const random = new Random(this.seed, 'licence', holder.index);
    const adult = addYears(holder.birth_date, 18);
    const issue_date = later(adult, addDays(referenceDate, -random.integer(30, 4000)));
    const valid_until = addYears(issue_date, 10);
    const categories = ['B', 'B1', 'M'];
    if (random.chance(0.25)) categories.unshift('A', 'A1');
    if (random.chance(0.2)) categories.push('C', 'C1');
    if (random.chance(0.04)) categories.push('D', 'D1');
    return {
      series: holder.region.code + String(random.integer(10, 99)),
      number: sixDigits(this.licences.numberOf(holder.index)),
      categories: categories.sort(),
      issue_date,
      valid_until,
      issued_by: `ГИБДД ${holder.region.code}${String(random.integer(1, 20)).padStart(2, '0')}`,
      status: valid_until >= holder.today ? 'valid' : 'expired',
    };
  }

  /** Null in the first weeks of a life, while the policy is being made. */
  oms(holder: Holder): OmsPolicy | null {
    const random = new Random(this.seed, 'oms', holder.index);
    const scattered = sixDigits(this.policies.numberOf(holder.index));
    const filler = String(random.integer(0, 9_999_999)).padStart(7, '0');
    const body = holder.region.code + filler + scattered;
    const issue_date = later(addDays(holder.birth_date, 30), addDays('2011-05-01', random.integer(0, 4000)));
    if (issue_date > holder.today) return null;
    return {
      number: body + luhnDigit(body),
      insurer: random.pick(insurers),
      issue_date,
      status: 'valid',
    };
  }

  tax(holder: Holder): TaxNumber | null {
    const random = new Random(this.seed, 'inn', holder.index);
    const office = String(random.integer(1, 90)).padStart(2, '0');
    const ten = holder.region.code + office + sixDigits(this.taxNumbers.numberOf(holder.index));
    const issue_date = later(addDays(holder.birth_date, 60), addDays('1999-01-01', random.integer(0, 6000)));
    if (issue_date > holder.today) return null;
    return {
      inn: completeInn(ten),
      issue_date,
      status: 'valid',
    };
  }

  statuses(holder: Holder): Statuses {
    const random = new Random(this.seed, 'statuses', holder.index);
    const age = ageOn(holder.birth_date, holder.today);
    const disability = random.chance(age > 60 ? 0.12 : 0.03);
    const student = age >= 16 && age <= 25 && random.chance(0.45);
    const large_family = (age < 18 || (age >= 24 && age <= 52)) && random.chance(0.1);
    return { pensioner: age >= (holder.sex === 'F' ? 60 : 65), large_family, disability, student };
  }
}

/** Who stamped passports changed with the years: police, migration service, police again. */
function authority(region: Region, policeStation: string, year: number): string {
  if (year >= 2017) return region.police;
  return year >= 2007 ? region.migrationService : policeStation;
}

function sixDigits(value: number): string {
  return String(value).padStart(6, '0');
}
