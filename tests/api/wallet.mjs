// An independent wallet: docs/spec/digital-id-qr.md in WebCrypto, with a CBOR and base45 of its own. It shares
// nothing with the server or with tools/brs1, so that a misreading of the text by one is seen by another.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { assertStatus } from './people.mjs';

const { subtle } = webcrypto;
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

export const base64url = (bytes) => Buffer.from(bytes).toString('base64url');
export const fromBase64url = (text) => new Uint8Array(Buffer.from(text, 'base64url'));
export const sha256 = async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
const ascii = (text) => new Uint8Array(Buffer.from(text, 'ascii'));
const join = (...parts) => new Uint8Array(Buffer.concat(parts));

// CBOR. Maps are arrays of pairs, already in the order the specification wants; `raw` passes bytes through.
export const map = (...pairs) => ({ pairs });
export const raw = (bytes) => ({ raw: bytes });

function head(major, value) {
  if (value < 24) return [(major << 5) | value];
  const size = value < 2 ** 8 ? 1 : value < 2 ** 16 ? 2 : value < 2 ** 32 ? 4 : 8;
  const bytes = [(major << 5) | { 1: 24, 2: 25, 4: 26, 8: 27 }[size]];
  for (let shift = size - 1; shift >= 0; shift -= 1) bytes.push(Math.floor(value / 256 ** shift) % 256);
  return bytes;
}

export function cbor(value) {
  if (value === true || value === false) return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === 'number') return Uint8Array.from(value >= 0 ? head(0, value) : head(1, -1 - value));
  if (typeof value === 'string') return join(Uint8Array.from(head(3, Buffer.byteLength(value))), Buffer.from(value));
  if (value instanceof Uint8Array) return join(Uint8Array.from(head(2, value.length)), value);
  if (Array.isArray(value)) return join(Uint8Array.from(head(4, value.length)), ...value.map(cbor));
  if (value.raw) return value.raw;
  return join(Uint8Array.from(head(5, value.pairs.length)), ...value.pairs.flat().map(cbor));
}

/** Reads CBOR that is known to be good; arrays as arrays, maps as Map. */
export function readCbor(bytes) {
  let at = 0;
  const item = () => {
    const [major, low] = [bytes[at] >> 5, bytes[at] & 31];
    at += 1;
    if (major === 7) return { 20: false, 21: true }[low];
    const size = low < 24 ? 0 : 2 ** (low - 24);
    let value = size === 0 ? low : 0;
    for (let i = 0; i < size; i += 1) value = value * 256 + bytes[at + i];
    at += size;
    if (major === 0) return value;
    if (major === 1) return -1 - value;
    if (major === 2 || major === 3) {
      at += value;
      const part = bytes.slice(at - value, at);
      return major === 2 ? part : Buffer.from(part).toString('utf8');
    }
    if (major === 4) return Array.from({ length: value }, item);
    return new Map(Array.from({ length: value }, () => [item(), item()]));
  };
  const value = item();
  assert.equal(at, bytes.length, 'bytes after the end');
  return value;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
export function base45(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const last = at + 1 === bytes.length;
    const value = last ? bytes[at] : bytes[at] * 256 + bytes[at + 1];
    text += DIGITS[value % 45] + DIGITS[Math.floor(value / 45) % 45] + (last ? '' : DIGITS[Math.floor(value / 2025)]);
  }
  return text;
}

// Keys: the private one never leaves WebCrypto.
export async function newKey() {
  const { privateKey, publicKey } = await subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const point = new Uint8Array(await subtle.exportKey('raw', publicKey));
  const compressed = join(Uint8Array.of(2 + (point[64] & 1)), point.slice(1, 33));
  return { privateKey, publicKey, point, compressed, kid: (await sha256(point)).slice(0, 8) };
}
const sign = async (key, message) => new Uint8Array(await subtle.sign(ES256, key.privateKey, message));

const toBeSigned = (header, aad, payload) => cbor(['Signature1', header, ascii(aad), payload]);

