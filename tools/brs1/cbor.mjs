// Deterministic CBOR (RFC 8949, section 4.2.1), as small as BRS1 needs it. Written from the specification
// alone and sharing nothing with the server, so that the two can check each other.
// Values: integers are Number, byte strings Uint8Array, text String, arrays Array, maps Map.

const DEPTH_MAX = 8;
const ITEMS_MAX = 1024;

const headOf = (major, value) => {
  const top = major << 5;
  if (value < 24) return Buffer.from([top | value]);
  if (value < 0x100) return Buffer.from([top | 24, value]);
  if (value < 0x10000) return Buffer.from([top | 25, value >> 8, value & 255]);
  const wide = Buffer.alloc(value < 0x100000000 ? 5 : 9);
  wide[0] = top | (wide.length === 5 ? 26 : 27);
  if (wide.length === 5) wide.writeUInt32BE(value, 1);
  else wide.writeBigUInt64BE(BigInt(value), 1);
  return wide;
};

export function encode(value) {
  if (value === false) return Buffer.from([0xf4]);
  if (value === true) return Buffer.from([0xf5]);
  if (value === null) return Buffer.from([0xf6]);
  if (Number.isSafeInteger(value)) return value < 0 ? headOf(1, -1 - value) : headOf(0, value);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    return Buffer.concat([headOf(3, bytes.length), bytes]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([headOf(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([headOf(4, value.length), ...value.map(encode)]);
  if (value instanceof Map) {
    const pairs = [...value].map(([key, item]) => [encode(key), encode(item)]);
    pairs.sort(([a], [b]) => Buffer.compare(a, b));
    return Buffer.concat([headOf(5, pairs.length), ...pairs.flat()]);
  }
  throw new TypeError(`no CBOR form for ${typeof value}`);
}

/** Thrown for whatever is not deterministic CBOR; a checker says "malformed". */
export class Malformed extends Error {}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.items = 0;
  }

  take(count) {
    if (count > this.bytes.length - this.at) throw new Malformed('a length goes past the end');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  argument(low) {
    if (low < 24) return low;
    if (low > 27) throw new Malformed('indefinite or reserved length');
    const width = 1 << (low - 24);
    let value = 0n;
    for (const byte of this.take(width)) value = (value << 8n) | BigInt(byte);
    const least = [24n, 0x100n, 0x10000n, 0x100000000n][low - 24];
    if (value < least) throw new Malformed('a head longer than needed');
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed('a number above 2^53 - 1');
    return Number(value);
  }

  item(depth) {
    if (depth > DEPTH_MAX || ++this.items > ITEMS_MAX) throw new Malformed('too deep or too many items');
    const first = this.take(1)[0];
    const [major, low] = [first >> 5, first & 31];
    if (major === 7) return this.simple(low);
    if (major === 6) throw new Malformed('a tag');
    const value = this.argument(low);
    switch (major) {
      case 0: return value;
      case 1: return -1 - value;
      case 2: return this.take(value);
      case 3: return this.text(this.take(value));
      case 4: return this.array(value, depth);
      default: return this.map(value, depth);
    }
  }

  simple(low) {
    if (low === 20) return false;
    if (low === 21) return true;
    if (low === 22) return null;
    throw new Malformed('a float or an unknown simple value');
  }

  text(bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new Malformed('text is not UTF-8');
    }
  }

  array(count, depth) {
    const list = [];
    for (let index = 0; index < count; index++) list.push(this.item(depth + 1));
    return list;
  }

  map(count, depth) {
    const result = new Map();
    let before;
    for (let index = 0; index < count; index++) {
      const start = this.at;
      const key = this.item(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string') throw new Malformed('a key of another type');
      const encoded = this.bytes.subarray(start, this.at);
      if (before && Buffer.compare(before, encoded) >= 0) throw new Malformed('keys unsorted or repeated');
      before = encoded;
      result.set(key, this.item(depth + 1));
    }
    return result;
  }
}

export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.item(1);
  if (reader.at !== bytes.length) throw new Malformed('bytes after the end');
  return value;
}
