// The two pages a person meets at the identity provider: who are you, and what may be passed on.
// Both work without script.
import type { Html } from '../pages/html.js';
import { html } from '../pages/html.js';
import type { Language, Text } from '../pages/language.js';
import { formatNumber } from '../operator/phone_page.js';
import { formatSnils } from '../population/check_digits.js';
import { ageOn } from '../population/dates.js';
import { demoPeople } from '../population/demo_people.js';
import type { Person } from '../population/person.js';
import type { Population } from '../population/population.js';

const texts = {
  loginTitle: { ru: 'Кто вы сегодня?', en: 'Who are you today?' },
  loginLead: {
    ru: 'Это учебный портал: все люди выдуманы. Выберите, кем войти.',
    en: 'This is a practice portal: every person is invented. Choose whom to sign in as.',
  },
  other: { ru: 'Войти по СНИЛС', en: 'Sign in by SNILS' },
  snils: { ru: 'СНИЛС', en: 'SNILS' },
  password: { ru: 'Пароль', en: 'Password' },
  passwordHint: { ru: 'У всех один: demo', en: 'Everyone has the same one: demo' },
  enter: { ru: 'Войти', en: 'Sign in' },
  cancel: { ru: 'Не входить', en: 'Do not sign in' },
  consentTitle: { ru: 'Передать данные?', en: 'Pass on your data?' },
  consentLead: { ru: 'Береста просит передать ей:', en: 'Beresta asks for:' },
  consentAfter: {
    ru: 'Больше ничего передано не будет. Если откажетесь, вход не состоится, остальное останется как было.',
    en: 'Nothing else is passed on. If you refuse, you are not signed in and everything stays as it was.',
  },
  allow: { ru: 'Разрешить', en: 'Allow' },
  refuse: { ru: 'Отказать', en: 'Refuse' },
  verified: { ru: 'Личность подтверждена', en: 'Identity is verified' },
  unverified: { ru: 'Личность не подтверждена', en: 'Identity is not verified' },
  nothing: { ru: 'нет данных', en: 'not on record' },
} satisfies Record<string, Text>;

export type PageName = 'login' | 'consent';

export function interactionTitle(page: PageName, language: Language): string {
  return page === 'login' ? texts.loginTitle[language] : texts.consentTitle[language];
}

export interface LoginView {
  readonly action: string;
  readonly snils: string;
  readonly error: string | undefined;
}

export function loginBody(population: Population, view: LoginView, language: Language): Html {
  const today = population.todayDate();
  const cards = demoPeople.map((demo, index) => {
    const age = ageOn(demo.birthDate(today), today);
    return html`<li><button name="person" value="${index}" id="person-${index}">
<img src="/people/${index}/portrait.png" alt="" width="48" height="64">
<span><b>${demo.name.given_name} ${demo.name.middle_name} ${demo.name.family_name}</b><small>${years(age, language)} · ${demo.note[language]}</small></span></button></li>`;
  });
  return html`<h1>${texts.loginTitle[language]}</h1>
<p class="lead">${texts.loginLead[language]}</p>
<form method="post" action="${view.action}/login"><ul class="people">${cards}</ul></form>
<details class="card"${view.error ? html` open` : undefined}><summary>${texts.other[language]}</summary>
<form method="post" action="${view.action}/login">
<div class="field"><label for="snils">${texts.snils[language]}</label>
<input id="snils" name="snils" type="text" inputmode="numeric" autocomplete="off" placeholder="000-000-000 00" required value="${view.snils}"></div>
<div class="field"><label for="password">${texts.password[language]}</label>
<input id="password" name="password" type="password" autocomplete="off" required aria-describedby="password-hint">
<p class="hint" id="password-hint">${texts.passwordHint[language]}</p></div>
${view.error ? html`<p class="error" role="alert" id="login-error">${view.error}</p>` : undefined}
<div class="alone"><button id="enter">${texts.enter[language]}</button></div></form></details>
<form class="alone" method="post" action="${view.action}/refuse"><button class="second" id="cancel">${texts.cancel[language]}</button></form>`;
}

export function loginProblem(problem: 'unknown' | 'young', language: Language): string {
  const words = {
    unknown: {
      ru: 'Такой пары СНИЛС и пароля нет. Пароль у всех один: demo.',
      en: 'There is no such pair of SNILS and password. The password is demo for everyone.',
    },
    young: {
      ru: 'Этому человеку нет 14 лет: паспорта ещё нет, и войти сам он не может.',
      en: 'This person is under 14: there is no passport yet, so they cannot sign in.',
    },
  };
  return words[problem][language];
}

export interface ConsentView {
  readonly action: string;
  readonly person: Person;
  readonly facts: readonly Fact[];
}

export function consentBody(view: ConsentView, language: Language): Html {
  const { person, facts } = view;
  return html`<h1>${texts.consentTitle[language]}</h1>
<div class="card who"><img src="/people/${person.index}/portrait.png" alt="" width="60" height="80">
<p><b>${person.name.given_name} ${person.name.middle_name} ${person.name.family_name}</b><br>
<small>${person.trusted ? texts.verified[language] : texts.unverified[language]}</small></p></div>
<p>${texts.consentLead[language]}</p>
<dl class="card facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="hint">${texts.consentAfter[language]}</p>
<div class="actions">
<form method="post" action="${view.action}/allow"><button id="allow">${texts.allow[language]}</button></form>
<form method="post" action="${view.action}/refuse"><button class="second" id="refuse">${texts.refuse[language]}</button></form>
</div>`;
}

export type Fact = readonly [name: string, value: string];

/** Each scope in words, with the very values that will be passed on. */
export function factsOf(scope: string, person: Person, language: Language): Fact[] {
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  const { name, passport, tax } = person;
  switch (scope) {
    case 'openid':
      return [[
        say('Подтверждена ли личность', 'Whether your identity is verified'),
        person.trusted ? say('да', 'yes') : say('нет', 'no'),
      ]];
    case 'profile':
      return [
        [say('Имя', 'Name'), `${name.family_name} ${name.given_name} ${name.middle_name}`],
        [say('Дата рождения', 'Date of birth'), longDate(person.birth_date, language)],
        [say('Пол', 'Sex'), person.sex === 'F' ? say('женский', 'female') : say('мужской', 'male')],
      ];
    case 'snils':
      return [[texts.snils[language], formatSnils(person.snils)]];
    case 'inn':
      return [[say('ИНН', 'Taxpayer number (INN)'), tax?.inn ?? texts.nothing[language]]];
    case 'id_doc':
      return [[
        say('Паспорт', 'Passport'),
        passport
          ? `${passport.series.slice(0, 2)} ${passport.series.slice(2)} ${passport.number}, ${longDate(passport.issue_date, language)}`
          : texts.nothing[language],
      ]];
    case 'phone':
      return [[say('Телефон', 'Phone'), formatNumber(person.phone)]];
    default:
      return [];
  }
}

function longDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
    .format(new Date(date));
}

function years(age: number, language: Language): string {
  if (language === 'en') return `${age} years`;
  const forms: Record<string, string> = { one: 'год', few: 'года', many: 'лет', other: 'лет' };
  return `${age} ${forms[new Intl.PluralRules('ru').select(age)] ?? 'лет'}`;
}
