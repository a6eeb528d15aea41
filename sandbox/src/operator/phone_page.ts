// The demo citizen's phone: what the operator delivered to one number, newest first.
import type { Html } from '../pages/html.js';
import { html } from '../pages/html.js';
import type { Language, Text } from '../pages/language.js';
import { demoPeople } from '../population/demo_people.js';
import type { Item } from './inbox.js';

const texts = {
  title: { ru: 'Телефон жителя', en: 'A citizen’s phone' },
  lead: {
    ru: 'Сюда приходят звонки и SMS, которые отправляет Береста.',
    en: 'Calls and SMS that Beresta sends arrive here.',
  },
  number: { ru: 'Номер телефона', en: 'Phone number' },
  show: { ru: 'Показать', en: 'Show' },
  someone: { ru: 'Номера жителей для показа', en: 'Numbers of the demo people' },
  emptyTitle: { ru: 'Пока тихо', en: 'Quiet so far' },
  emptyText: {
    ru: 'Оставьте страницу открытой. Звонок или SMS появятся здесь сами, обновлять её не нужно.',
    en: 'Leave the page open. A call or an SMS appears by itself, there is no need to reload.',
  },
  noNumberTitle: { ru: 'Чей это телефон?', en: 'Whose phone is it?' },
  noNumberText: {
    ru: 'Введите номер, с которым регистрируетесь, или выберите жителя.',
    en: 'Enter the number you register with, or choose a person.',
  },
  badNumber: {
    ru: 'Такой номер не набрать. Введите его целиком, с кодом страны: +7 917 555-01-42.',
    en: 'This number cannot be dialled. Enter it in full with the country code: +7 917 555-01-42.',
  },
  call: { ru: 'Входящий звонок', en: 'Incoming call' },
  callHint: { ru: 'Код — последние пять цифр', en: 'The code is the last five digits' },
  sms: { ru: 'SMS от Бересты', en: 'SMS from Beresta' },
  live: { ru: 'На связи', en: 'Live' },
  lost: { ru: 'Нет связи, соединяем снова', en: 'Connection lost, reconnecting' },
} satisfies Record<string, Text>;

export function phoneTitle(language: Language): string {
  return texts.title[language];
}

export interface PhoneView {
  /** As typed; empty when nothing was typed yet. */
  readonly typed: string;
  /** The number it means, or undefined when it means none. */
  readonly number: string | undefined;
  readonly items: readonly Item[];
}

export function phoneBody(view: PhoneView, language: Language): Html {
  const bad = view.typed !== '' && !view.number;
  const shown = view.number ? formatNumber(view.number) : view.typed;
  return html`
<h1>${texts.title[language]}</h1>
<p class="lead">${texts.lead[language]}</p>
<form class="number" method="get" action="/phone">
<label for="number">${texts.number[language]}</label>
<div class="row"><input id="number" name="number" type="tel" inputmode="tel" autocomplete="off" value="${shown}"
 placeholder="+7 917 555-01-42"${bad ? html` aria-invalid="true" aria-describedby="number-error"` : undefined}>
<button type="submit">${texts.show[language]}</button></div>
${bad ? html`<p class="error" id="number-error">${texts.badNumber[language]}</p>` : undefined}
</form>
${view.number ? inboxSection(view.number, view.items, language) : chooser(language)}`;
}

function inboxSection(number: string, items: readonly Item[], language: Language): Html {
  return html`
<section id="inbox" data-number="${number}" data-language="${language}">
<p class="live" role="status" data-live="${texts.live[language]}" data-lost="${texts.lost[language]}"></p>
<ol class="items" id="items" aria-live="polite">${items.map((item) => itemHtml(item, language))}</ol>
<div class="empty" id="empty"${items.length > 0 ? html` hidden` : undefined}>
<svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true"><rect x="19" y="6" width="26" height="52" rx="6"/><path d="M28 50h8M28 20h8M26 27h12"/></svg>
<h2>${texts.emptyTitle[language]}</h2><p>${texts.emptyText[language]}</p></div>
</section>`;
}

function chooser(language: Language): Html {
  return html`
<section class="choose"><h2>${texts.noNumberTitle[language]}</h2><p>${texts.noNumberText[language]}</p>
<ul class="people" aria-label="${texts.someone[language]}">${demoPeople.map((person, index) => html`
<li><a href="/phone?number=${encodeURIComponent(person.phone)}"><img src="/people/${index}/portrait.png" alt="" width="48" height="64" loading="lazy">
<span><b>${person.name.given_name} ${person.name.family_name}</b><small>${formatNumber(person.phone)}</small></span></a></li>`)}
</ul></section>`;
}

/** One call or message; the live page receives the same markup. */
export function itemHtml(item: Item, language: Language): Html {
  return html`<li class="item ${item.kind}" id="item-${item.id}">
<span class="icon" aria-hidden="true">${item.kind === 'call' ? callIcon : smsIcon}</span>
<div class="what"><p class="kind">${texts[item.kind][language]}<time datetime="${item.at}">${clock(item.at)}</time></p>
${item.kind === 'call' ? callContent(item.from, language) : html`<p class="text">${markCode(item.text)}</p>`}
</div></li>`;
}

const callIcon = html`<svg viewBox="0 0 24 24" width="22" height="22"><path d="M6.6 3.8 9 4.2l1.2 3.6-1.8 1.6a12 12 0 0 0 6.2 6.2l1.6-1.8 3.6 1.2.4 2.4c.1 1-.6 1.9-1.6 1.9C11 19.3 4.7 13 4.7 5.4c0-1 .9-1.7 1.9-1.6Z"/></svg>`;
const smsIcon = html`<svg viewBox="0 0 24 24" width="22" height="22"><path d="M4 5.5h16v11h-9l-4 3.5v-3.5H4Z"/></svg>`;

function callContent(from: string, language: Language): Html {
  const head = from.slice(0, -5);
  const tail = from.slice(-5);
  return html`<p class="caller" aria-label="${from}"><span>${groupHead(head)}</span> <mark data-code="${tail}">${
    tail.slice(0, 1)} ${tail.slice(1, 3)} ${tail.slice(3)}</mark></p><p class="hint">${texts.callHint[language]}</p>`;
}

function groupHead(head: string): string {
  return head.length === 7 ? `${head.slice(0, 2)} ${head.slice(2, 5)} ${head.slice(5)}` : head;
}

/** A code stands out, so that it is found at a glance: four to eight digits, or a long one in groups. */
function markCode(text: string): Html[] {
  return text.split(/(?<!\d)(\d{3,4}(?: \d{3,4}){1,3}|\d{4,8})(?!\d)/).map((piece, position) =>
    position % 2 === 1 ? html`<mark>${piece}</mark>` : html`${piece}`);
}

/** +79175550142 -> +7 917 555-01-42; other countries in threes. */
export function formatNumber(number: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`;
  return `+${number.slice(1).replace(/(\d{3})(?=\d)/g, '$1 ')}`;
}

/** Hours and minutes in the server's zone; the script turns them into the reader's. */
function clock(at: string): string {
  return new Date(at).toTimeString().slice(0, 5);
}
