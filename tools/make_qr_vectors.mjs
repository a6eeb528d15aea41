#!/usr/bin/env node
// Makes and checks docs/spec/digital-id-qr-vectors.json, the test vectors of the Digital ID code.
//
//   node tools/make_qr_vectors.mjs            write the file anew (ECDSA is random: signatures change)
//   node tools/make_qr_vectors.mjs --check    check the committed file with an implementation of its own
//   node tools/make_qr_vectors.mjs --list     print name, verdict and length of every vector
//
// The keys are made from public labels and protect nothing.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fromBase45, toBase45 } from './brs1/base45.mjs';
import { encode } from './brs1/cbor.mjs';
import { check, openTrustList, PREFIX } from './brs1/check.mjs';
import { sign1, testKey } from './brs1/cose.mjs';

const FILE = new URL('../docs/spec/digital-id-qr-vectors.json', import.meta.url);
const DAY_S = 24 * 3600;
const NOW = 1_800_000_012; // 12 s into slot 60 000 000
const SLOT = Math.floor(NOW / 30);
const ISSUED = NOW - DAY_S;

const root = testKey('root');
const issuer = testKey('issuer 2');
const retired = testKey('issuer 1');
const upcoming = testKey('issuer 3');
const stranger = testKey('unknown issuer');
const device = testKey('device');
const otherDevice = testKey('another device');
const noPoint = Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 0xff)]); // x above the field's prime
const portrait = createHash('sha256').update('Beresta test portrait').digest();

const issuers = [
  { key: retired, name: 'Test issuer, key 1', not_before: NOW - 400 * DAY_S, not_after: NOW - 2 * DAY_S },
  { key: issuer, name: 'Test issuer, key 2', not_before: NOW - 30 * DAY_S, not_after: NOW + 300 * DAY_S },
  { key: upcoming, name: 'Test issuer, key 3', not_before: NOW + DAY_S, not_after: NOW + 600 * DAY_S },
];

const trustPayload = (changes = {}) => encode(new Map([
  [1, 7], [2, NOW - DAY_S], [3, changes.expires ?? NOW + 30 * DAY_S],
  [4, issuers.map(({ key, name, not_before, not_after }) =>
    new Map([[1, key.kid], [2, key.compressed], [3, name], [4, not_before], [5, not_after]]))],
]));
const trustList = (payload = trustPayload(), key = root) => sign1(key, 'BRS1-trust', payload, { kid: root.kid });

/** An attestation: every field may be changed, `extra` adds map entries, `bytes` replaces the payload. */
function attestation(changes = {}) {
  const { question = 1, answer = true, issued = ISSUED, by = issuer, kid = by.kid } = changes;
  const { expires = issued + 7 * DAY_S, face, extra = [], bytes } = changes;
  const payload = new Map([[1, question], [2, answer], [3, changes.point ?? device.compressed], [4, expires], [6, issued], ...extra]);
  if (face) payload.set(5, face);
  return sign1(by, 'BRS1-attestation', bytes ?? encode(payload), { kid });
}

function presentation(changes = {}) {
  const { card = attestation(changes), slot = SLOT, device: by = device, payload, aad = 'BRS1', more = [] } = changes;
  const content = payload?.(card) ?? encode(new Map([[1, card], [2, slot], ...more]));
  return sign1(by, aad, content, { unprotected: changes.unprotected });
}

const text = (bytes) => PREFIX + toBase45(bytes);
const shown = (changes) => text(presentation(changes));
const who = { question: 3, answer: new Map([[1, 'Галиева Алсу Маратовна'], [2, '9204 123456']]), face: portrait };

/** Turns one byte found by `find` (bytes that occur once) into its neighbour. */
function altered(bytes, find, offset) {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(find);
  if (at < 0) throw new Error('the bytes to alter are not there');
  copy[at + offset] ^= 1;
  return copy;
}

/** A head with eight bytes where five do: the number is the same, the encoding is not the shortest. */
const longSlotHead = () => {
  const wide = Buffer.alloc(9, 0x1b);
  wide.writeBigUInt64BE(BigInt(SLOT), 1);
  return wide;
};
const byHand = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));

const good = (name, code, expected, extra = {}) => ({ name, text: code, checked_at: NOW, ...expected, ...extra });
const bad = (name, code, verdict, extra = {}) => ({ name, text: code, checked_at: NOW, verdict, ...extra });
const from = (key, name = 'Test issuer, key 2') => ({ question: key, issuer: name });

