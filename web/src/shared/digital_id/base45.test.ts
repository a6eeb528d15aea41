import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45';

const ascii = (text: string) => new TextEncoder().encode(text);

describe('base45', () => {
  // The examples of RFC 9285, section 4.
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('%s is %s', (text, encoded) => {
    expect(encodeBase45(ascii(text))).toBe(encoded);
    expect(decodeBase45(encoded)).toEqual(ascii(text));
  });

  it('returns every byte it was given', () => {
    const bytes = Uint8Array.from({ length: 255 }, (_, index) => index);
    expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
  });

  it.each([
    ['a character left over', 'BB8A'],
    ['a group of three above 65535', 'GGW'],
    ['a group of two above 255', '::'],
    ['a small letter', 'bb8'],
    ['a character outside the alphabet', 'B_8'],
  ])('%s is refused', (_name, text) => {
    expect(decodeBase45(text)).toBeUndefined();
  });
});
