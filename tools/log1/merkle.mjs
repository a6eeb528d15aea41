// RFC 6962 in Node's own crypto, written from the RFC and not from the server: roots, proofs and their checks
// by plain recursion. For vectors and tests; slow on purpose.
import { createHash } from 'node:crypto';

export const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export const leafHash = (entry) => sha256(LEAF, entry);
export const nodeHash = (left, right) => sha256(NODE, left, right);

/** The largest power of two smaller than n. */
const split = (n) => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

export function root(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return nodeHash(root(leaves.slice(0, k)), root(leaves.slice(k)));
}

export function inclusionProof(index, leaves) {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...inclusionProof(index, leaves.slice(0, k)), root(leaves.slice(k))]
    : [...inclusionProof(index - k, leaves.slice(k)), root(leaves.slice(0, k))];
}

function subproof(m, leaves, whole) {
  if (m === leaves.length) return whole ? [] : [root(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), root(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), root(leaves.slice(0, k))];
}

export const consistencyProof = (m, leaves) => (m === 0 ? [] : subproof(m, leaves, true));

/** The root a leaf and its proof lead to, by recursion from the top; undefined when the length is wrong. */
export function rootByInclusion(leaf, index, size, proof) {
  if (index < 0 || index >= size) return undefined;
  if (size === 1) return proof.length === 0 ? leaf : undefined;
  if (proof.length === 0) return undefined;
  const sibling = proof.at(-1);
  const rest = proof.slice(0, -1);
  const k = split(size);
  const inner = index < k ? rootByInclusion(leaf, index, k, rest) : rootByInclusion(leaf, index - k, size - k, rest);
  if (inner === undefined) return undefined;
  return index < k ? nodeHash(inner, sibling) : nodeHash(sibling, inner);
}

/** Both roots that a consistency proof leads to; undefined when the length is wrong. */
function bothRoots(from, to, proof, oldRoot, whole) {
  if (from === to) {
    if (whole) return proof.length === 0 ? [oldRoot, oldRoot] : undefined;
    return proof.length === 1 ? [proof[0], proof[0]] : undefined;
  }
  if (proof.length === 0) return undefined;
  const sibling = proof.at(-1);
  const rest = proof.slice(0, -1);
  const k = split(to);
  if (from <= k) {
    const inner = bothRoots(from, k, rest, oldRoot, whole);
    return inner && [inner[0], nodeHash(inner[1], sibling)];
  }
  const inner = bothRoots(from - k, to - k, rest, oldRoot, false);
  return inner && [nodeHash(sibling, inner[0]), nodeHash(sibling, inner[1])];
}

/** @param from, to {size, root} */
export function isConsistent(from, to, proof) {
  if (from.size > to.size) return false;
  if (from.size === 0) return proof.length === 0 && from.root.equals(root([]));
  const roots = bothRoots(from.size, to.size, proof, from.root, true);
  return roots !== undefined && roots[0].equals(from.root) && roots[1].equals(to.root);
}