function answered() {
  const adult = { verdict: 'yes', ...from('age_over_18') };
  const face = { portrait_sha256: portrait.toString('hex') };
  const person = { full_name: 'Галиева Алсу Маратовна', document: '9204 123456' };
  const longest = { full_name: 'Ж'.repeat(60), document: '9204 123456' };
  const longAnswer = new Map([[1, longest.full_name], [2, longest.document]]);
  return [
    good('18 or older: yes', shown(), adult),
    good('18 or older: no', shown({ answer: false }), { verdict: 'no', ...from('age_over_18') }),
    good('pensioner: no', shown({ question: 2, answer: false }), { verdict: 'no', ...from('pensioner') }),
    good('student: yes', shown({ question: 4 }), { verdict: 'yes', ...from('student') }),
    good('identity with a portrait digest', shown(who), { verdict: 'yes', ...from('identity'), ...person, ...face }),
    good('identity, the longest name that fits', shown({ ...who, answer: longAnswer }),
      { verdict: 'yes', ...from('identity'), ...longest, ...face }),
    good('the slot before', shown({ slot: SLOT - 1 }), adult),
    good('the slot after: the shower\'s clock runs ahead', shown({ slot: SLOT + 1 }), adult),
    good('an issuer key replaced since, valid when it signed', shown({ by: retired, issued: NOW - 3 * DAY_S }),
      { verdict: 'yes', ...from('age_over_18', 'Test issuer, key 1') }),
    good('in the last second of the attestation', shown({ issued: NOW - 7 * DAY_S, expires: NOW }), adult),
    good('unknown attestation key 16', shown({ extra: [[16, 'later']] }), adult),
    good('unknown presentation key 20', shown({ more: [[20, new Map([[1, true]])]] }), adult),
  ];
}

function refused() {
  const hourAgo = 120;
  const card = attestation();
  const other = attestation({ answer: false });
  const changedAnswer = altered(other, Buffer.from([0x02, 0xf4, 0x03, 0x58]), 1);
  const changedOuter = presentation();
  changedOuter[changedOuter.length - 1] ^= 1;
  return [
    bad('one hour old', shown({ slot: SLOT - hourAgo }), 'expired'),
    bad('two slots old', shown({ slot: SLOT - 2 }), 'expired'),
    bad('a good code checked a minute later', shown(), 'expired', { checked_at: NOW + 60 }),
    bad('attestation past its expiry, fresh slot', shown({ issued: NOW - 8 * DAY_S }), 'expired'),
    bad('from the future', shown({ slot: SLOT + hourAgo }), 'not_yet_valid'),
    bad('two slots ahead', shown({ slot: SLOT + 2 }), 'not_yet_valid'),
    bad('wrong issuer: a key that is not listed', shown({ by: stranger }), 'unknown_issuer'),
    bad('issuer key not yet valid at issue', shown({ by: upcoming }), 'unknown_issuer'),
    bad('issuer key no longer valid at issue', shown({ by: retired }), 'unknown_issuer'),
    bad('a listed kid, another key', shown({ by: stranger, kid: issuer.kid }), 'forged'),
    bad('one byte of the attestation altered: no became yes', shown({ card: changedAnswer }), 'forged'),
    bad('one byte of the device signature altered', text(changedOuter), 'forged'),
    bad('device signature of another device', shown({ device: otherDevice }), 'forged'),
    bad('device signature with another external_aad', shown({ aad: 'BRS2' }), 'forged'),
    bad('forged and old: forged comes first', shown({ device: otherDevice, slot: SLOT - hourAgo }), 'forged'),
    bad('unknown issuer and old: unknown issuer comes first', shown({ by: stranger, slot: 1 }), 'unknown_issuer'),
    bad('attestation on its own, without a presentation', text(card), 'malformed'),
  ];
}

function malformed() {
  const attested = (card) => encode(card);
  const code = shown();
  const raw = fromBase45(code.slice(PREFIX.length));
  const lying = Buffer.from(raw);
  lying.writeUInt16BE(lying.readUInt16BE(7) + 200, 7); // the length of the presentation payload
  const entries = {
    'a head longer than needed': (card) => byHand([0xa2, 0x01], attested(card), [0x02], longSlotHead()),
    'map keys unsorted': (card) => byHand([0xa2, 0x02], encode(SLOT), [0x01], attested(card)),
    'a map key twice': (card) => byHand([0xa3, 0x01], attested(card), [0x02], encode(SLOT), [0x02], encode(SLOT)),
    'a map of indefinite length': (card) => byHand([0xbf, 0x01], attested(card), [0x02], encode(SLOT), [0xff]),
    'bytes after the payload map': (card) => byHand([0xa2, 0x01], attested(card), [0x02], encode(SLOT), [0x00]),
    'a slot that is a float': (card) => byHand([0xa2, 0x01], attested(card), [0x02, 0xf9, 0x3c, 0x00]),
    'a slot that is text': (card) => encode(new Map([[1, card], [2, String(SLOT)]])),
    'the slot is missing': (card) => encode(new Map([[1, card]])),
  };
  return [
    ...Object.entries(entries).map(([name, payload]) => bad(name, shown({ payload }), 'malformed')),
    bad('unknown attestation key 7', shown({ extra: [[7, true]] }), 'malformed'),
    bad('unknown presentation key 3', shown({ more: [[3, true]] }), 'malformed'),
    bad('a length that lies', text(lying), 'malformed'),
    bad('a COSE tag before the array', text(byHand([0xd2], raw)), 'malformed'),
    bad('an unprotected header', shown({ unprotected: new Map([[4, device.kid]]) }), 'malformed'),
    bad('an answer of another type', shown({ answer: 1 }), 'malformed'),
    bad('a yes-or-no answer to "who am I"', shown({ question: 3 }), 'malformed'),
    bad('an unknown question', shown({ question: 9 }), 'malformed'),
    bad('a portrait without need', shown({ face: portrait }), 'malformed'),
    bad('a name too long', shown({ ...who, answer: new Map([[1, 'Ж'.repeat(61)], [2, '1']]) }), 'malformed'),
    bad('an attestation for eight days', shown({ expires: ISSUED + 8 * DAY_S }), 'malformed'),
    bad('an attestation that ends before it begins', shown({ expires: ISSUED }), 'malformed'),
    bad('an empty name', shown({ ...who, answer: new Map([[1, ''], [2, '1']]) }), 'malformed'),
    bad('a device key of 32 bytes', shown({ point: device.compressed.subarray(1) }), 'malformed'),
    bad('a device key that is no point of the curve', shown({ point: noPoint }), 'malformed'),
    bad('text cut short', code.slice(0, -10), 'malformed'),
    bad('a character outside base45', code.replace(/.$/, 'a'), 'malformed'),
    bad('a base45 group above 65535', PREFIX + ':::' + code.slice(PREFIX.length + 3), 'malformed'),
    bad('another prefix', code.replace(PREFIX, 'BRS2:'), 'malformed'),
    bad('a prefix in small letters', code.replace(PREFIX, 'brs1:'), 'malformed'),
    bad('the prefix alone', PREFIX, 'malformed'),
    bad('longer than any code', code + '0'.repeat(264), 'malformed'),
  ];
}

