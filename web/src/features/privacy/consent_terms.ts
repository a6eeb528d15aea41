/** How many months each term has; a year is the longest the law of the place allows, and needs no day. */
const kMonths = { year: 12, half: 6, quarter: 3, month: 1 } as const;

export type ConsentTerm = keyof typeof kMonths;
export const kConsentTerms = ['year', 'half', 'quarter', 'month'] as const satisfies readonly ConsentTerm[];

/** The moment a term that begins now ends; of a month that has no such day, its last one. */
export function endOf(term: ConsentTerm, now: number): Date {
  const end = new Date(now);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + kMonths[term]);
  if (end.getUTCDate() !== day) end.setUTCDate(0);
  return end;
}

/** What the server is told: nothing for the longest term, it knows that one better. */
export function expiryOf(term: ConsentTerm, now: number): { expires_at?: string } {
  if (term === 'year') return {};
  return { expires_at: endOf(term, now).toISOString().replace(/\.\d+Z$/, 'Z') };
}
