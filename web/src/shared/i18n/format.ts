import type { Language } from './language';

const kLocales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

// "22 ноября 2026 г." would end a sentence twice.
function withoutYearWord(text: string): string {
  return text.replace(/\s*г\.$/, '');
}

export function formatDay(moment: string | Date, language: Language): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return withoutYearWord(
    new Intl.DateTimeFormat(kLocales[language], options).format(new Date(moment)),
  );
}

/** A calendar day (`YYYY-MM-DD`) has no time zone and must not shift by one. */
export function formatCalendarDay(day: string, language: Language): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return day;
  return withoutYearWord(new Intl.DateTimeFormat(kLocales[language], options).format(moment));
}

export function formatTime(moment: string | number, language: Language): string {
  const options = { hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(kLocales[language], options).format(new Date(moment));
}

export function formatMoment(moment: string | number, language: Language): string {
  const date = new Date(moment);
  const isToday = date.toDateString() === new Date().toDateString();
  if (isToday) return formatTime(date.getTime(), language);
  return new Intl.DateTimeFormat(kLocales[language], {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(date);
}

export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
