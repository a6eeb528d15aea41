// GET /clinic shows the clinic; /clinic/start leaves for Beresta; /clinic/callback is the way back.
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
  refused: { ru: 'Вход не состоялся', en: 'You were not signed in' },
} as const;

export function addClinicRoutes(router: Router, clinic: Clinic, publicUrl: () => string): void {
  router.add('GET', '/clinic', (exchange) => home(exchange, clinic.find(visitOf(exchange))));
  router.add('GET', '/clinic/start', async ({ request, url }) => {
    const { visit, url: to } = await clinic.begin(languageOf(request, url));
    const reply = seeOther(to);
    // Lax: the way back is a navigation from another site.
    return { ...reply, headers: { ...reply.headers, 'Set-Cookie': `${cookieName}=${visit}; Path=/clinic; HttpOnly; SameSite=Lax` } };
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
<p><a class="button" href="/clinic/start">${texts.enter[language]}</a></p>`;
  }
  const rows = Object.entries(claims).map(([name, value]) =>
    html`<tr><th scope="row">${name}</th><td>${typeof value === 'string' ? value : JSON.stringify(value)}</td></tr>`);
  return html`<h1>${texts.title[language]}</h1><p class="lead">${texts.got[language]}</p>
<div class="table"><table><tbody>${rows}</tbody></table></div>
<p><a class="button" href="/clinic/leave">${texts.leave[language]}</a></p>`;
}
