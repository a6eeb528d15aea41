import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export type Language = 'ru' | 'en';
export const kLanguages: readonly Language[] = ['ru', 'en'];

const kCookie = /(?:^|;\s*)lang=(ru|en)(?:;|$)/;
const kYearSeconds = 31_536_000;

/** The person's earlier choice, else the first of the browser's languages we speak, else Russian. */
export function preferredLanguage(cookie: string, browser: readonly string[]): Language {
  const chosen = kCookie.exec(cookie)?.[1];
  if (chosen === 'ru' || chosen === 'en') return chosen;
  const spoken = browser
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((code) => code === 'ru' || code === 'en');
  return spoken === 'en' ? 'en' : 'ru';
}

// The server reads this cookie, so that its problem texts come in the same language.
function remember(language: Language): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `lang=${language}; Path=/; Max-Age=${kYearSeconds}; SameSite=Lax${secure}`;
  document.documentElement.lang = language;
}

type Part = (language: Language) => Promise<{ default: Record<string, unknown> }>;

const everybody: Part = (language) =>
  language === 'ru' ? import('./ru.json') : import('./en.json');
/** For whoever is signed in, or has left; loaded with the first such page. */
export const kCabinetTexts: Part = (language) =>
  language === 'ru' ? import('./cabinet.ru.json') : import('./cabinet.en.json');
/** For staff; loaded with the first page of the desk. */
export const kDeskTexts: Part = (language) =>
  language === 'ru' ? import('./desk.ru.json') : import('./desk.en.json');
/** For the pages of one's consents. */
export const kConsentTexts: Part = (language) =>
  language === 'ru' ? import('./consents.ru.json') : import('./consents.en.json');

/** For requests about one's data, on both sides of the desk. */
export const kRequestTexts: Part = (language) =>
  language === 'ru' ? import('./requests.ru.json') : import('./requests.en.json');

/** For pages about what is kept and about documents: most people never open them. */
export const kPaperTexts: Part = (language) =>
  language === 'ru' ? import('./papers.ru.json') : import('./papers.en.json');

const parts = new Set<Part>([everybody]);

/** Brings the texts of a language here without switching to it. */
export async function loadTexts(language: Language): Promise<void> {
  for (const part of parts) {
    const texts = await part(language);
    i18next.addResourceBundle(language, 'translation', texts.default, true, true);
  }
}

export async function addTexts(part: Part): Promise<void> {
  parts.add(part);
  await loadTexts(i18next.language === 'en' ? 'en' : 'ru');
}

/** What stands where a word of the server has no text here yet: the word itself, said to be one of its own. */
export function unnamed(key: string): string {
  // The words of one list may have dots in them, as kinds of history have.
  const word = key.split('.').slice(-1)[0]?.replaceAll(/[_-]/g, ' ') ?? key;
  return i18next.t('common.unnamed', { word });
}

export async function startLanguages(): Promise<void> {
  const language = preferredLanguage(document.cookie, navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: (await everybody(language)).default } },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
    parseMissingKeyHandler: unnamed,
  });
  remember(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  await loadTexts(language);
  remember(language);
  await i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'ru';
}
