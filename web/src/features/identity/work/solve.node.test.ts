// @vitest-environment node
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256Words } from './sha256_block';
import { solve } from './solve';

function hexOf(words: Int32Array): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

describe('sha256Words', () => {
  test.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000])('agrees with OpenSSL at %i bytes', (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7 + size) & 255);
    expect(hexOf(sha256Words(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('solve', () => {
  test.each([1, 8, 12])('finds %i zero bits that OpenSSL sees too', (bits) => {
    const puzzle = `puzzle of ${String(bits)} bits, as long as the real ones are`;
    const seed = createHash('sha256').update(puzzle).digest();
    const nonce = Buffer.alloc(8);
    nonce.writeBigUInt64BE(BigInt(solve({ puzzle, bits })));
    const digest = createHash('sha256').update(seed).update(nonce).digest();
    expect(Math.clz32(digest.readUInt32BE(0))).toBeGreaterThanOrEqual(bits);
  });
});
