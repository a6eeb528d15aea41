// The frame of every page: head, mark, language switch, and the headers that forbid inline script.
import type { Reply } from '../http/exchange.js';
import type { Html } from './html.js';
import { html } from './html.js';
import type { Language } from './language.js';
import { languageCookie } from './language.js';

export interface Page {
  readonly language: Language;
  readonly title: string;
  /** What stands beside the mark: whose page this is. */
  readonly owner: string;
  readonly body: Html;
  /** The address of the same page, for the language switch. */
  readonly self: URL;
  readonly layout: 'phone' | 'narrow' | 'wide';
  readonly script?: string;
  readonly status?: number;
}

// No form-action: Chromium applies it to the redirects after a form too, and the identity
// provider's last redirect leads to the relying party.
const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self'",
  "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

export function pageReply(page: Page): Reply {
  return {
    status: page.status ?? 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Set-Cookie': languageCookie(page.language),
    },
    body: frame(page).text,
  };
}

function frame(page: Page): Html {
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/sandbox.css">
${page.script ? html`<script type="module" src="/assets/${page.script}"></script>` : undefined}
</head>
<body class="layout-${page.layout}">
<div class="sheet">
<header class="top">
<a class="mark" href="/"><img src="/assets/mark.svg" alt="" width="28" height="28"><span>${page.owner}</span></a>
${languageSwitch(page)}
</header>
<main>
${page.body}
</main>
</div>
</body>
</html>`;
}

function languageSwitch(page: Page): Html {
  const other = page.language === 'ru' ? 'en' : 'ru';
  const query = new URLSearchParams(page.self.search);
  query.set('lang', other);
  return html`<a class="language" href="${page.self.pathname}?${query.toString()}" lang="${other}" hreflang="${other}">${
    other === 'ru' ? 'Русский' : 'English'}</a>`;
}
