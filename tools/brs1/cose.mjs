// COSE_Sign1 with ES256 (RFC 9052) as BRS1 writes it: untagged, nothing unprotected, raw r||s.
import { createECDH, createHash, createPrivateKey, createPublicKey, ECDH, sign, verify } from 'node:crypto';
import { decode, encode, Malformed } from './cbor.mjs';

const ALG = 1;
const KID = 4;
const ES256 = -7;

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

/** A P-256 key pair from a label. The label is public, so the key protects nothing: tests only. */
export function testKey(label) {
  const secret = createHash('sha256').update(`Beresta test key, never use: ${label}`).digest();
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(secret);
  const uncompressed = pair.getPublicKey();
  return {
    label,
    secret,
    uncompressed,
    compressed: pair.getPublicKey(null, 'compressed'),
    kid: kidOf(uncompressed),
    privateKey: createPrivateKey({ key: { ...jwkOf(uncompressed), d: base64url(secret) }, format: 'jwk' }),
  };
}

function jwkOf(uncompressed) {
  return { kty: 'EC', crv: 'P-256', x: base64url(uncompressed.subarray(1, 33)), y: base64url(uncompressed.subarray(33)) };
}

/** The first 8 bytes of SHA-256 of the uncompressed point; takes either form. */
export function kidOf(point) {
  const uncompressed = ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'uncompressed');
  return createHash('sha256').update(uncompressed).digest().subarray(0, 8);
}

/** The public key of a SEC1 point, either form; undefined when it is not a point of the curve. */
export function publicKeyOf(point) {
  try {
    const uncompressed = ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'uncompressed');
    return createPublicKey({ key: jwkOf(uncompressed), format: 'jwk' });
  } catch {
    return undefined;
  }
}

const toBeSigned = (protectedBytes, aad, payload) =>
  encode(['Signature1', protectedBytes, Buffer.from(aad, 'ascii'), payload]);

/** @param payload bytes, so that a vector may hold a payload that is not what it should be */
export function sign1(key, aad, payload, { kid, unprotected = new Map() } = {}) {
  const header = new Map([[ALG, ES256]]);
  if (kid) header.set(KID, kid);
  const protectedBytes = encode(header);
  const signature = sign('sha256', toBeSigned(protectedBytes, aad, payload), {
    key: key.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return encode([protectedBytes, unprotected, payload, signature]);
}

/** Reads the four parts; `withKid` says which of the two header forms is expected. */
export function parseSign1(bytes, withKid) {
  const parts = decode(bytes);
  if (!Array.isArray(parts) || parts.length !== 4) throw new Malformed('not a COSE_Sign1');
  const [protectedBytes, unprotected, payload, signature] = parts;
  const isBytes = (value) => value instanceof Uint8Array;
  if (!isBytes(protectedBytes) || !isBytes(payload) || !isBytes(signature) || signature.length !== 64) {
    throw new Malformed('a part of the COSE_Sign1 has another type or size');
  }
  if (!(unprotected instanceof Map) || unprotected.size > 0) throw new Malformed('unprotected header not empty');
  const header = decode(protectedBytes);
  const size = withKid ? 2 : 1;
  if (!(header instanceof Map) || header.size !== size || header.get(ALG) !== ES256) throw new Malformed('header');
  const kid = header.get(KID);
  if (withKid && !(isBytes(kid) && kid.length === 8)) throw new Malformed('kid');
  return { protectedBytes, payload, signature, kid };
}

/** True when the signature over those parts and `aad` is the key's; `key` may be undefined. */
export function verifySign1({ protectedBytes, payload, signature }, key, aad) {
  if (!key) return false;
  return verify('sha256', toBeSigned(protectedBytes, aad, payload), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
