// The invented population. People are made from seed and index whenever they are asked for; nothing
// is stored, and a SNILS leads back to its index by arithmetic.
import { isSnils, snilsControl } from './check_digits.js';
import type { IsoDate } from './dates.js';
import { addDays, ageOn, toIsoDate } from './dates.js';
import { demoPeople } from './demo_people.js';
import type { Holder } from './documents.js';
import { Issuer, numberRange, referenceDate } from './documents.js';
import type { FullName, Sex } from './names.js';
import { agreeSurname, givenNames, patronymic, surnames } from './names.js';
import type { Person } from './person.js';
import { Random, Scatter } from './random.js';
import { homeRegion, regions } from './regions.js';
import { Subjects } from './subjects.js';

/** Births are spread over the 95 years before the reference date. */
const spreadDays = Math.floor(95 * 365.25);

/** Nine-digit bodies of generated SNILS: this many, from this one on; the demo people are above. */
const snilsFirst = 10_000_000;
const snilsRange = 100_000_000;

export const populationMax = numberRange;

export class Population {
  private readonly issuer: Issuer;
  private readonly snilsScatter: Scatter;
  private readonly phoneScatter: Scatter;
  private readonly subjects: Subjects;
  private readonly demoBySnils: ReadonlyMap<string, number>;

  /** @param today reads the calendar: ages, validity and milestones are as of that day. */
  constructor(
    private readonly seed: string,
    readonly size: number,
    private readonly today: () => Date,
  ) {
    this.issuer = new Issuer(seed);
    this.snilsScatter = new Scatter(snilsRange, seed, 'snils');
    this.phoneScatter = new Scatter(10_000_000, seed, 'phone');
    this.subjects = new Subjects(seed);
    this.demoBySnils = new Map(demoPeople.map((_, index) => [this.snilsOf(index), index]));
  }

  /** The person at the index, or undefined outside 0..size-1. The first eight are the demo people. */
  at(index: number): Person | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) return undefined;
    return index < demoPeople.length ? this.makeDemo(index) : this.makeGenerated(index);
  }

  /** The person with the SNILS (eleven digits), or undefined. Constant time. */
  bySnils(snils: string): Person | undefined {
    if (!isSnils(snils)) return undefined;
    const demo = this.demoBySnils.get(snils);
    if (demo !== undefined) return this.at(demo);
    const body = Number(snils.slice(0, 9)) - snilsFirst;
    if (body < 0 || body >= snilsRange) return undefined;
    const index = this.snilsScatter.indexOf(body);
    return index < demoPeople.length ? undefined : this.at(index);
  }

  /** The person with the identity provider's identifier, or undefined. Constant time. */
  bySub(sub: string): Person | undefined {
    const index = this.subjects.indexOf(sub);
    return index === undefined ? undefined : this.at(index);
  }

  todayDate(): IsoDate {
    return toIsoDate(this.today());
  }

  private snilsOf(index: number): string {
    const scattered = String(snilsFirst + this.snilsScatter.numberOf(index)).padStart(9, '0');
    const body = demoPeople[index]?.snilsBody ?? scattered;
    return body + snilsControl(body);
  }

  private makeDemo(index: number): Person {
    const demo = demoPeople[index];
    if (!demo) throw new RangeError(`no demo person ${index}`);
    const today = this.todayDate();
    const birth_date = demo.birthDate(today);
    const holder: Holder = { index, birth_date, sex: demo.sex, region: homeRegion, today };
    return {
      index,
      sub: this.subjects.subOf(index),
      name: demo.name,
      sex: demo.sex,
      birth_date,
      snils: this.snilsOf(index),
      phone: demo.phone,
      trusted: demo.trusted,
      passport: this.issuer.passport(holder),
      driving_licence: demo.hasLicence ? this.issuer.drivingLicence(holder) : null,
      oms: demo.hasOms ? this.issuer.oms(holder) : null,
      tax: this.issuer.tax(holder),
      statuses: demo.statuses,
      slow: demo.slow,
    };
  }

  private makeGenerated(index: number): Person {
    const random = new Random(this.seed, 'person', index);
    const today = this.todayDate();
    const sex: Sex = random.chance(0.52) ? 'F' : 'M';
    const birth_date = addDays(referenceDate, -random.integer(0, spreadDays));
    const age = ageOn(birth_date, today);
    const holder: Holder = { index, birth_date, sex, region: random.pick(regions), today };
    const drives = random.chance(sex === 'M' ? 0.65 : 0.4);
    return {
      index,
      sub: this.subjects.subOf(index),
      name: makeName(random, sex),
      sex,
      birth_date,
      snils: this.snilsOf(index),
      phone: `+7927${String(this.phoneScatter.numberOf(index)).padStart(7, '0')}`,
      trusted: random.chance(0.85),
      passport: this.issuer.passport(holder),
      driving_licence: drives && age >= 18 && age <= 85 ? this.issuer.drivingLicence(holder) : null,
      oms: random.chance(0.99) ? this.issuer.oms(holder) : null,
      tax: age >= 18 || random.chance(0.5) ? this.issuer.tax(holder) : null,
      statuses: this.issuer.statuses(holder),
      slow: false,
    };
  }
}

function makeName(random: Random, sex: Sex): FullName {
  const tradition = random.chance(0.5) ? 'tatar' : 'russian';
  return {
    family_name: agreeSurname(random.pick(surnames[tradition]), sex),
    given_name: random.pick(givenNames[tradition][sex]),
    middle_name: patronymic(random.pick(givenNames[tradition].M), sex),
  };
}
