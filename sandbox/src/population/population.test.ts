import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeInn, isInn12, isLuhn, isSnils } from './check_digits.js';
import { addDays, addYears, ageOn } from './dates.js';
import { agreeSurname, patronymic } from './names.js';
import type { Person } from './person.js';
import { Population } from './population.js';

const today = (): Date => new Date('2026-11-22T12:00:00Z');
const day = '2026-11-22';
const population = new Population('beresta', 10_000, today);
const people = Array.from({ length: population.size }, (_, index) => population.at(index) as Person);

function unique(values: readonly (string | undefined)[]): boolean {
  const present = values.filter((value) => value !== undefined);
  return new Set(present).size === present.length && present.length > 0;
}

test('check digits follow the published examples', () => {
  for (const snils of ['11223344595', '10000000110', '23456789099', '90000000081', '00100199965']) {
    assert.ok(isSnils(snils), snils);
  }
  for (const inn of ['500100732259', '585204118212', '770012345606']) assert.ok(isInn12(inn), inn);
  for (const oms of ['7700101010000010', '1600990000123459']) assert.ok(isLuhn(oms), oms);
  assert.ok(!isSnils('11223344596'));
  assert.ok(!isSnils('1122334459'));
  assert.ok(!isInn12('500100732258'));
  assert.ok(!isLuhn('7700101010000011'));
  assert.equal(completeInn('7700123456'), '770012345606');
});

test('every number of 10,000 people holds its check digits', () => {
  for (const person of people) {
    assert.ok(isSnils(person.snils), `snils of ${person.index}`);
    if (person.tax) assert.ok(isInn12(person.tax.inn), `inn of ${person.index}`);
    if (person.oms) assert.match(person.oms.number, /^\d{16}$/);
    if (person.oms) assert.ok(isLuhn(person.oms.number), `oms of ${person.index}`);
    if (person.passport) assert.match(person.passport.series + person.passport.number, /^\d{10}$/);
  }
});

test('no two people share a number', () => {
  assert.ok(unique(people.map((person) => person.snils)));
  assert.ok(unique(people.map((person) => person.phone)));
  assert.ok(unique(people.map((person) => person.sub)));
  assert.ok(unique(people.map((person) => person.tax?.inn)));
  assert.ok(unique(people.map((person) => person.oms?.number)));
  assert.ok(unique(people.map((person) => person.passport?.number)));
  assert.ok(unique(people.map((person) => person.driving_licence?.number)));
});

test('SNILS and sub lead back to the person, and to nobody else', () => {
  for (const person of people) {
    assert.equal(population.bySnils(person.snils)?.index, person.index);
    assert.equal(population.bySub(person.sub)?.index, person.index);
  }
  assert.equal(population.bySnils('10000000110'), undefined);
  assert.equal(population.bySub('not-a-sub'), undefined);
  assert.equal(population.bySub(new Population('other', 10, today).at(3)?.sub ?? ''), undefined);
});

test('the same seed makes the same people, another seed makes others', () => {
  const again = new Population('beresta', 10_000, today);
  const other = new Population('another', 10_000, today);
  assert.deepEqual(again.at(4711), people[4711]);
  assert.notDeepEqual(other.at(4711), people[4711]);
  assert.equal(other.at(0)?.snils, people[0]?.snils);
});

test('documents of generated people do not change with the calendar', () => {
  const later = new Population('beresta', 10_000, () => new Date('2026-12-24T12:00:00Z'));
  const changed = people.slice(8).filter((person) => {
    const then = later.at(person.index);
    return JSON.stringify([then?.passport, then?.oms, then?.tax, then?.name])
      !== JSON.stringify([person.passport, person.oms, person.tax, person.name]);
  });
  // Only newborns, and those who reached 14, 18, 20 or 45 lately, may hold something new.
  for (const person of changed) {
    assert.ok([0, 14, 18, 20, 45].includes(ageOn(person.birth_date, '2026-12-24')), String(person.index));
  }
  assert.ok(changed.length < 100, String(changed.length));
});

test('ages spread from 0 to 95 and passports follow the law', () => {
  const ages = people.map((person) => ageOn(person.birth_date, day));
  assert.equal(Math.min(...ages), 0);
  assert.ok(Math.max(...ages) >= 94 && Math.max(...ages) <= 95);
  for (const person of people) {
    const age = ageOn(person.birth_date, day);
    const { passport } = person;
    if (age < 14) assert.equal(passport, null);
    if (age > 14) assert.ok(passport, `passport of ${person.index}`);
    if (!passport) continue;
    assert.ok(passport.issue_date <= day && ageOn(person.birth_date, passport.issue_date) >= 14);
    assert.ok(passport.valid_until === null || passport.valid_until >= day);
    const lag = Number(passport.issue_date.slice(2, 4)) - Number(passport.series.slice(2));
    assert.ok([0, 1, -99].includes(lag), `series of ${person.index}`);
    if (person.driving_licence) assert.ok(ageOn(person.birth_date, person.driving_licence.issue_date) >= 18);
  }
});

test('names agree with the sex', () => {
  assert.equal(agreeSurname('Озёрский', 'F'), 'Озёрская');
  assert.equal(agreeSurname('Галиев', 'F'), 'Галиева');
  assert.equal(patronymic('Марат', 'F'), 'Маратовна');
  assert.equal(patronymic('Наиль', 'M'), 'Наилевич');
  assert.equal(patronymic('Илья', 'F'), 'Ильинична');
  for (const person of people) {
    const ending = person.sex === 'F' ? /(вна|чна)$/ : /(вич|ьич|тич)$/;
    assert.match(person.name.middle_name, ending);
    assert.match(person.name.family_name, person.sex === 'F' ? /(ова|ева|ёва|ина|ына|ая)$/ : /(ов|ев|ёв|ин|ын|ий)$/);
  }
});

test('the demo people are who the README says', () => {
  const [alsu, pensioner, teenager, unverified, noLicence, noOms, student, slow] = people;
  assert.equal(alsu?.name.given_name, 'Алсу');
  assert.equal(ageOn(alsu?.birth_date ?? '', day), 38);
  assert.ok(alsu?.passport && alsu.driving_licence && alsu.oms && alsu.tax && alsu.trusted);
  assert.ok(pensioner?.statuses.pensioner);
  assert.equal(ageOn(teenager?.birth_date ?? '', day), 17);
  assert.equal(unverified?.trusted, false);
  assert.equal(noLicence?.driving_licence, null);
  assert.equal(noOms?.oms, null);
  assert.ok(student?.statuses.student && student.statuses.large_family);
  assert.ok(slow?.slow);
});

test('the teenager is 17 on whatever day the sandbox starts', () => {
  for (const start of ['2027-03-01', '2028-02-29', '2031-07-15']) {
    const teenager = new Population('beresta', 10, () => new Date(start)).at(2);
    assert.equal(ageOn(teenager?.birth_date ?? '', start), 17, start);
    assert.ok(teenager?.passport, start);
  }
});

test('calendar arithmetic keeps to the law at leap days and birthdays', () => {
  assert.equal(addYears('2008-02-29', 18), '2026-03-01');
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(ageOn('2008-11-22', day), 18);
  assert.equal(ageOn('2008-11-23', day), 17);
});
