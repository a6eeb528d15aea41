import { useConfiguration } from '../api/configuration';

// As on the paper documents.
const kPatterns = new Map([
  ['snils', '000-000-000 00'],
  ['inn', '0000 0000 0000'],
  ['oms', '0000 0000 0000 0000'],
]);
const kPhones = new Set(['phone', 'mobile', 'phone_number']);

/** The value's digits in the places of the pattern's; a value of another shape stays as it is. */
export function groupLike(pattern: string, value: string): string {
  const sign = /^\+?/.exec(value)?.[0] ?? '';
  const digits = value.replace(/\D/g, '');
  const places = pattern.replace(/\D/g, '').length;
  if (digits.length !== places || pattern.startsWith('+') !== (sign === '+')) return value;
  let next = 0;
  return pattern.replace(/\d/g, () => digits[next++] ?? '');
}

/** How people read the value of an attribute; numbers of this country as its example is written. */
export function useGrouped(): (name: string, value: string) => string {
  const example = useConfiguration().data?.phone_example ?? '';
  return (name, value) => {
    const country = /^\+\d+/.exec(example)?.[0];
    const isOurs = country !== undefined && value.startsWith(country);
    if (kPhones.has(name)) return isOurs ? groupLike(example, value) : value;
    const pattern = kPatterns.get(name);
    return pattern === undefined ? value : groupLike(pattern, value);
  };
}
