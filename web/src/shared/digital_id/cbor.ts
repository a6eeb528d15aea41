// The deterministic subset of CBOR that Digital ID codes use (docs/spec/digital-id-qr.md, 2.1):
// shortest heads, definite lengths, sorted keys, no tags, no floats. Anything else is refused.

export type CborKey = number | string;
export type CborValue =
  | number
  | boolean
  | null
  | string
  | Uint8Array<ArrayBuffer>
  | CborValue[]
  | CborMap;
export type CborMap = Map<CborKey, CborValue>;

export class MalformedError extends Error {}

const kDepthMax = 8;
const kItemsMax = 1024;
const kBytesMax = 65_536;

const kUnsigned = 0;
const kNegative = 1;
const kByteString = 2;
const kTextString = 3;
const kArray = 4;
const kMap = 5;
const kSimple = 7;

class Reader {
  private at = 0;
  private items = 0;
  private readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  value(depth: number): CborValue {
    if (++this.items > kItemsMax || depth > kDepthMax) throw new MalformedError('too much');
    const { major, argument } = this.head();
    switch (major) {
      case kUnsigned:
        return argument;
      case kNegative:
        return -1 - argument;
      case kByteString:
        return this.take(argument);
      case kTextString:
        return this.text(argument);
      case kArray:
        return this.array(argument, depth);
      case kMap:
        return this.map(argument, depth);
      default:
        return simple(argument);
    }
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new MalformedError('cut short');
    return byte;
  }

  private take(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.bytes.length - this.at) throw new MalformedError('cut short');
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  private head(): { major: number; argument: number } {
    const first = this.byte();
    const major = first >> 5;
    const short = first & 31;
    if (major === 6) throw new MalformedError('a tag');
    if (short < 24) return { major, argument: short };
    if (major === kSimple || short > 27) throw new MalformedError('not in the subset');
    const size = 2 ** (short - 24);
    let argument = 0;
    for (let index = 0; index < size; index++) argument = argument * 256 + this.byte();
    const least = size === 1 ? 24 : 2 ** (4 * size);
    if (argument < least || argument > Number.MAX_SAFE_INTEGER) {
      throw new MalformedError('not the shortest head');
    }
    return { major, argument };
  }

  private text(length: number): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(length));
    } catch {
      throw new MalformedError('not UTF-8');
    }
  }

  private array(length: number, depth: number): CborValue[] {
    if (length > kItemsMax) throw new MalformedError('too much');
    return Array.from({ length }, () => this.value(depth + 1));
  }

  private map(length: number, depth: number): CborMap {
    if (length > kItemsMax) throw new MalformedError('too much');
    const map: CborMap = new Map();
    let before: Uint8Array | undefined;
    for (let index = 0; index < length; index++) {
      const start = this.at;
      const key = this.value(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string') throw new MalformedError('key');
      const encoded = this.bytes.subarray(start, this.at);
      if (before !== undefined && compare(before, encoded) >= 0) throw new MalformedError('order');
      before = encoded;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }
}

function simple(argument: number): boolean | null {
  if (argument === 20) return false;
  if (argument === 21) return true;
  if (argument === 22) return null;
  throw new MalformedError('not in the subset');
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Reads exactly one value that fills all the bytes. Throws MalformedError. */
export function decodeCbor(bytes: Uint8Array<ArrayBuffer>): CborValue {
  if (bytes.length > kBytesMax) throw new MalformedError('too long');
  const reader = new Reader(bytes);
  const value = reader.value(1);
  if (!reader.isAtEnd) throw new MalformedError('something follows');
  return value;
}

function head(major: number, argument: number): number[] {
  const first = major << 5;
  if (argument < 24) return [first | argument];
  const sizes = [1, 2, 4, 8];
  const order = sizes.findIndex((size) => argument < 2 ** (8 * size));
  const size = sizes[order] ?? 8;
  const tail: number[] = [];
  for (let rest = argument, left = size; left > 0; left--, rest = Math.floor(rest / 256)) {
    tail.unshift(rest % 256);
  }
  return [first | (24 + order), ...tail];
}

function encodeInto(value: CborValue): number[] {
  if (typeof value === 'number') {
    return value >= 0 ? head(kUnsigned, value) : head(kNegative, -1 - value);
  }
  if (typeof value === 'boolean') return [value ? 0xf5 : 0xf4];
  if (value === null) return [0xf6];
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return [...head(kTextString, bytes.length), ...bytes];
  }
  if (value instanceof Uint8Array) return [...head(kByteString, value.length), ...value];
  if (Array.isArray(value)) return [...head(kArray, value.length), ...value.flatMap(encodeInto)];
  const pairs = [...value].map(([key, one]) => ({ key: encodeInto(key), value: encodeInto(one) }));
  pairs.sort((a, b) => compare(new Uint8Array(a.key), new Uint8Array(b.key)));
  return [...head(kMap, pairs.length), ...pairs.flatMap((pair) => [...pair.key, ...pair.value])];
}

export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodeInto(value));
}