export async function sign1(key, aad, payload, kid) {
  const header = cbor(kid ? map([1, -7], [4, kid]) : map([1, -7]));
  return cbor([header, map(), payload, await sign(key, toBeSigned(header, aad, payload))]);
}

export async function verify1(bytes, point, aad) {
  const [header, , payload, signature] = readCbor(bytes);
  const key = await subtle.importKey('raw', point, CURVE, false, ['verify']);
  return subtle.verify(ES256, key, signature, toBeSigned(header, aad, payload));
}

/** What an attestation or trust list states. */
export const payloadOf = (bytes) => readCbor(readCbor(bytes)[2]);

export const currentSlot = (atMs = Date.now()) => Math.floor(atMs / 30_000);

/** The text of a code. */
export async function codeText(attestation, key, slot = currentSlot()) {
  return `BRS1:${base45(await sign1(key, 'BRS1', cbor(map([1, attestation], [2, slot]))))}`;
}

/** An attestation by whoever holds `issuer`, in the issuer's own form. */
export function attest(issuer, { question = 1, answer = true, device, expires, issued, kid = issuer.kid }) {
  const now = Math.floor(Date.now() / 1000);
  return sign1(issuer, 'BRS1-attestation', cbor(map(
    [1, question], [2, answer], [3, device], [4, expires ?? now + 3600], [6, issued ?? now - 60])), kid);
}

/** The trust list this server serves, opened with the root it states. */
export async function openTrust(client) {
  const { trust_root } = assertStatus(await client.get('/api/v1/configuration'), 200);
  const response = await client.get('/.well-known/beresta-trust');
  const signed = new Uint8Array(response.body);
  assert.ok(await verify1(signed, fromBase64url(trust_root), 'BRS1-trust'), 'the root signs the list');
  const list = payloadOf(signed);
  return list.get(4).map((entry) => ({
    kid: entry.get(1), compressed: entry.get(2), name: entry.get(3), notBefore: entry.get(4), notAfter: entry.get(5),
  }));
}

/** A device of a signed-in citizen that holds, or tries to hold, a Digital ID. */
export class Wallet {
  constructor(client) { this.client = client; }

  async challenge() {
    return assertStatus(await this.client.post('/api/v1/digital-id/challenge'), 201).challenge;
  }

  /** @param change  what a cheat sends instead, by member name */
  async tryRegister({ name = 'Телефон', replace = false, key, change = {} } = {}) {
    this.key = key ?? (await newKey());
    const challenge = change.challenge ?? (await this.challenge());
    const proof = base64url(await sign(this.key, join(ascii('BRS1-device'), fromBase64url(challenge))));
    return this.client.post('/api/v1/digital-id/devices',
      { name, public_key: base64url(this.key.point), challenge, proof, replace, ...change });
  }

  async register(options) {
    this.device = assertStatus(await this.tryRegister(options), 201);
    return this.device;
  }

  async tryAttest(question, count = 1, change = {}) {
    this.batch = await Promise.all(Array.from({ length: count }, newKey));
    const challenge = change.challenge ?? (await this.challenge());
    const keys = await sha256(join(...this.batch.map(({ point }) => point)));
    const proof = base64url(await sign(this.key, join(ascii('BRS1-batch'), fromBase64url(challenge), keys)));
    return this.client.post('/api/v1/digital-id/attestations', {
      device_id: this.device?.device_id ?? '01890a5d-ac96-774b-bcce-b302099a8057', question,
      public_keys: this.batch.map(({ point }) => base64url(point)), challenge, proof, ...change,
    });
  }

  /** @return [{attestation, key}] of one batch */
  async attestations(question, count = 1) {
    const { attestations } = assertStatus(await this.tryAttest(question, count), 201);
    assert.equal(attestations.length, count);
    return attestations.map((text, index) => ({ attestation: fromBase64url(text), key: this.batch[index] }));
  }

  async code(question, slot) {
    const [{ attestation, key }] = await this.attestations(question);
    return codeText(attestation, key, slot);
  }
}

export async function verifyCode(client, code) {
  const { results } = assertStatus(await client.post('/api/v1/digital-id/verify', { code }), 200);
  assert.equal(results.length, 1);
  return results[0];
}
