// The identity provider's signing keys, made at start, and compact JWTs signed with them.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

export type SigningAlgorithm = 'ES256' | 'RS256';

export class SigningKey {
  private constructor(
    readonly kid: string,
    readonly algorithm: SigningAlgorithm,
    private readonly privateKey: KeyObject,
  ) {}

  static generate(algorithm: SigningAlgorithm): SigningKey {
    const { privateKey } = algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
    return new SigningKey(randomUUID(), algorithm, privateKey);
  }

  /** The private key as the provider takes it; it publishes only the public half. */
  toJwk(): JsonWebKey & { kid: string; alg: string; use: string } {
    return { ...this.privateKey.export({ format: 'jwk' }), kid: this.kid, alg: this.algorithm, use: 'sig' };
  }

  /** @param kid what the header claims, which may be another key's. */
  signJwt(payload: object, kid: string = this.kid): string {
    const input = `${encode({ alg: this.algorithm, typ: 'JWT', kid })}.${encode(payload)}`;
    const signature = sign('sha256', Buffer.from(input), { key: this.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }
}

export function unsignedJwt(payload: object): string {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.`;
}

export function readPayload(jwt: string): Record<string, unknown> {
  const part = jwt.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
