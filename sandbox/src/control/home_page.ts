// The first page: everything the sandbox offers, on one screen.
import type { Fault } from '../faults/board.js';
import { modesOf, targets } from '../faults/modes.js';
import { formatNumber } from '../operator/phone_page.js';
import type { Html } from '../pages/html.js';
import { html } from '../pages/html.js';
import type { Language, Text } from '../pages/language.js';
import { formatSnils } from '../population/check_digits.js';
import { ageOn } from '../population/dates.js';
import { demoPeople } from '../population/demo_people.js';
import type { Population } from '../population/population.js';

const texts = {
  title: { ru: 'Песочница Бересты', en: 'Beresta’s sandbox' },
  lead: {
    ru: 'Внешний мир для показа и проверок. Все люди и документы выдуманы, ничего не хранится после остановки.',
    en: 'The world outside, for demonstrations and tests. Every person and document is invented; nothing outlives the process.',
  },
  phone: { ru: 'Телефон жителя', en: 'A citizen’s phone' },
  phoneText: { ru: 'Звонки и SMS, которые отправила Береста', en: 'Calls and SMS sent by Beresta' },
  idp: { ru: 'Удостоверяющий портал', en: 'Identity provider' },
  idpText: {
    ru: 'Вход начинается в Бересте: «Подтвердить личность». Описание для программ:',
    en: 'Sign-in begins at Beresta: “Confirm who you are”. Description for programs:',
  },
  clinic: { ru: 'Поликлиника', en: 'Clinic' },
  clinicText: { ru: 'Чужой сайт, куда входят через Бересту', en: 'Somebody else’s site that signs people in with Beresta' },
  people: { ru: 'Жители для показа', en: 'Demo people' },
  peopleText: { ru: 'Пароль у всех один: demo', en: 'Everyone has the same password: demo' },
  name: { ru: 'Кто', en: 'Who' },
  snils: { ru: 'СНИЛС', en: 'SNILS' },
  number: { ru: 'Телефон', en: 'Phone' },
  note: { ru: 'Чем важен', en: 'Why it matters' },
  faults: { ru: 'Неполадки', en: 'Faults' },
  faultsText: {
    ru: 'Сломайте что-нибудь и посмотрите, что скажет Береста.',
    en: 'Break something and see what Beresta says.',
  },
  noFaults: { ru: 'Сейчас всё исправно.', en: 'Everything works at the moment.' },
  target: { ru: 'Что', en: 'What' },
  mode: { ru: 'Как', en: 'How' },
  delay: { ru: 'Задержка, мс', en: 'Delay, ms' },
  times: { ru: 'Сколько раз', en: 'How often' },
  always: { ru: 'всегда', en: 'always' },
  set: { ru: 'Сломать', en: 'Break' },
  clear: { ru: 'Починить всё', en: 'Repair everything' },
} satisfies Record<string, Text>;

export function homeTitle(language: Language): string {
  return texts.title[language];
}

export function homeBody(
  population: Population,
  faults: readonly Fault[],
  discovery: string,
  hasClinic: boolean,
  language: Language,
  error: string | undefined,
): Html {
  return html`
<h1>${texts.title[language]}</h1>
<p class="lead">${texts.lead[language]}</p>
<div class="grid doors">
<section class="card"><h2><a href="/phone">${texts.phone[language]}</a></h2><p>${texts.phoneText[language]}</p></section>
<section class="card"><h2>${texts.idp[language]}</h2><p>${texts.idpText[language]} <a href="${discovery}">openid-configuration</a></p></section>
${hasClinic ? html`<section class="card"><h2><a href="/clinic">${texts.clinic[language]}</a></h2><p>${texts.clinicText[language]}</p></section>` : undefined}
</div>
${peopleSection(population, language)}
${faultsSection(faults, language, error)}`;
}

function peopleSection(population: Population, language: Language): Html {
  const rows = demoPeople.map((demo, index) => {
    const person = population.at(index);
    const age = person ? ageOn(person.birth_date, population.todayDate()) : 0;
    return html`<tr><td><img src="/people/${index}/portrait.png" alt="" width="48" height="64"></td>
<td><b>${demo.name.family_name} ${demo.name.given_name} ${demo.name.middle_name}</b>, ${age}</td>
<td class="numeric">${formatSnils(person?.snils ?? '')}</td>
<td class="numeric"><a href="/phone?number=${encodeURIComponent(demo.phone)}">${formatNumber(demo.phone)}</a></td>
<td>${demo.note[language]}</td></tr>`;
  });
  return html`<section class="card"><h2>${texts.people[language]}</h2><p class="hint">${texts.peopleText[language]}</p>
<div class="table"><table class="people-table"><thead><tr><th></th><th>${texts.name[language]}</th><th>${texts.snils[language]}</th>
<th>${texts.number[language]}</th><th>${texts.note[language]}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function faultsSection(faults: readonly Fault[], language: Language, error: string | undefined): Html {
  const modes = [...new Set(targets.flatMap((target) => modesOf(target)))].filter((mode) => mode !== 'none');
  const options = (names: readonly string[]): Html[] => names.map((name) => html`<option>${name}</option>`);
  const current = faults.map((fault) => html`<li><code>${fault.target}</code> — <code>${fault.mode}</code>${
    fault.mode === 'delay' ? ` ${fault.delay_ms} ms` : ''}${fault.times === null ? '' : ` × ${fault.times}`}</li>`);
  return html`<section class="card" id="faults"><h2>${texts.faults[language]}</h2><p class="hint">${texts.faultsText[language]}</p>
${current.length > 0
    ? html`<ul>${current}</ul><form method="post" action="/knobs"><p><button class="second" name="action" value="clear">${texts.clear[language]}</button></p></form>`
    : html`<p>${texts.noFaults[language]}</p>`}
<form class="knob" method="post" action="/knobs">
<div><label for="target">${texts.target[language]}</label><select id="target" name="target">${options(targets)}</select></div>
<div><label for="mode">${texts.mode[language]}</label><select id="mode" name="mode">${options(modes)}</select></div>
<div><label for="delay">${texts.delay[language]}</label><input id="delay" name="delay_ms" type="text" inputmode="numeric" value="2000"></div>
<div><label for="times">${texts.times[language]}</label><input id="times" name="times" type="text" inputmode="numeric" placeholder="${texts.always[language]}"></div>
<button name="action" value="set">${texts.set[language]}</button>
</form>
${error ? html`<p class="error" role="alert">${error}</p>` : undefined}</section>`;
}
