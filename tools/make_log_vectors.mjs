#!/usr/bin/env node
// Makes and checks docs/spec/transparency-log-vectors.json, the test vectors of the transparency log.
//
//   node tools/make_log_vectors.mjs           write the file anew (everything in it is deterministic)
//   node tools/make_log_vectors.mjs --check   fail unless the committed file is what this would write
//
// The keys are made from public labels and protect nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { consistencyProof, inclusionProof, isConsistent, leafHash, root, rootByInclusion, sha256 } from './log1/merkle.mjs';
import { COSIGNATURE, ED25519, checkpointText, cosignLine, openCheckpoint, privateKey, publicBytes, signLine, vkeyOf } from './log1/note.mjs';
import { commitment, pseudonym, recordText, tilePath } from './log1/record.mjs';

const FILE = new URL('../docs/spec/transparency-log-vectors.json', import.meta.url);
const ORIGIN = 'log.example/beresta';
const WITNESS = 'witness.example/w1';
const hex = (bytes) => bytes.toString('hex');
const b64 = (bytes) => bytes.toString('base64');

const citizenId = '0199a2f0-1c00-7abc-8def-0123456789ab';
const record = (changes) => ({
  format: 'beresta-log-1', id: '0199a2f0-1c01-7abc-8def-0123456789ab', time: '2026-09-13T12:26:40.000001Z',
  citizen: pseudonym(citizenId), kind: 'access', actor: 'party:clinic', purpose: 'release_to_party',
  category: 'profile', subject: '', ...changes,
});
const records = [
  record({}),
  record({ kind: 'consent.granted', actor: 'citizen', purpose: '', category: '', subject: 'registry_documents' }),
  record({ kind: 'edition.published', actor: 'platform', citizen: '', purpose: '', category: '', subject: 'policy/3/ru/00ff' }),
  record({ subject: 'Аптека «Ива» "24" \\ \u0001 \u007f 🌿' }),
].map((one, at) => {
  const salt = sha256(`salt ${at}`);
  const text = recordText(one);
  const entry = commitment(salt, text);
  return { record: one, text, salt: hex(salt), commitment: hex(entry), leaf_hash: hex(leafHash(entry)) };
});

const entries = Array.from({ length: 600 }, (_, at) => sha256(`entry ${at}`));
const leaves = entries.map(leafHash);
const first = (n) => leaves.slice(0, n);
const sizes = [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 600];
const trees = sizes.map((size) => ({ size, root: hex(root(first(size))) }));
const inclusions = [[0, 1], [0, 2], [6, 7], [0, 8], [254, 255], [255, 256], [256, 257], [300, 600], [599, 600]]
  .map(([index, size]) => {
    const proof = inclusionProof(index, first(size));
    if (!rootByInclusion(leaves[index], index, size, proof).equals(root(first(size)))) throw new Error(`${index} of ${size}`);
    return { index, size, leaf_hash: hex(leaves[index]), proof: proof.map(b64) };
  });
const consistencies = [[0, 7], [1, 2], [3, 7], [4, 7], [6, 8], [8, 8], [255, 257], [256, 600], [511, 600]]
  .map(([from, to]) => {
    const proof = consistencyProof(from, first(to));
    const heads = [from, to].map((size) => ({ size, root: root(first(size)) }));
    if (!isConsistent(...heads, proof)) throw new Error(`${from} to ${to}`);
    return { from, to, proof: proof.map(b64) };
  });

const key = privateKey(sha256('log key'));
const older = privateKey(sha256('older log key'));
const witness = privateKey(sha256('witness key'));
const logVkey = vkeyOf(ORIGIN, ED25519, publicBytes(key));
const olderVkey = vkeyOf(ORIGIN, ED25519, publicBytes(older));
const witnessVkey = vkeyOf(WITNESS, COSIGNATURE, publicBytes(witness));
const text = checkpointText(ORIGIN, 600, root(leaves));
const own = signLine(text, ORIGIN, key);
const cosignature = cosignLine(text, WITNESS, witness, 1_789_302_400);
const notes = [
  { name: 'plain', note: `${text}\n${own}`, opens: true, witnesses: [] },
  { name: 'signed by two keys during a rotation', note: `${text}\n${signLine(text, ORIGIN, older)}${own}`, opens: true, witnesses: [] },
  { name: 'cosigned', note: `${text}\n${own}${cosignature}`, opens: true, witnesses: [WITNESS] },
  { name: 'with a line by nobody we know', note: `${text}\n${own}${signLine(text, 'stranger.example', older)}`, opens: true, witnesses: [] },
  { name: 'another size', note: `${text.replace('\n600\n', '\n601\n')}\n${own}`, opens: false, witnesses: [] },
  { name: 'a witness alone', note: `${text}\n${cosignature}`, opens: false, witnesses: [] },
  { name: 'a cosignature of another text', note: `${text}\n${own}${cosignLine(`${text}x\n`, WITNESS, witness, 1)}`, opens: false, witnesses: [] },
  { name: 'no signature', note: `${text}\n`, opens: false, witnesses: [] },
  { name: 'a leading zero', note: `${text.replace('\n600\n', '\n0600\n')}\n${own}`, opens: false, witnesses: [] },
  { name: 'an extension line', note: `${text}more\n\n${signLine(`${text}more\n`, ORIGIN, key)}`, opens: false, witnesses: [] },
];
for (const { name, note, opens } of notes) {
  let opened;
  try { opened = openCheckpoint(note, [logVkey, olderVkey, witnessVkey]); } catch { /* as it should be, or not */ }
  if (Boolean(opened) !== opens) throw new Error(`${name}: ${opened ? 'opens' : 'does not open'}`);
}

const tiles = [[0, 1234067, 256], [2, 0, 1], ['entries', 273, 112], [1, 3906250, 256], [0, 999, 255]]
  .map(([level, index, width]) => ({ level, index, width, path: tilePath(level, index, width) }));
const file = `${JSON.stringify({
  description: 'Test vectors of docs/spec/transparency-log.md; made by tools/make_log_vectors.mjs. Entry i of the tree is SHA-256("entry i").',
  citizen: { id: citizenId, pseudonym: pseudonym(citizenId) },
  records, trees, inclusions, consistencies, tiles,
  keys: { log: logVkey, older_log: olderVkey, witness: witnessVkey },
  checkpoints: notes,
}, null, 1)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== file) {
    console.error('docs/spec/transparency-log-vectors.json is not what tools/make_log_vectors.mjs writes');
    process.exit(1);
  }
  console.log(`${records.length + inclusions.length + consistencies.length + notes.length + tiles.length} vectors hold`);
} else {
  writeFileSync(FILE, file);
}
