// Signed notes, checkpoints and cosignatures (C2SP) in Node's own crypto. For vectors and tests.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { sha256 } from './merkle.mjs';

export const ED25519 = 1;
export const COSIGNATURE = 4;
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export const privateKey = (seed) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
export const publicBytes = (key) =>
  Buffer.from(createPublicKey(key).export({ format: 'der', type: 'spki' })).subarray(SPKI.length);
const publicKey = (bytes) =>
  createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' });

const keyId = (name, type, bytes) =>
  sha256(`${name}\n`, Buffer.from([type]), bytes).subarray(0, 4);

export const vkeyOf = (name, type, bytes) =>
  `${name}+${keyId(name, type, bytes).toString('hex')}+${Buffer.concat([Buffer.from([type]), bytes]).toString('base64')}`;

export function parseVkey(text) {
  const [name, id, ...rest] = text.split('+');
  const bytes = Buffer.from(rest.join('+'), 'base64');
  const key = { name, type: bytes[0], bytes: bytes.subarray(1), id: Buffer.from(id, 'hex') };
  if (!keyId(name, key.type, key.bytes).equals(key.id)) throw new Error(`not the id of its key: ${text}`);
  return key;
}

const line = (name, id, signature) => `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;

export function signLine(text, name, key) {
  return line(name, keyId(name, ED25519, publicBytes(key)), sign(null, Buffer.from(text), key));
}

const cosigned = (text, seconds) => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);

export function cosignLine(text, name, key, seconds) {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = Buffer.concat([time, sign(null, cosigned(text, seconds), key)]);
  return line(name, keyId(name, COSIGNATURE, publicBytes(key)), signature);
}

export const checkpointText = (origin, size, root) => `${origin}\n${size}\n${root.toString('base64')}\n`;

export function parseNote(note) {
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0) throw new Error('no empty line in the note');
  const signatures = note.slice(gap + 2).split('\n').slice(0, -1).map((one) => {
    const match = /^— (\S+) (\S+)$/.exec(one);
    if (!match) throw new Error(`not a signature line: ${one}`);
    const bytes = Buffer.from(match[2], 'base64');
    return { name: match[1], id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
  return { text: note.slice(0, gap + 1), signatures };
}

function verifies(key, text, { signature }) {
  if (key.type === ED25519) return verify(null, Buffer.from(text), publicKey(key.bytes), signature);
  const seconds = signature.readBigUInt64BE(0);
  return verify(null, cosigned(text, seconds), publicKey(key.bytes), signature.subarray(8));
}

/** Opens a checkpoint by keys one trusts. Throws unless the log itself signed it. */
export function openCheckpoint(note, vkeys) {
  const { text, signatures } = parseNote(note);
  const keys = vkeys.map(parseVkey);
  const [origin, size, rootText, ...rest] = text.split('\n');
  if (rest.join() !== '' || !/^(0|[1-9]\d*)$/.test(size)) throw new Error('not a checkpoint');
  const opened = { origin, size: Number(size), root: Buffer.from(rootText, 'base64'), text, by: [], witnesses: [] };
  for (const one of signatures) {
    const key = keys.find(({ name, id }) => name === one.name && id.equals(one.id));
    if (!key) continue;
    if (!verifies(key, text, one)) throw new Error(`the signature of ${key.name} does not hold`);
    (key.type === COSIGNATURE ? opened.witnesses : opened.by).push(key.name);
  }
  if (!opened.by.includes(origin)) throw new Error('not signed by the log');
  return opened;
}
