// What ESIA's REST interface says of a person, in its own field names; each only for its scopes.
import { formatSnils } from '../population/check_digits.js';
import type { Person } from '../population/person.js';
import { Random } from '../population/random.js';
import { oidOf } from './tokens.js';

export interface Element {
  readonly id: number;
  readonly [field: string]: unknown;
}

export const collectionNames = ['ctts', 'addrs', 'docs', 'orgs'] as const;
export type CollectionName = (typeof collectionNames)[number];

/** Names in `embed` and in an embedding person. */
export const embeddedNames: Record<string, CollectionName> = {
  contacts: 'ctts', addresses: 'addrs', documents: 'docs', organizations: 'orgs',
};

const collectionScopes: Record<CollectionName, readonly string[]> = {
  ctts: ['contacts', 'email', 'mobile'],
  addrs: ['contacts', 'addresses'],
  docs: ['id_doc', 'drivers_licence_doc'],
  orgs: ['usr_org'],
};

export function mayRead(name: CollectionName, scopes: readonly string[]): boolean {
  return collectionScopes[name].some((scope) => scopes.includes(scope));
}

export function personRecord(person: Person, scopes: readonly string[]): Record<string, unknown> {
  const has = (scope: string): boolean => scopes.includes(scope);
  const { name } = person;
  return {
    stateFacts: ['EntityRoot'],
    ...(has('fullname') && { firstName: name.given_name, lastName: name.family_name, middleName: name.middle_name }),
    ...(has('birthdate') && { birthDate: russianDate(person.birth_date) }),
    ...(has('birthplace') && person.passport && { birthPlace: person.passport.birth_place }),
    ...(has('gender') && { gender: person.sex }),
    ...(has('citizenship') && { citizenship: 'RUS' }),
    ...(has('snils') && { snils: formatSnils(person.snils) }),
    ...(has('inn') && person.tax && { inn: person.tax.inn }),
    ...(has('id_doc') && person.passport && { rIdDoc: passportId(person) }),
    trusted: person.trusted,
    status: 'REGISTERED',
    verifying: false,
    updatedOn: 1_767_225_600,
    containsUpCfmCode: false,
    eTag: eTagOf(person.index),
  };
}

export function elementsOf(person: Person, name: CollectionName, scopes: readonly string[]): Element[] {
  if (!mayRead(name, scopes)) return [];
  switch (name) {
    case 'ctts':
      return contacts(person).filter(({ type }) =>
        scopes.includes('contacts') || scopes.includes(type === 'EML' ? 'email' : 'mobile'));
    case 'addrs':
      return addresses(person);
    case 'docs':
      return scopes.includes('id_doc') ? documents(person) : [];
    case 'orgs':
      return organizations(person);
  }
}

function passportId(person: Person): number {
  return 40_000_000 + person.index;
}

function contacts(person: Person): Element[] {
  const { phone, index } = person;
  const number = `${phone.slice(0, 2)}(${phone.slice(2, 5)})${phone.slice(5)}`;
  return [
    { id: 10_000_000 + index * 2, type: 'MBT', vrfStu: 'VERIFIED', value: number, eTag: eTagOf(index), stateFacts: ['Identifiable'] },
    { id: 10_000_001 + index * 2, type: 'EML', vrfStu: 'VERIFIED', value: emailOf(person), eTag: eTagOf(index), stateFacts: ['Identifiable'] },
  ];
}

export function emailOf(person: Person): string {
  return `citizen-${person.index}@mail.example`;
}

const streets = ['ул. Баумана', 'ул. Пушкина', 'пр-кт Победы', 'ул. Академика Королёва', 'ул. Декабристов'];

function addresses(person: Person): Element[] {
  const random = new Random('esia', 'address', person.index);
  return ['PLV', 'PRG'].map((type, offset) => {
    const street = random.pick(streets);
    return {
      id: 20_000_000 + person.index * 2 + offset,
      type,
      addressStr: `Республика Татарстан, г. Казань, ${street}`,
      countryId: 'RUS',
      zipCode: `4200${random.integer(10, 99)}`,
      region: 'Республика Татарстан',
      city: 'г. Казань',
      street,
      house: String(random.integer(1, 120)),
      flat: String(random.integer(1, 200)),
      eTag: eTagOf(person.index),
      stateFacts: ['Identifiable'],
    };
  });
}

/** As one line, for the page that asks for permission. */
export function registrationAddressOf(person: Person): string {
  const [, address] = addresses(person);
  return `${address?.['zipCode']}, ${address?.['addressStr']}, д. ${address?.['house']}, кв. ${address?.['flat']}`;
}

function documents(person: Person): Element[] {
  if (!person.passport) return [];
  const { series, number, issue_date, issued_by, issue_id } = person.passport;
  return [{
    id: passportId(person),
    type: 'RF_PASSPORT',
    vrfStu: person.trusted ? 'VERIFIED' : 'NOT_VERIFIED',
    series,
    number,
    issueDate: russianDate(issue_date),
    issueId: issue_id.replace('-', ''),
    issuedBy: issued_by,
    eTag: eTagOf(person.index),
    stateFacts: ['EntityRoot'],
  }];
}

/** Every fifth person speaks for a firm. */
function organizations(person: Person): Element[] {
  if (person.index % 5 !== 0) return [];
  const oid = 1_000_500_000 + person.index;
  return [{
    id: oid, oid, prnOid: oidOf(person), fullName: `ООО «Мастерская ${person.name.family_name}»`,
    shortName: 'ООО «Мастерская»', ogrn: '1027700132195', type: 'LEGAL', chief: true,
  }];
}

function russianDate(date: string): string {
  return date.split('-').reverse().join('.');
}

function eTagOf(index: number): string {
  return (index * 2_654_435_761 % 2 ** 32).toString(16).toUpperCase().padStart(8, '0').repeat(5);
}
