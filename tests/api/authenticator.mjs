// A software authenticator on node:crypto, written from the standard and not from the server: makes passkeys of
// three algorithms and signs with them. Every member of `lies` is one thing a hostile device or page could change.
import { createHash, createSign, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const head = (major, n) => {
  if (n < 24) return Buffer.from([(major << 5) | n]);
  if (n < 256) return Buffer.from([(major << 5) | 24, n]);
  return Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
};

/** CBOR of numbers, texts, buffers, arrays and Maps in the order given. */
export function cbor(value) {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const part = (jwk, name) => Buffer.from(jwk[name], 'base64url');

const MAKERS = {
  '-7': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  '-8': () => generateKeyPairSync('ed25519'),
  '-257': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

export class Authenticator {
  constructor({ alg = -7, origin, rpId }) {
    Object.assign(this, { alg, origin, rpId, count: 0, id: randomBytes(32) });
    const { publicKey, privateKey } = MAKERS[alg]();
    this.privateKey = privateKey;
    this.jwk = publicKey.export({ format: 'jwk' });
  }

  coseKey() {
    const { jwk } = this;
    if (this.alg === -7) return cbor(new Map([[1, 2], [3, -7], [-1, 1], [-2, part(jwk, 'x')], [-3, part(jwk, 'y')]]));
    if (this.alg === -8) return cbor(new Map([[1, 1], [3, -8], [-1, 6], [-2, part(jwk, 'x')]]));
    return cbor(new Map([[1, 3], [3, -257], [-1, part(jwk, 'n')], [-2, part(jwk, 'e')]]));
  }

  #clientData(type, challenge, lies) {
    return Buffer.from(JSON.stringify({
      type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? this.origin,
      crossOrigin: lies.crossOrigin ?? false, ...lies.moreClientData,
    }));
  }

  #data(flags, lies) {
    this.count += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lies.count ?? this.count);
    return Buffer.concat([sha256(lies.rpId ?? this.rpId), Buffer.from([lies.flags ?? flags]), count]);
  }

  #sign(bytes, key = this.privateKey) {
    return this.alg === -8 ? sign(null, bytes, key) : createSign('sha256').update(bytes).sign(key);
  }

  /** @param options  PublicKeyCredentialCreationOptionsJSON; @return `credential` of createPasskey */
  create(options, lies = {}) {
    this.userHandle = options.user.id;
    const clientData = this.#clientData('webauthn.create', options.challenge, lies);
    const id = lies.credentialId ?? this.id;
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const authData = Buffer.concat([
      this.#data(0x45, lies), Buffer.alloc(16), length, id, lies.coseKey ?? this.coseKey(), lies.tail ?? Buffer.alloc(0)]);
    const statement = new Map();
    if (lies.format === 'packed') {
      statement.set('alg', lies.statementAlg ?? this.alg);
      statement.set('sig', this.#sign(Buffer.concat([authData, sha256(clientData)]), lies.attestationKey));
      if (lies.x5c) statement.set('x5c', lies.x5c);
    }
    const object = cbor(new Map([['fmt', lies.format ?? 'none'], ['attStmt', statement], ['authData', authData]]));
    return { client_data: b64(clientData), attestation_object: b64(lies.object ?? object) };
  }

  /** @param options  PublicKeyCredentialRequestOptionsJSON; @return PasskeyAssertion */
  get(options, lies = {}) {
    const clientData = this.#clientData('webauthn.get', options.challenge, lies);
    const authData = Buffer.concat([this.#data(0x05, lies), lies.tail ?? Buffer.alloc(0)]);
    const signature = this.#sign(Buffer.concat([authData, sha256(clientData)]), lies.signedBy);
    return {
      credential_id: b64(lies.credentialId ?? this.id), client_data: b64(clientData),
      authenticator_data: b64(authData), signature: b64(lies.signature?.(signature) ?? signature),
      user_handle: lies.userHandle ?? this.userHandle,
    };
  }
}
