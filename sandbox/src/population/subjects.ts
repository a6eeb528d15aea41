// Opaque identifiers for the identity provider: the index, encrypted under a key from the seed.
// They say nothing about the person, never change, and lead back to the index without a table.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const cipherName = 'aes-128-ecb';
const blockBytes = 16;

export class Subjects {
  private readonly key: Buffer;

  constructor(seed: string) {
    this.key = createHash('sha256').update(`${seed}\u0000sub`).digest().subarray(0, blockBytes);
  }

  subOf(index: number): string {
    const block = Buffer.alloc(blockBytes);
    block.writeUInt32BE(index, blockBytes - 4);
    const cipher = createCipheriv(cipherName, this.key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
  }

  /** Undefined when the text is not an identifier made here. */
  indexOf(sub: string): number | undefined {
    const block = Buffer.from(sub, 'base64url');
    if (block.length !== blockBytes || block.toString('base64url') !== sub) return undefined;
    const decipher = createDecipheriv(cipherName, this.key, null).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(block), decipher.final()]);
    const padding = plain.subarray(0, blockBytes - 4);
    return padding.every((byte) => byte === 0) ? plain.readUInt32BE(blockBytes - 4) : undefined;
  }
}
