// P-256 public keys. WebCrypto takes only the uncompressed form, so the compressed one of SEC 1
// (2.3.4) is opened here: y = (x^3 - 3x + b)^((p+1)/4), since p = 3 mod 4. The values are public,
// so the arithmetic need not be constant-time.
import { concatBytes, sha256 } from './bytes';

const kP = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const kB = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const kSquareRoot = (kP + 1n) / 4n;

function modulo(value: bigint): bigint {
  const rest = value % kP;
  return rest < 0n ? rest + kP : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

function toInteger(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function toBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32);
  for (let index = 31, rest = value; index >= 0; index--, rest >>= 8n) {
    bytes[index] = Number(rest & 0xffn);
  }
  return bytes;
}

/** The 65-byte form of a 33-byte key, or undefined when it is not a point of the curve. */
export function decompressPoint(compressed: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const sign = compressed[0];
  if (compressed.length !== 33 || (sign !== 2 && sign !== 3)) return undefined;
  const x = toInteger(compressed.subarray(1));
  if (x >= kP) return undefined;
  const square = modulo(x * x * x - 3n * x + kB);
  const root = power(square, kSquareRoot);
  if (modulo(root * root) !== square) return undefined;
  const isOdd = (root & 1n) === 1n;
  const y = isOdd === (sign === 3) ? root : kP - root;
  if (y === kP) return undefined;
  return concatBytes(new Uint8Array([4]), toBytes(x), toBytes(y));
}

export function compressPoint(uncompressed: Uint8Array): Uint8Array<ArrayBuffer> {
  const isOdd = ((uncompressed[64] ?? 0) & 1) === 1;
  return concatBytes(new Uint8Array([isOdd ? 3 : 2]), uncompressed.subarray(1, 33));
}

/** A key to verify with, or undefined when the bytes are no point of the curve. */
export async function importPoint(
  uncompressed: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey | undefined> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  try {
    return await crypto.subtle.importKey('raw', uncompressed, algorithm, false, ['verify']);
  } catch {
    return undefined;
  }
}

/** The first 8 bytes of the SHA-256 of the uncompressed key. */
export async function keyIdOf(
  uncompressed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return (await sha256(uncompressed)).slice(0, 8);
}

const kEs256 = { name: 'ECDSA', hash: 'SHA-256' };

export function verifyEs256(
  key: CryptoKey,
  signature: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify(kEs256, key, signature, message);
}

/** Signs; the 64 bytes are r and s. */
export async function signEs256(
  key: CryptoKey,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(kEs256, key, message));
}
