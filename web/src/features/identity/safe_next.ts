/** Where to go after signing in: only an address of this site, never one a link smuggled in. */
export function safeNext(wanted: string | null): string {
  const isOurs = wanted !== null && /^\/(?![/\\])[\w\-/?=&%.]*$/.test(wanted);
  return isOurs ? wanted : '/home';
}
