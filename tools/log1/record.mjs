// Records of the log, their commitments and whole entries with their proofs. For vectors and tests.
import { leafHash, rootByInclusion, sha256 } from './merkle.mjs';

export const MEMBERS = ['format', 'id', 'time', 'citizen', 'kind', 'actor', 'purpose', 'category', 'subject'];

const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')
  .replace(/[\u0000-\u001f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

export const recordText = (record) => `{${MEMBERS.map((name) => `"${name}":${quoted(record[name])}`).join(',')}}`;
export const commitment = (salt, text) => sha256('beresta-log-1 entry\n', salt, text);
export const pseudonym = (citizenId) =>
  sha256('beresta-log-1 citizen\n', Buffer.from(citizenId.replaceAll('-', ''), 'hex')).subarray(0, 16).toString('hex');

/** What an entry of GET /api/v1/log/entries says, once everything about it was checked. Throws otherwise. */
export function checkEntry(entry, checkpoint, citizenId) {
  const record = JSON.parse(entry.record);
  if (recordText(record) !== entry.record) throw new Error('the record is not in its canonical form');
  if (record.format !== 'beresta-log-1') throw new Error('another format');
  if (citizenId !== undefined && record.citizen !== pseudonym(citizenId)) throw new Error('about somebody else');
  const leaf = leafHash(commitment(Buffer.from(entry.salt, 'base64'), entry.record));
  const proof = entry.proof.map((hash) => Buffer.from(hash, 'base64'));
  const found = rootByInclusion(leaf, entry.index, checkpoint.size, proof);
  if (!found?.equals(checkpoint.root)) throw new Error('the proof does not lead to the checkpoint');
  return record;
}

/** The address of a tile below the log's prefix. */
export function tilePath(level, index, width = 256) {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width < 256 ? `.p/${width}` : ''}`;
}
