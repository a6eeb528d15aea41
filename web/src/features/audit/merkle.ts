// The Merkle tree of RFC 6962, as far as a browser checks it: proofs by RFC 9162, 2.1.3.2 and
// 2.1.4.2. Indices are whole numbers below 2^53, so they are halved by division, not by shifts.
import { concatBytes, sha256 } from '../../shared/digital_id/bytes';

export type Hash = Uint8Array<ArrayBuffer>;
export interface TreeHead {
  size: number;
  root: Hash;
}

export const leafHash = (entry: Hash): Promise<Hash> =>
  sha256(concatBytes(new Uint8Array([0]), entry));
export const nodeHash = (left: Hash, right: Hash): Promise<Hash> =>
  sha256(concatBytes(new Uint8Array([1]), left, right));

export const isSameHash = (a: Hash, b: Hash): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;

/** The root a leaf and its proof lead to; undefined when the proof has another length. */
export async function rootByInclusion(
  leaf: Hash,
  index: number,
  size: number,
  proof: Hash[],
): Promise<Hash | undefined> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined;
  let [node, last, root] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (isOdd(node) || node === last) {
      root = await nodeHash(sibling, root);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      root = await nodeHash(root, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? root : undefined;
}

/** Whether the larger tree holds the smaller one unchanged. */
export async function isConsistent(from: TreeHead, to: TreeHead, proof: Hash[]): Promise<boolean> {
  if (from.size > to.size) return false;
  if (from.size === 0) return proof.length === 0;
  if (from.size === to.size) return proof.length === 0 && isSameHash(from.root, to.root);
  let [node, last] = [from.size - 1, to.size - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  // A smaller tree that is a perfect subtree of the larger one is not repeated in the proof.
  const path = Number.isInteger(Math.log2(from.size)) ? [from.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      older = await nodeHash(sibling, older);
      newer = await nodeHash(sibling, newer);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newer = await nodeHash(newer, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSameHash(older, from.root) && isSameHash(newer, to.root);
}