function trustCases() {
  const entry = (name, bytes, verdict, more = {}) =>
    ({ name, bytes: bytes.toString('base64url'), checked_at: NOW, verdict, ...more });
  const changed = altered(trustList(), Buffer.from('key 2'), 4);
  return [
    entry('the list of this file', trustList(), 'accepted'),
    entry('signed by another root', trustList(undefined, stranger), 'forged'),
    entry('one byte altered', changed, 'forged'),
    entry('past its expiry', trustList(trustPayload({ expires: NOW - 1 })), 'expired'),
    entry('a serial lower than one seen', trustList(), 'older_than_seen', { serial_seen: 8 }),
    entry('cut short', trustList().subarray(0, 100), 'malformed'),
  ];
}

const keyEntry = ({ label, secret, uncompressed, kid }) =>
  ({ label, private_key: secret.toString('hex'), public_key: uncompressed.toString('hex'), kid: kid.toString('hex') });

function make() {
  return {
    format: 'BRS1',
    about: 'Test vectors of docs/spec/digital-id-qr.md. The keys are public and protect nothing.',
    made_by: 'tools/make_qr_vectors.mjs',
    keys: [root, retired, issuer, upcoming, stranger, device, otherDevice].map(keyEntry),
    trust_root: root.uncompressed.toString('base64url'),
    trust_list: trustList().toString('base64url'),
    trust_lists: trustCases(),
    vectors: [...answered(), ...refused(), ...malformed()],
  };
}

/** What is wrong with the committed file, one line each. */
function problemsOf(file) {
  const bytes = (value) => Buffer.from(value, 'base64url');
  const found = [];
  for (const { name, bytes: list, checked_at, verdict, serial_seen } of file.trust_lists) {
    const said = openTrustList(bytes(list), bytes(file.trust_root), checked_at, serial_seen).problem ?? 'accepted';
    if (said !== verdict) found.push(`trust list "${name}": ${said} instead of ${verdict}`);
  }
  const trust = openTrustList(bytes(file.trust_list), bytes(file.trust_root), NOW);
  if (trust.problem) return [...found, `the trust list itself is ${trust.problem}`];
  for (const { name, text: code, checked_at, ...expected } of file.vectors) {
    const said = check(code, trust, checked_at);
    const [is, should] = [said, expected].map((value) => JSON.stringify(Object.entries(value).sort()));
    if (is !== should) found.push(`"${name}": ${is} instead of ${should}`);
  }
  const outline = ({ vectors, trust_lists, keys }) => JSON.stringify([
    vectors.map(({ text: code, ...rest }) => [rest, code.length]), trust_lists.map(({ bytes: _, ...rest }) => rest), keys]);
  if (outline(file) !== outline(make())) found.push('the file is not what this program makes: write it anew');
  return found;
}

function main(mode) {
  if (mode === '--check') {
    const file = JSON.parse(readFileSync(FILE, 'utf8'));
    const found = problemsOf(file);
    console.log(found.join('\n') || `${file.vectors.length} vectors and ${file.trust_lists.length} trust lists hold`);
    return found.length ? 1 : 0;
  }
  const file = make();
  if (mode === '--list') {
    for (const { name, verdict, text: code } of file.vectors) console.log(verdict.padEnd(15), code.length, name);
    return 0;
  }
  if (mode) {
    console.error('usage: node tools/make_qr_vectors.mjs [--check | --list]');
    return 2;
  }
  writeFileSync(FILE, `${JSON.stringify(file, null, 1)}\n`);
  return 0;
}

process.exitCode = main(process.argv[2]);
