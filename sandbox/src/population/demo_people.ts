// The eight people the demo and the tests know by name. Their SNILS stand outside the range of the
// generated population, so they are the same for every seed.
import type { IsoDate } from './dates.js';
import { addDays, addYears } from './dates.js';
import type { FullName, Sex } from './names.js';
import type { Statuses } from './person.js';

export interface DemoPerson {
  /** First nine digits of the SNILS. */
  readonly snilsBody: string;
  readonly name: FullName;
  readonly sex: Sex;
  readonly birthDate: (today: IsoDate) => IsoDate;
  readonly phone: string;
  readonly trusted: boolean;
  readonly statuses: Statuses;
  readonly hasLicence: boolean;
  readonly hasOms: boolean;
  readonly slow: boolean;
  readonly note: { readonly ru: string; readonly en: string };
}

const noStatuses: Statuses = { pensioner: false, large_family: false, disability: false, student: false };

const ordinary = { trusted: true, statuses: noStatuses, hasLicence: true, hasOms: true, slow: false };

function named(family_name: string, given_name: string, middle_name: string): FullName {
  return { family_name, given_name, middle_name };
}

function bornOn(date: IsoDate): (today: IsoDate) => IsoDate {
  return () => date;
}

/** Four months past the birthday on the day the sandbox starts, whichever year that is. */
function bornYearsAgo(years: number): (today: IsoDate) => IsoDate {
  return (today) => addDays(addYears(today, -years), -120);
}

export const demoPeople: readonly DemoPerson[] = [
  {
    ...ordinary,
    snilsBody: '112233445',
    name: named('Галиева', 'Алсу', 'Маратовна'),
    sex: 'F',
    birthDate: bornOn('1988-05-14'),
    phone: '+79175550142',
    note: { ru: 'Все документы на месте', en: 'Every document is in place' },
  },
  {
    ...ordinary,
    snilsBody: '112233501',
    name: named('Воронцов', 'Николай', 'Петрович'),
    sex: 'M',
    birthDate: bornOn('1954-03-02'),
    phone: '+79175550143',
    statuses: { ...noStatuses, pensioner: true },
    note: { ru: 'Пенсионер', en: 'A pensioner' },
  },
  {
    ...ordinary,
    snilsBody: '112233612',
    name: named('Хасанов', 'Тимур', 'Ренатович'),
    sex: 'M',
    birthDate: bornYearsAgo(17),
    phone: '+79175550144',
    statuses: { ...noStatuses, student: true },
    hasLicence: false,
    note: { ru: 'Ещё нет 18 лет', en: 'Not 18 yet' },
  },
  {
    ...ordinary,
    snilsBody: '112233723',
    name: named('Белова', 'Дарья', 'Сергеевна'),
    sex: 'F',
    birthDate: bornOn('1995-09-30'),
    phone: '+79175550145',
    trusted: false,
    note: { ru: 'Личность не подтверждена', en: 'Identity is not verified' },
  },
  {
    ...ordinary,
    snilsBody: '112233834',
    name: named('Шарипов', 'Айдар', 'Наилевич'),
    sex: 'M',
    birthDate: bornOn('1983-11-08'),
    phone: '+79175550146',
    hasLicence: false,
    note: { ru: 'Нет водительских прав', en: 'Has no driving licence' },
  },
  {
    ...ordinary,
    snilsBody: '112233945',
    name: named('Кузнецова', 'Ольга', 'Андреевна'),
    sex: 'F',
    birthDate: bornOn('1979-01-25'),
    phone: '+79175550147',
    hasOms: false,
    note: { ru: 'Полиса ОМС нет в реестре', en: 'The OMS policy is not in the registry' },
  },
  {
    ...ordinary,
    snilsBody: '112234056',
    name: named('Закирова', 'Камилла', 'Рустамовна'),
    sex: 'F',
    birthDate: bornOn('2004-06-17'),
    phone: '+79175550148',
    statuses: { ...noStatuses, student: true, large_family: true },
    note: { ru: 'Студентка, многодетная семья', en: 'A student from a large family' },
  },
  {
    ...ordinary,
    snilsBody: '112234167',
    name: named('Орлов', 'Михаил', 'Юрьевич'),
    sex: 'M',
    birthDate: bornOn('1969-12-05'),
    phone: '+79175550149',
    slow: true,
    note: { ru: 'Реестры отвечают медленно', en: 'Registries answer slowly' },
  },
];
