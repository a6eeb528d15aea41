// Check digits of the Russian identifiers.

/** Two control digits of a SNILS over its nine digits. */
export function snilsControl(nine: string): string {
  let sum = 0;
  for (let position = 0; position < 9; position += 1) sum += Number(nine[position]) * (9 - position);
  const rest = sum % 101;
  return String(rest === 100 ? 0 : rest).padStart(2, '0');
}

/** Eleven digits whose control digits hold; numbers up to 001-001-998 carry no control. */
export function isSnils(digits: string): boolean {
  if (!/^\d{11}$/.test(digits)) return false;
  const nine = digits.slice(0, 9);
  return Number(nine) <= 1_001_998 || snilsControl(nine) === digits.slice(9);
}

/** 12345678901 -> 123-456-789 01. */
export function formatSnils(digits: string): string {
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6, 9)} ${digits.slice(9)}`;
}

const innWeights11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const innWeights12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

function weighted(digits: string, weights: readonly number[]): string {
  const sum = weights.reduce((total, weight, position) => total + weight * Number(digits[position]), 0);
  return String((sum % 11) % 10);
}

/** The twelve-digit INN of a person from its first ten digits. */
export function completeInn(ten: string): string {
  const eleven = ten + weighted(ten, innWeights11);
  return eleven + weighted(eleven, innWeights12);
}

export function isInn12(digits: string): boolean {
  return /^\d{12}$/.test(digits) && completeInn(digits.slice(0, 10)) === digits;
}

/** The check digit that makes the number pass Luhn (the unified OMS policy number uses it). */
export function luhnDigit(body: string): string {
  let sum = 0;
  for (let step = 0; step < body.length; step += 1) {
    const digit = Number(body[body.length - 1 - step]);
    const doubled = step % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

export function isLuhn(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && luhnDigit(digits.slice(0, -1)) === digits.slice(-1);
}
