// What the identity provider may pass on about a person, by scope.
import type { Person } from '../population/person.js';

/** Claims of each scope, as the provider's configuration wants them. */
export const scopeClaims: Record<string, string[]> = {
  openid: ['sub', 'trusted', 'acr'],
  profile: ['given_name', 'family_name', 'middle_name', 'birthdate', 'gender'],
  snils: ['snils'],
  inn: ['inn'],
  id_doc: ['id_doc'],
  phone: ['phone_number', 'phone_number_verified'],
};

export const verifiedAcr = 'urn:beresta:sandbox:acr:verified';
export const unverifiedAcr = 'urn:beresta:sandbox:acr:unverified';

export function acrOf(person: Person): string {
  return person.trusted ? verifiedAcr : unverifiedAcr;
}

/** Everything known; the provider passes on only the claims of the scopes that were allowed. */
export function claimsOf(person: Person): { sub: string; [claim: string]: unknown } {
  return {
    sub: person.sub,
    trusted: person.trusted,
    acr: acrOf(person),
    given_name: person.name.given_name,
    family_name: person.name.family_name,
    middle_name: person.name.middle_name,
    birthdate: person.birth_date,
    gender: person.sex === 'F' ? 'female' : 'male',
    snils: person.snils,
    inn: person.tax?.inn,
    id_doc: idDocument(person),
    phone_number: person.phone,
    phone_number_verified: true,
  };
}

function idDocument(person: Person): object | undefined {
  if (!person.passport) return undefined;
  const { series, number, issue_date, issued_by, issue_id } = person.passport;
  return { type: 'RF_PASSPORT', series, number, issue_date, issued_by, issue_id };
}
