// A citizen's mail: the page, and the same letters as JSON for tests.
import type { Exchange, Reply } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';
import type { Router } from '../http/router.js';
import type { Html } from '../pages/html.js';
import { html } from '../pages/html.js';
import type { Language, Text } from '../pages/language.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import type { Letter, Mailboxes } from './mailbox.js';

const texts = {
  title: { ru: 'Почта жителя', en: 'A citizen’s mail' },
  lead: { ru: 'Сюда приходят письма, которые отправляет Береста.', en: 'Letters that Beresta sends arrive here.' },
  address: { ru: 'Адрес почты', en: 'E-mail address' },
  show: { ru: 'Показать', en: 'Show' },
  empty: { ru: 'Писем нет.', en: 'No letters.' },
  owner: { ru: 'Почта', en: 'Mail' },
} satisfies Record<string, Text>;

export function addMailRoutes(router: Router, boxes: Mailboxes): void {
  router.add('GET', '/mail', (exchange) => mailPage(exchange, boxes));
  router.add('GET', '/mail/messages', ({ url }) => jsonReply(200, boxes.list(url.searchParams.get('to') ?? '')));
}

function mailPage({ request, url }: Exchange, boxes: Mailboxes): Reply {
  const language = languageOf(request, url);
  const address = (url.searchParams.get('address') ?? '').trim().slice(0, 254);
  return pageReply({
    language,
    title: texts.title[language],
    owner: texts.owner[language],
    body: mailBody(address, boxes.list(address), language),
    self: url,
    layout: 'phone',
  });
}

function mailBody(address: string, letters: readonly Letter[], language: Language): Html {
  return html`
<h1>${texts.title[language]}</h1>
<p class="lead">${texts.lead[language]}</p>
<form class="number" method="get" action="/mail">
<label for="address">${texts.address[language]}</label>
<div class="row"><input id="address" name="address" type="email" autocomplete="off" value="${address}" placeholder="alsu@mail.example">
<button type="submit">${texts.show[language]}</button></div>
</form>
<ol class="items">${letters.map((letter) => html`<li class="item sms" id="letter-${letter.id}">
<div class="what"><p class="kind">${letter.subject}<time datetime="${letter.at}">${letter.at.slice(11, 16)}</time></p>
<p class="text">${letter.text}</p></div></li>`)}</ol>
${address !== '' && letters.length === 0 ? html`<p>${texts.empty[language]}</p>` : undefined}`;
}
