// Turns a proper id_token into one that no relying party may accept, each in one way only, so that
// a test knows which check must have refused it.
import type { TamperMode } from '../faults/modes.js';
import type { SigningKey } from './signing_key.js';
import { readPayload, unsignedJwt } from './signing_key.js';

const hour = 3600;

/** @param foreign a key that is not in the provider's JWKS. */
export function tamperIdToken(idToken: string, mode: TamperMode, own: SigningKey, foreign: SigningKey): string {
  const payload = readPayload(idToken);
  switch (mode) {
    case 'alg_none':
      return unsignedJwt(payload);
    case 'wrong_aud':
      return own.signJwt({ ...payload, aud: 'another-relying-party' });
    case 'wrong_nonce':
      return own.signJwt({ ...payload, nonce: 'a-nonce-nobody-sent' });
    case 'wrong_issuer':
      return own.signJwt({ ...payload, iss: 'https://another-issuer.example' });
    case 'expired':
      return own.signJwt({ ...payload, iat: shifted(payload['iat'], -2), exp: shifted(payload['iat'], -1) });
    case 'foreign_key':
      return foreign.signJwt(payload, own.kid);
    case 'bad_signature':
      return flipOneBit(idToken);
    case 'wrong_sub':
    case 'other_family_name':
      return idToken;
  }
}

function shifted(value: unknown, hours: number): number {
  return Number(value) + hours * hour;
}

function flipOneBit(jwt: string): string {
  const [header, payload, signature] = jwt.split('.') as [string, string, string];
  const bytes = Buffer.from(signature, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}
