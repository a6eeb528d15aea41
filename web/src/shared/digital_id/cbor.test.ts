import { describe, expect, it } from 'vitest';
import { MalformedError, decodeCbor, encodeCbor, type CborValue } from './cbor';

const hex = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

describe('CBOR', () => {
  const values: [string, CborValue][] = [
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['18ff', 255],
    ['190100', 256],
    ['1a00010000', 65_536],
    ['1b0000000100000000', 4_294_967_296],
    ['1b001fffffffffffff', Number.MAX_SAFE_INTEGER],
    ['26', -7],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['40', new Uint8Array()],
    ['43010203', new Uint8Array([1, 2, 3])],
    ['62d0b0', 'а'],
    ['83010203', [1, 2, 3]],
    ['a10102', new Map([[1, 2]])],
  ];

  it.each(values)('%s is read and written the same', (text, value) => {
    expect(decodeCbor(hex(text))).toEqual(value);
    expect(decodeCbor(encodeCbor(value))).toEqual(value);
    expect(encodeCbor(value)).toEqual(hex(text));
  });

  it('sorts the keys it writes', () => {
    const map = new Map<number | string, CborValue>([
      ['b', 1],
      [24, 2],
      [2, 3],
    ]);
    expect(encodeCbor(map)).toEqual(hex('a3020318180261' + '6201'));
  });

  it.each([
    ['a head longer than needed', '1817'],
    ['16 bits where 8 do', '1900ff'],
    ['32 bits where 16 do', '1a0000ffff'],
    ['64 bits where 32 do', '1b00000000ffffffff'],
    ['an integer above 2^53-1', '1b0020000000000000'],
    ['an indefinite byte string', '5f4101ff'],
    ['an indefinite array', '9f01ff'],
    ['an indefinite map', 'bf0102ff'],
    ['a tag', 'c000'],
    ['a half float', 'f93c00'],
    ['undefined', 'f7'],
    ['another simple value', 'f820'],
    ['unsorted keys', 'a202010102'],
    ['a key twice', 'a201010102'],
    ['a byte string as a key', 'a1410101'],
    ['text that is not UTF-8', '62c328'],
    ['a lone surrogate', '63eda080'],
    ['cut short', '4301'],
    ['a length that lies', '5affffffff00'],
    ['an array that promises too much', '9affffffff'],
    ['something after the value', '0000'],
    ['nothing', ''],
    ['too deep', '81'.repeat(9) + '00'],
  ])('%s is refused', (_name, text) => {
    expect(() => decodeCbor(hex(text))).toThrow(MalformedError);
  });
});
