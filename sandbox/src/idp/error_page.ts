// What a person sees when the provider cannot go on: which request failed and what to do.
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { html } from '../pages/html.js';
import type { Reply } from '../http/exchange.js';
import type { Language } from '../pages/language.js';
import { languageOf } from '../pages/language.js';
import { pageReply } from '../pages/page.js';
import type { IncomingMessage } from 'node:http';

const texts = {
  title: { ru: 'Войти не получилось', en: 'Sign-in did not work' },
  lead: {
    ru: 'Вернитесь в Бересту и начните вход заново. Ваши данные никуда не переданы.',
    en: 'Go back to Beresta and start again. None of your data was passed on.',
  },
  detail: { ru: 'Для разработчика', en: 'For the developer' },
  owner: { ru: 'Удостоверяющий портал', en: 'Identity provider' },
};

export function idpOwner(language: Language): string {
  return texts.owner[language];
}

export function errorReply(request: IncomingMessage, url: URL, status: number, code: string, detail: string): Reply {
  const language = languageOf(request, url);
  return pageReply({
    language,
    title: texts.title[language],
    owner: texts.owner[language],
    layout: 'narrow',
    self: url,
    status,
    body: html`<h1>${texts.title[language]}</h1><p class="lead">${texts.lead[language]}</p>
<details class="card" id="problem" data-error="${code}"><summary>${texts.detail[language]}</summary><p><code>${code}</code>: ${detail}</p></details>`,
  });
}

export function renderProviderError(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  const url = new URL((ctx.req as IncomingMessage & { originalUrl?: string }).originalUrl ?? '/', 'http://sandbox');
  const reply = errorReply(ctx.req, url, ctx.status, out.error, out.error_description ?? '');
  ctx.set(reply.headers);
  ctx.body = reply.body;
}
