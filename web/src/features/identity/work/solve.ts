import { compress, kInitialState, sha256Words } from './sha256_block';

export interface Puzzle {
  puzzle: string;
  bits: number;
}

const kMessageBits = 40 * 8;

/**
 * Finds the nonce for which SHA-256(SHA-256(puzzle) | nonce) begins with `bits` zero bits. Tries
 * 2^bits on average; bits is below 32, so the first word of the digest says it all.
 */
export function solve({ puzzle, bits }: Puzzle): number {
  const block = new Int32Array(16);
  block.set(sha256Words(new TextEncoder().encode(puzzle)));
  block[10] = 0x80000000;
  block[15] = kMessageBits;
  const initial = Int32Array.from(kInitialState);
  const state = new Int32Array(8);
  for (let nonce = 0; ; nonce += 1) {
    block[8] = Math.floor(nonce / 0x100000000);
    block[9] = nonce;
    state.set(initial);
    compress(state, block);
    if (Math.clz32(state[0] ?? -1) >= bits) return nonce;
  }
}
