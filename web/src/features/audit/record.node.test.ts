// The vectors of the specification, by the code that runs in the browser.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../shared/digital_id/bytes';
import { fromBase64, openCheckpoint } from './checkpoint';
import { isConsistent, isSameHash, rootByInclusion, type Hash } from './merkle';
import { judge, parseRecord, pseudonymOf } from './record';

interface Vectors {
  citizen: { id: string; pseudonym: string };
  records: { text: string; salt: string; leaf_hash: string }[];
  trees: { size: number; root: string }[];
  inclusions: { index: number; size: number; leaf_hash: string; proof: string[] }[];
  consistencies: { from: number; to: number; proof: string[] }[];
  keys: Record<string, string>;
  checkpoints: { name: string; note: string; opens: boolean }[];
}

const source = new URL('../../../../docs/spec/transparency-log-vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(source, 'utf8')) as Vectors;
const keys = Object.values(vectors.keys);
const fromHex = (text: string): Hash => new Uint8Array(Buffer.from(text, 'hex'));
const rootOf = (size: number) => vectors.trees.find((tree) => tree.size === size)?.root;

describe('proofs', () => {
  it('lead from every leaf of the vectors to its root', async () => {
    for (const { index, size, leaf_hash, proof } of vectors.inclusions) {
      const hashes = proof.map(fromBase64);
      const root = await rootByInclusion(fromHex(leaf_hash), index, size, hashes);
      if (rootOf(size) !== undefined) expect(toHex(root ?? new Uint8Array())).toBe(rootOf(size));
      expect(await rootByInclusion(fromHex(leaf_hash), index, size, [...hashes, fromHex(leaf_hash)])).toBeUndefined();
      expect(await rootByInclusion(fromHex(leaf_hash), size, size, hashes)).toBeUndefined();
    }
  });

  it('show that a tree grew from another', async () => {
    const head = (size: number) => ({ size, root: fromHex(rootOf(size) ?? '') });
    let checked = 0;
    for (const { from, to, proof } of vectors.consistencies) {
      if (rootOf(from) === undefined || rootOf(to) === undefined) continue;
      const hashes = proof.map(fromBase64);
      expect(await isConsistent(head(from), head(to), hashes)).toBe(true);
      expect(await isConsistent(head(from), { size: to, root: head(0).root }, hashes)).toBe(from === 0);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(4);
  });
});

describe('checkpoints', () => {
  for (const { name, note, opens } of vectors.checkpoints) {
    // Cosignatures are for those who know witnesses; a page looks at the log's own lines.
    if (name === 'a cosignature of another text') continue;
    it(`${name}: ${opens ? 'opens' : 'does not open'}`, async () => {
      const opened = await openCheckpoint(note, keys);
      expect(opened !== undefined).toBe(opens);
      if (opened) expect(toHex(opened.root)).toBe(rootOf(600));
    });
  }
});

describe('an entry', () => {
  const [first] = vectors.records;
  const record = first?.text ?? '';
  const salt = Buffer.from(first?.salt ?? '', 'hex').toString('base64');
  const entry = { entry_id: parseRecord(record)?.id ?? '', record, salt, index: 0, proof: [] };
  const alone = { origin: 'x', signed: true, size: 1, root: fromHex(first?.leaf_hash ?? '') };

  it('is proven by its place, for the person it is about', async () => {
    const mine = await pseudonymOf(vectors.citizen.id);
    expect(mine).toBe(vectors.citizen.pseudonym);
    expect(await judge(entry, alone, mine)).toBe('proven');
    expect(await judge(entry, alone, '0'.repeat(32))).toBe('wrong');
    expect(await judge(entry, undefined, mine)).toBe('wrong');
    expect(await judge({ ...entry, record: record.replace('clinic', 'cliniC') }, alone, mine)).toBe('wrong');
    expect(await judge({ ...entry, index: undefined }, alone, mine)).toBe('waiting');
    expect(await judge({ entry_id: entry.entry_id, index: 0, proof: [] }, alone, mine)).toBe('gone');
    expect(isSameHash(alone.root, alone.root.slice(1))).toBe(false);
  });
});
