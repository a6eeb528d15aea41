// GET /clinic shows the clinic; /clinic/start leaves for Beresta; /clinic/callback is the way back;
// /clinic/terminal is a screen in its hall, where people sign in with the telephone in their hand.
import type { Exchange, Reply } from '../http/exchange.js';
import { seeOther } from '../http/exchange.js';
import type { Router } from '../http/router.js';
import type { Html } from '../pages/html.js';
import { html } from '../pages/html.js';
import type { Language } from '../pages/language.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import type { Clinic, Visit } from './clinic.js';

const cookieName = 'clinic_visit';
const texts = {
  owner: { ru: 'Поликлиника (демонстрация)', en: 'Clinic (demonstration)' },
  title: { ru: 'Запись к врачу', en: 'See a doctor' },
  lead: {
    ru: 'Чужой сайт, который впускает людей через Бересту обычной библиотекой OpenID Connect.',
    en: 'Somebody else’s site that lets people in with Beresta by a stock OpenID Connect library.',
  },
  enter: { ru: 'Войти через Бересту', en: 'Sign in with Beresta' },
  got: { ru: 'Вот всё, что мы о вас получили', en: 'This is all we got about you' },
  leave: { ru: 'Выйти', en: 'Sign out' },
  terminal: { ru: 'Терминал в холле', en: 'The terminal in the hall' },
  terminalLead: { ru: 'Откройте на своём телефоне', en: 'On your telephone open' },
  terminalCode: { ru: 'и введите код', en: 'and type the code' },
  terminalWait: { ru: 'Страница обновится сама, когда вы решите.', en: 'This page goes on by itself when you have decided.' },
  refused: { ru: 'Вход не состоялся', en: 'You were not signed in' },
} as const;

export function addClinicRoutes(router: Router, clinic: Clinic, publicUrl: () => string): void {
  router.add('GET', '/clinic', (exchange) => home(exchange, clinic.find(visitOf(exchange))));
  router.add('GET', '/clinic/start', async ({ request, url }) => {
    const { visit, url: to } = await clinic.begin(languageOf(request, url));
    return leaveWith(visit, to);
  });
  router.add('GET', '/clinic/terminal/start', async () => leaveWith(await clinic.beginAtTerminal(), '/clinic/terminal'));
  router.add('GET', '/clinic/terminal', (exchange) => {
    const visit = clinic.find(visitOf(exchange));
    if (visit?.refusal !== undefined) return home(exchange, undefined, visit.refusal);
    return visit?.terminal && !visit.claims ? waiting(exchange, visit.terminal) : seeOther('/clinic');
  });
  router.add('GET', '/clinic/callback', async (exchange) => {
    const visit = clinic.find(visitOf(exchange));
    if (!visit) return seeOther('/clinic');
    try {
      await clinic.finish(visit, exchange.url.search);
      return seeOther('/clinic');
    } catch (error) {
      return home(exchange, undefined, error instanceof Error ? error.message : String(error));
    }
  });
  router.add('GET', '/clinic/leave', async (exchange) =>
    seeOther(await clinic.leave(visitOf(exchange), `${publicUrl()}/clinic`)));
}

function leaveWith(visit: string, to: string): Reply {
  const reply = seeOther(to);
  // Lax: the way back is a navigation from another site.
  return { ...reply, headers: { ...reply.headers, 'Set-Cookie': `${cookieName}=${visit}; Path=/clinic; HttpOnly; SameSite=Lax` } };
}

function waiting({ request, url }: Exchange, terminal: NonNullable<Visit['terminal']>): Reply {
  const language = languageOf(request, url);
  const reply = pageReply({
    language,
    title: texts.terminal[language],
    owner: texts.owner[language],
    body: html`<h1>${texts.terminal[language]}</h1>
<p>${texts.terminalLead[language]} <a href="${terminal.address}" target="_blank">${terminal.address}</a> ${texts.terminalCode[language]}</p>
<p><strong id="code" class="code">${terminal.code}</strong></p>
<p class="hint">${texts.terminalWait[language]}</p>`,
    self: new URL('/clinic/terminal', url),
    layout: 'narrow',
  });
  return { ...reply, headers: { ...reply.headers, Refresh: '2' } };
}

function visitOf({ request }: Exchange): string {
  return new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
}

function home({ request, url }: Exchange, visit: Visit | undefined, error?: string): Reply {
  const language = languageOf(request, url);
  return pageReply({
    language,
    title: texts.title[language],
    owner: texts.owner[language],
    body: body(language, visit?.claims, error),
    self: new URL('/clinic', url),
    layout: 'narrow',
    status: error ? 400 : 200,
  });
}

function body(language: Language, claims: Visit['claims'], error: string | undefined): Html {
  if (!claims) {
    return html`<h1>${texts.title[language]}</h1><p class="lead">${texts.lead[language]}</p>
${error ? html`<p class="error" role="alert">${texts.refused[language]}: ${error}</p>` : undefined}
<p><a class="button" href="/clinic/start">${texts.enter[language]}</a></p>
<p><a href="/clinic/terminal/start">${texts.terminal[language]}</a></p>`;
  }
  const rows = Object.entries(claims).map(([name, value]) =>
    html`<tr><th scope="row">${name}</th><td>${typeof value === 'string' ? value : JSON.stringify(value)}</td></tr>`);
  return html`<h1>${texts.title[language]}</h1><p class="lead">${texts.got[language]}</p>
<div class="table"><table><tbody>${rows}</tbody></table></div>
<p><a class="button" href="/clinic/leave">${texts.leave[language]}</a></p>`;
}
