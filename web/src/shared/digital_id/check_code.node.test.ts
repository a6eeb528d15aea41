import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url, toHex } from './bytes';
import { checkCode } from './check_code';
import { makeCode, parseCode, slotAt } from './code';
import { decodeBase45, encodeBase45 } from './base45';
import { compressPoint, decompressPoint } from './p256';
import { TrustListError, openTrustList } from './trust_list';

interface Vectors {
  keys: { label: string; private_key: string; public_key: string }[];
  trust_root: string;
  trust_list: string;
  trust_lists: {
    name: string;
    bytes: string;
    checked_at: number;
    verdict: string;
    serial_seen?: number;
  }[];
  vectors: {
    name: string;
    text: string;
    checked_at: number;
    verdict: string;
    question?: string;
    issuer?: string;
    full_name?: string;
    document?: string;
    portrait_sha256?: string;
  }[];
}

const source = new URL('../../../../docs/spec/digital-id-qr-vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(source, 'utf8')) as Vectors;

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) throw new Error('not base64url');
  return bytes;
}

const root = bytesOf(vectors.trust_root);
const first = vectors.vectors[0]!;
const now = first.checked_at * 1000;
const trust = await openTrustList(bytesOf(vectors.trust_list), root, {
  now_s: first.checked_at,
  serial_seen: 0,
});

describe('a trust list', () => {
  it.each(vectors.trust_lists)('$name: $verdict', async (vector) => {
    const outcome = await openTrustList(bytesOf(vector.bytes), root, {
      now_s: vector.checked_at,
      serial_seen: vector.serial_seen ?? 0,
    }).then(
      () => 'accepted',
      (error: unknown) => (error instanceof TrustListError ? error.refusal : String(error)),
    );
    expect(outcome).toBe(vector.verdict);
  });
});

describe('a code of the specification', () => {
  it('comes with enough of them', () => {
    expect(vectors.vectors.length).toBeGreaterThan(40);
  });

  it.each(vectors.vectors)('$name: $verdict', async (vector) => {
    const result = await checkCode(vector.text, trust, vector.checked_at * 1000);
    expect(result.verdict).toBe(vector.verdict);
    if (vector.verdict !== 'yes' && vector.verdict !== 'no') {
      expect(result.full_name).toBeUndefined();
      expect(result.issuer).toBeUndefined();
      return;
    }
    expect(result.question).toBe(vector.question);
    expect(result.issuer).toBe(vector.issuer);
    expect(result.full_name).toBe(vector.full_name);
    expect(result.document).toBe(vector.document);
    const portrait = result.portrait_sha256 && toHex(result.portrait_sha256);
    expect(portrait).toBe(vector.portrait_sha256);
  });

  it('is refused with any one byte altered', async () => {
    const good = decodeBase45(first.text.slice(5))!;
    expect((await checkCode(first.text, trust, now)).verdict).toBe('yes');
    for (let at = 0; at < good.length; at += 3) {
      const altered = good.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      const { verdict } = await checkCode(`BRS1:${encodeBase45(altered)}`, trust, now);
      expect(['forged', 'malformed', 'unknown_issuer'], `byte ${at}`).toContain(verdict);
    }
  });
});

async function deviceKey(label: string): Promise<CryptoKey> {
  const key = vectors.keys.find((one) => one.label === label)!;
  const hex = (text: string) => Uint8Array.from(text.match(/../g)!, (pair) => parseInt(pair, 16));
  const point = hex(key.public_key);
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: toBase64Url(hex(key.private_key)),
    x: toBase64Url(point.slice(1, 33)),
    y: toBase64Url(point.slice(33)),
  };
  return crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ]);
}

function attestationOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase45(text.slice(5))!;
  const inner = parseCode(text);
  // The attestation is the byte string under key 1 of the payload: a2 01 58 xx ...
  const payload = inner.signed.payload;
  const isLong = payload[2] === 0x59;
  const start = isLong ? 5 : 4;
  const length = isLong ? payload[3]! * 256 + payload[4]! : payload[3]!;
  expect(bytes.length).toBeGreaterThan(length);
  return payload.slice(start, start + length);
}

describe('a code made here', () => {
  it('is accepted in its slot and the neighbours, and in no other', async () => {
    const key = await deviceKey('device');
    const verdictAt = async (shift: number) => {
      const text = await makeCode(attestationOf(first.text), key, slotAt(now) + shift);
      return (await checkCode(text, trust, now)).verdict;
    };
    expect(await Promise.all([-2, -1, 0, 1, 2].map(verdictAt))).toEqual([
      'expired',
      'yes',
      'yes',
      'yes',
      'not_yet_valid',
    ]);
  });

  it('by another device is a forgery', async () => {
    const key = await deviceKey('another device');
    const text = await makeCode(attestationOf(first.text), key, slotAt(now));
    expect((await checkCode(text, trust, now)).verdict).toBe('forged');
  });

  it('tells how long ago its slot began', async () => {
    const text = await makeCode(attestationOf(first.text), await deviceKey('device'), slotAt(now));
    const result = await checkCode(text, trust, now);
    expect(result.shown_seconds_ago).toBe(first.checked_at % 30);
  });
});

describe('a compressed point', () => {
  it.each(vectors.keys)('of $label opens to the same key', ({ public_key }) => {
    const point = Uint8Array.from(public_key.match(/../g)!, (pair) => parseInt(pair, 16));
    const compressed = compressPoint(point);
    expect(toHex(decompressPoint(compressed)!)).toBe(public_key);
    compressed[0] = compressed[0] === 2 ? 3 : 2;
    expect(toHex(decompressPoint(compressed)!)).not.toBe(public_key);
  });

  it('is refused when it is not on the curve or not in the field', () => {
    const off = new Uint8Array(33).fill(0);
    off[0] = 2;
    off[32] = 1; // x = 1 has no y on P-256
    expect(decompressPoint(off)).toBeUndefined();
    expect(decompressPoint(new Uint8Array(33).fill(0xff))).toBeUndefined();
    const tooBig = new Uint8Array(33).fill(0xff);
    tooBig[0] = 2;
    expect(decompressPoint(tooBig)).toBeUndefined();
    expect(decompressPoint(new Uint8Array(32))).toBeUndefined();
  });
});
