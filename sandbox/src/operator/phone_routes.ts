// The phone page, its live stream, and the same messages as JSON for tests.
import type { Exchange, Reply } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import type { Inbox, Item } from './inbox.js';
import { itemHtml, phoneBody, phoneTitle } from './phone_page.js';
import { parseNumber } from './requests.js';

const heartbeatMs = 15_000;

export function addPhoneRoutes(router: Router, inbox: Inbox): void {
  router.add('GET', '/phone', (exchange) => phonePage(exchange, inbox));
  router.add('GET', '/phone/messages', ({ url }) => messages(url, inbox));
  router.add('GET', '/phone/events', (exchange) => {
    stream(exchange, inbox);
    return undefined;
  });
}

function phonePage({ request, url }: Exchange, inbox: Inbox): Reply {
  const language = languageOf(request, url);
  const typed = (url.searchParams.get('number') ?? '').trim().slice(0, 40);
  const number = readTyped(typed);
  const items = number ? inbox.list(number) : [];
  return pageReply({
    language,
    title: phoneTitle(language),
    owner: language === 'ru' ? 'Оператор связи' : 'Telephone operator',
    body: phoneBody({ typed, number, items }, language),
    self: url,
    layout: 'phone',
    script: 'phone.js',
  });
}

/** People type spaces, brackets, dashes, and 8 for +7; a bare "+" in an address arrives as a space. */
function readTyped(typed: string): string | undefined {
  const digits = typed.replace(/[\s()\-.+]/g, '');
  if (/^8\d{10}$/.test(digits)) return parseNumber(`+7${digits.slice(1)}`);
  return parseNumber(`+${digits}`);
}

function requireNumber(url: URL, name: string): string {
  const number = readTyped(url.searchParams.get(name) ?? '');
  if (!number) throw new Refusal(400, 'bad_number', `${name} must be a number such as %2B79175550142.`);
  return number;
}

function messages(url: URL, inbox: Inbox): Reply {
  const number = requireNumber(url, 'to');
  const since = url.searchParams.get('since');
  const moment = since === null ? undefined : new Date(since);
  if (moment && Number.isNaN(moment.getTime())) {
    throw new Refusal(400, 'bad_since', 'since must be a moment such as 2026-11-22T09:41:00Z.');
  }
  return jsonReply(200, inbox.list(number, moment));
}

/** Server-sent events: what is there already, then each new item as it comes. */
function stream({ request, response, url }: Exchange, inbox: Inbox): void {
  const number = requireNumber(url, 'number');
  const language = languageOf(request, url);
  const send = (item: Item): void => {
    const data = JSON.stringify({ id: item.id, html: itemHtml(item, language).text });
    response.write(`event: item\ndata: ${data}\n\n`);
  };
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write('retry: 1000\n\n');
  // Watch first, list second: an item that arrives in between would otherwise be lost.
  const stop = inbox.watch(number, send);
  for (const item of inbox.list(number).reverse()) send(item);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  response.once('close', () => {
    stop();
    clearInterval(heartbeat);
  });
}
