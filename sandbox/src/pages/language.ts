// Which of the two languages a page speaks: what was chosen, else what the browser prefers.
import type { IncomingMessage } from 'node:http';

export type Language = 'ru' | 'en';

/** A text in both languages. */
export interface Text {
  readonly ru: string;
  readonly en: string;
}

const cookieName = 'sandbox_language';

/** Order: ?lang= of the address, the cookie it left, the caller's wish, Accept-Language, Russian. */
export function languageOf(request: IncomingMessage, url: URL, wish = ''): Language {
  const cookie = new RegExp(`${cookieName}=(ru|en)`).exec(request.headers.cookie ?? '')?.[1];
  const wishes = [
    url.searchParams.get('lang') ?? '',
    cookie ?? '',
    ...wish.split(' '),
    ...(request.headers['accept-language'] ?? '').split(',').map((entry) => entry.trim()),
  ];
  const known = wishes.map((entry) => entry.slice(0, 2).toLowerCase()).find(isLanguage);
  return known ?? 'ru';
}

export function languageCookie(language: Language): string {
  return `${cookieName}=${language}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

function isLanguage(text: string): text is Language {
  return text === 'ru' || text === 'en';
}
