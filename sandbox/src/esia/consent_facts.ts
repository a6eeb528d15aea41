// The facts of ESIA's scopes in words, with the very values that will be passed on.
import type { Fact } from '../idp/interaction_pages.js';
import { factsOf } from '../idp/interaction_pages.js';
import type { Language } from '../pages/language.js';
import type { Person } from '../population/person.js';
import { elementsOf, emailOf, registrationAddressOf } from './records.js';

export function esiaFacts(scopes: readonly string[], person: Person, language: Language): Fact[] {
  return scopes.flatMap((scope) => factsOfScope(scope, person, language));
}

function factsOfScope(scope: string, person: Person, language: Language): Fact[] {
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  const profile = factsOf('profile', person, language);
  const nothing = say('нет данных', 'not on record');
  switch (scope) {
    case 'fullname':
      return profile.slice(0, 1);
    case 'birthdate':
      return profile.slice(1, 2);
    case 'gender':
      return profile.slice(2, 3);
    case 'birthplace':
      return [[say('Место рождения', 'Place of birth'), person.passport?.birth_place ?? nothing]];
    case 'citizenship':
      return [[say('Гражданство', 'Citizenship'), say('Россия', 'Russia')]];
    case 'mobile':
      return factsOf('phone', person, language);
    case 'email':
      return [[say('Электронная почта', 'E-mail'), emailOf(person)]];
    case 'contacts':
      return [...factsOf('phone', person, language), [say('Электронная почта', 'E-mail'), emailOf(person)]];
    case 'addresses':
      return [[say('Адрес регистрации и проживания', 'Registered and living address'), registrationAddressOf(person)]];
    case 'usr_org':
      return [[say('Организации', 'Organisations'),
        elementsOf(person, 'orgs', ['usr_org']).map(({ fullName }) => String(fullName)).join(', ') || nothing]];
    default:
      return factsOf(scope, person, language);
  }
}
