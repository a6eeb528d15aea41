// base45 (RFC 9285): two bytes are three characters of QR's alphanumeric set, one last byte is two.
import { Malformed } from './cbor.mjs';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function toBase45(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let value = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let digits = pair ? 3 : 2; digits > 0; digits--) {
      text += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

export function fromBase45(text) {
  if (text.length % 3 === 1) throw new Malformed('a base45 character stands alone');
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    let value = 0;
    for (let index = group.length - 1; index >= 0; index--) {
      const digit = ALPHABET.indexOf(group[index]);
      if (digit < 0) throw new Malformed('a character outside base45');
      value = value * 45 + digit;
    }
    if (value > (group.length === 3 ? 0xffff : 0xff)) throw new Malformed('a base45 group too large');
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Buffer.from(bytes);
}
