// Randomness that is the same on every machine: a generator seeded by text, and a scatter that
// gives every index its own number in a range, both ways, without a table.
import { createHash } from 'node:crypto';

/** sfc32 by Chris Doty-Humphrey, seeded with 128 bits of SHA-256 over the given words. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  constructor(...words: readonly (string | number)[]) {
    const digest = createHash('sha256').update(words.join('\u0000')).digest();
    this.a = digest.readUInt32LE(0);
    this.b = digest.readUInt32LE(4);
    this.c = digest.readUInt32LE(8);
    this.counter = digest.readUInt32LE(12);
  }

  /** In [0, 1). */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  }

  /** A whole number, both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.next() * choices.length)];
    if (choice === undefined) throw new RangeError('nothing to pick from');
    return choice;
  }
}

/** A bijection of [0, size): index -> (index * factor + shift) mod size, with its inverse. */
export class Scatter {
  private readonly size: bigint;
  private readonly factor: bigint;
  private readonly inverse: bigint;
  private readonly shift: bigint;

  constructor(size: number, ...words: readonly (string | number)[]) {
    const random = new Random('scatter', ...words);
    this.size = BigInt(size);
    let factor = BigInt(random.integer(Math.floor(size / 3), size - 1));
    while (greatestCommonDivisor(factor, this.size) !== 1n) factor += 1n;
    this.factor = factor;
    this.inverse = modularInverse(factor, this.size);
    this.shift = BigInt(random.integer(0, size - 1));
  }

  numberOf(index: number): number {
    return Number((BigInt(index) * this.factor + this.shift) % this.size);
  }

  indexOf(number: number): number {
    const unshifted = (BigInt(number) - this.shift + this.size) % this.size;
    return Number((unshifted * this.inverse) % this.size);
  }
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestCommonDivisor(right, left % right);
}

function modularInverse(value: bigint, modulus: bigint): bigint {
  let [previous, current] = [value % modulus, modulus];
  let [previousFactor, factor] = [1n, 0n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  return ((previousFactor % modulus) + modulus) % modulus;
}
