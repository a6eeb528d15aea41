// COSE_Sign1 without a tag, ES256 only (docs/spec/digital-id-qr.md, 2.2).
import { MalformedError, decodeCbor, encodeCbor, type CborMap, type CborValue } from './cbor';
import { signEs256, verifyEs256 } from './p256';

export type Bytes = Uint8Array<ArrayBuffer>;

/** The external_aad that keeps the three signed structures apart. */
export type Context = 'BRS1' | 'BRS1-attestation' | 'BRS1-trust';

export interface Sign1 {
  protected_bytes: Bytes;
  /** In attestations and trust lists; a presentation has none. */
  kid?: Bytes;
  payload: Bytes;
  signature: Bytes;
}

const kAlgorithm = 1;
const kKeyId = 4;
const kEs256 = -7;

export function asBytes(value: CborValue | undefined, length?: number): Bytes {
  if (!(value instanceof Uint8Array)) throw new MalformedError('not bytes');
  if (length !== undefined && value.length !== length) throw new MalformedError('length');
  return value;
}

export function asMap(value: CborValue | undefined): CborMap {
  if (!(value instanceof Map)) throw new MalformedError('not a map');
  return value;
}

export function asUnsigned(value: CborValue | undefined, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || value < 0 || value > most) throw new MalformedError('number');
  return value;
}

export function asText(value: CborValue | undefined, bytesMax: number): string {
  if (typeof value !== 'string') throw new MalformedError('not text');
  const length = new TextEncoder().encode(value).length;
  if (length < 1 || length > bytesMax) throw new MalformedError('text length');
  return value;
}

/** Keys from 16 on are room for later; an unknown one below is refused. */
export function refuseUnknownKeys(map: CborMap, known: readonly number[]): void {
  for (const key of map.keys()) {
    const isLater = typeof key === 'number' && key >= 16;
    if (!isLater && !(typeof key === 'number' && known.includes(key))) {
      throw new MalformedError('unknown key');
    }
  }
}

/** Parses the structure; throws MalformedError. Nothing is verified yet. */
export function parseSign1(value: CborValue, hasKeyId: boolean): Sign1 {
  if (!Array.isArray(value) || value.length !== 4) throw new MalformedError('not COSE_Sign1');
  const protected_bytes = asBytes(value[0]);
  if (asMap(value[1]).size !== 0) throw new MalformedError('unprotected parameters');
  const header = asMap(decodeCbor(protected_bytes));
  if (header.get(kAlgorithm) !== kEs256) throw new MalformedError('algorithm');
  if (header.size !== (hasKeyId ? 2 : 1)) throw new MalformedError('parameters');
  const parsed = {
    protected_bytes,
    payload: asBytes(value[2]),
    signature: asBytes(value[3], 64),
  };
  return hasKeyId ? { ...parsed, kid: asBytes(header.get(kKeyId), 8) } : parsed;
}

function toBeSigned(protectedBytes: Bytes, context: Context, payload: Bytes): Bytes {
  const aad = new TextEncoder().encode(context);
  return encodeCbor(['Signature1', protectedBytes, aad, payload]);
}

export function verifySign1(signed: Sign1, key: CryptoKey, context: Context): Promise<boolean> {
  const message = toBeSigned(signed.protected_bytes, context, signed.payload);
  return verifyEs256(key, signed.signature, message);
}

/** Makes a COSE_Sign1 without a kid: a presentation. */
export async function makeSign1(key: CryptoKey, context: Context, payload: Bytes): Promise<Bytes> {
  const protectedBytes = encodeCbor(new Map([[kAlgorithm, kEs256]]));
  const signature = await signEs256(key, toBeSigned(protectedBytes, context, payload));
  return encodeCbor([protectedBytes, new Map(), payload, signature]);
}
