// The code itself: text, presentation, attestation (docs/spec/digital-id-qr.md, 3 and 4).
import { decodeBase45, encodeBase45 } from './base45';
import { MalformedError, decodeCbor, encodeCbor, type CborValue } from './cbor';
import {
  asBytes,
  asMap,
  asText,
  asUnsigned,
  makeSign1,
  parseSign1,
  refuseUnknownKeys,
  type Bytes,
  type Sign1,
} from './cose';

export const kSlotSeconds = 30;
const kPrefix = 'BRS1:';
const kTextMax = 600;
const kLifeSecondsMax = 604_800;
const kSecondsMax = 253_402_300_799;

const kQuestions = [
  'age_over_18',
  'pensioner',
  'identity',
  'student',
  'large_family',
  'disability',
] as const;
export type AskedQuestion = (typeof kQuestions)[number];

export type Answer = boolean | { full_name: string; document: string };

export interface ParsedAttestation {
  signed: Sign1;
  kid: Bytes;
  question: AskedQuestion;
  answer: Answer;
  device_key: Bytes;
  expires: number;
  issued: number;
  portrait_sha256: Bytes | undefined;
}

export interface ParsedCode {
  signed: Sign1;
  slot: number;
  attestation: ParsedAttestation;
}

function parseAnswer(question: AskedQuestion, value: CborValue | undefined): Answer {
  if (question !== 'identity') {
    if (typeof value !== 'boolean') throw new MalformedError('answer');
    return value;
  }
  const map = asMap(value);
  refuseUnknownKeys(map, [1, 2]);
  return { full_name: asText(map.get(1), 120), document: asText(map.get(2), 24) };
}

export function parseAttestation(bytes: Bytes): ParsedAttestation {
  const signed = parseSign1(decodeCbor(bytes), true);
  const map = asMap(decodeCbor(signed.payload));
  refuseUnknownKeys(map, [1, 2, 3, 4, 5, 6]);
  const question = kQuestions[asUnsigned(map.get(1)) - 1];
  if (question === undefined) throw new MalformedError('question');
  const expires = asUnsigned(map.get(4), kSecondsMax);
  const issued = asUnsigned(map.get(6), kSecondsMax);
  if (expires <= issued || expires - issued > kLifeSecondsMax) throw new MalformedError('term');
  const hasPortrait = map.has(5);
  if (hasPortrait && question !== 'identity') throw new MalformedError('portrait');
  const device_key = asBytes(map.get(3), 33);
  if (device_key[0] !== 2 && device_key[0] !== 3) throw new MalformedError('device key');
  return {
    signed,
    kid: asBytes(signed.kid),
    question,
    answer: parseAnswer(question, map.get(2)),
    device_key,
    expires,
    issued,
    portrait_sha256: hasPortrait ? asBytes(map.get(5), 32) : undefined,
  };
}

/** Step 1 of a check. Throws MalformedError. */
export function parseCode(text: string): ParsedCode {
  if (text.length > kTextMax || !text.startsWith(kPrefix)) throw new MalformedError('prefix');
  const bytes = decodeBase45(text.slice(kPrefix.length));
  if (bytes === undefined) throw new MalformedError('base45');
  const signed = parseSign1(decodeCbor(bytes), false);
  const map = asMap(decodeCbor(signed.payload));
  refuseUnknownKeys(map, [1, 2]);
  const slot = asUnsigned(map.get(2));
  return { signed, slot, attestation: parseAttestation(asBytes(map.get(1))) };
}

export function slotAt(nowMs: number): number {
  return Math.floor(nowMs / 1000 / kSlotSeconds);
}

/** Makes the text of a code for one slot. */
export async function makeCode(attestation: Bytes, key: CryptoKey, slot: number): Promise<string> {
  const payload = encodeCbor(
    new Map<number, CborValue>([
      [1, attestation],
      [2, slot],
    ]),
  );
  const text = kPrefix + encodeBase45(await makeSign1(key, 'BRS1', payload));
  if (text.length > kTextMax) throw new Error('the code does not fit its symbol');
  return text;
}
