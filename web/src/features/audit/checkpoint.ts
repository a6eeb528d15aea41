// Signed checkpoints of the log (docs/spec/transparency-log.md, 5 and 6), opened by WebCrypto.
import { concatBytes, sha256, toHex } from '../../shared/digital_id/bytes';
import { isSameHash, type TreeHead } from './merkle';

export interface Checkpoint extends TreeHead {
  origin: string;
  /** False where this browser cannot verify Ed25519: the tree is checked, the signature is not. */
  signed: boolean;
}

const kEd25519 = 1;
const encode = (text: string) => new TextEncoder().encode(text);

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

interface Key {
  name: string;
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
}

async function parseKey(vkey: string): Promise<Key | undefined> {
  const [name = '', id = '', ...rest] = vkey.split('+');
  const bytes = fromBase64(rest.join('+'));
  if (bytes[0] !== kEd25519 || bytes.length !== 33) return undefined;
  const digest = await sha256(concatBytes(encode(`${name}\n`), bytes));
  return toHex(digest.slice(0, 4)) === id ? { name, id, bytes: bytes.slice(1) } : undefined;
}

async function verify(key: Key, text: string, signature: Uint8Array<ArrayBuffer>) {
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify']);
  } catch {
    return undefined; // a browser from before 2025
  }
  return crypto.subtle.verify('Ed25519', imported, signature, encode(text));
}

function parseText(text: string): Omit<Checkpoint, 'signed'> | undefined {
  const match = /^(\S+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  if (!match) return undefined;
  const [, origin = '', size = '', root = ''] = match;
  return { origin, size: Number(size), root: fromBase64(root) };
}

/** The checkpoint, or undefined when it is none or no key of the log signed it. */
export async function openCheckpoint(
  note: string,
  vkeys: string[],
): Promise<Checkpoint | undefined> {
  const gap = note.lastIndexOf('\n\n');
  const text = note.slice(0, gap + 1);
  const checkpoint = parseText(text);
  if (gap < 0 || !checkpoint) return undefined;
  const keys = (await Promise.all(vkeys.map(parseKey))).filter((key) => key !== undefined);
  let result: boolean | undefined = false;
  for (const line of note.slice(gap + 2).split('\n')) {
    const [, name, encoded = ''] = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    const key = keys.find(
      (one) => one.name === name && one.id === toHex(bytes.slice(0, 4)) && name === checkpoint.origin,
    );
    if (!key) continue;
    result = await verify(key, text, bytes.slice(4));
    if (result === false) return undefined;
  }
  return result === false ? undefined : { ...checkpoint, signed: result === true };
}

/** Whether two heads state one tree. */
export const isSameHead = (a: TreeHead, b: TreeHead): boolean =>
  a.size === b.size && isSameHash(a.root, b.root);
