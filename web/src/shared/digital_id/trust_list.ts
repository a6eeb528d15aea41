// The signed list of issuers (docs/spec/digital-id-qr.md, 5).
import { toHex } from './bytes';
import { MalformedError, decodeCbor, type CborValue } from './cbor';
import { asBytes, asMap, asText, asUnsigned, parseSign1, refuseUnknownKeys, verifySign1, type Bytes } from './cose';
import { decompressPoint, importPoint, keyIdOf } from './p256';

const kIssuersMax = 64;

export interface Issuer {
  name: string;
  key: CryptoKey;
  not_before: number;
  not_after: number;
}

export interface TrustList {
  serial: number;
  issued: number;
  expires: number;
  /** By kid in hex. */
  issuers: Map<string, Issuer>;
}

export type TrustListRefusal = 'malformed' | 'forged' | 'expired' | 'older_than_seen';

export class TrustListError extends Error {
  readonly refusal: TrustListRefusal;
  constructor(refusal: TrustListRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

interface Check {
  now_s: number;
  /** The highest serial used before, so that an old list cannot be slipped in. */
  serial_seen: number;
}

async function parseIssuer(value: CborValue): Promise<[string, Issuer]> {
  const map = asMap(value);
  refuseUnknownKeys(map, [1, 2, 3, 4, 5]);
  const kid = toHex(asBytes(map.get(1), 8));
  const point = decompressPoint(asBytes(map.get(2), 33));
  const key = point === undefined ? undefined : await importPoint(point);
  if (point === undefined || key === undefined || toHex(await keyIdOf(point)) !== kid) {
    throw new MalformedError('issuer key');
  }
  const issuer = {
    key,
    name: asText(map.get(3), 120),
    not_before: asUnsigned(map.get(4)),
    not_after: asUnsigned(map.get(5)),
  };
  return [kid, issuer];
}

async function parse(bytes: Bytes) {
  const signed = parseSign1(decodeCbor(bytes), true);
  const map = asMap(decodeCbor(signed.payload));
  refuseUnknownKeys(map, [1, 2, 3, 4]);
  const entries = map.get(4);
  if (!Array.isArray(entries) || entries.length > kIssuersMax) throw new MalformedError('issuers');
  const list: TrustList = {
    serial: asUnsigned(map.get(1)),
    issued: asUnsigned(map.get(2)),
    expires: asUnsigned(map.get(3)),
    issuers: new Map(await Promise.all(entries.map(parseIssuer))),
  };
  return { signed, list };
}

/** Reads and verifies a list against the pinned root key (65 bytes). Throws TrustListError. */
export async function openTrustList(bytes: Bytes, root: Bytes, check: Check): Promise<TrustList> {
  const parsed = await parse(bytes).catch((error: unknown) => {
    throw error instanceof MalformedError ? new TrustListError('malformed') : error;
  });
  const key = await importPoint(root);
  const holds = key !== undefined && (await verifySign1(parsed.signed, key, 'BRS1-trust'));
  if (!holds) throw new TrustListError('forged');
  if (check.now_s > parsed.list.expires) throw new TrustListError('expired');
  if (parsed.list.serial < check.serial_seen) throw new TrustListError('older_than_seen');
  return parsed.list;
}
