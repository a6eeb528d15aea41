// A complete checker of BRS1 codes, written from docs/spec/digital-id-qr.md: the second implementation.
import { fromBase45 } from './base45.mjs';
import { decode, Malformed } from './cbor.mjs';
import { kidOf, parseSign1, publicKeyOf, verifySign1 } from './cose.mjs';

export const PREFIX = 'BRS1:';
export const TEXT_CHARACTERS_MAX = 600;
export const SLOT_S = 30;
export const EXTENSION_KEY_MIN = 16;
const ATTESTATION_LIFE_S_MAX = 7 * 24 * 3600;
const NAME_BYTES_MAX = 120;
const DOCUMENT_BYTES_MAX = 24;
const ISSUER_NAME_BYTES_MAX = 120;
const ISSUERS_MAX = 64;
const TIME_MAX = 253_402_300_799; // the last second of the year 9999
const QUESTIONS = { 1: 'age_over_18', 2: 'pensioner', 3: 'identity', 4: 'student', 5: 'large_family', 6: 'disability' };

const isUint = (value) => typeof value === 'number' && value >= 0;
const isBytes = (size) => (value) => value instanceof Uint8Array && value.length === size;
const isTime = (value) => isUint(value) && value <= TIME_MAX;
const isText = (max, min = 1) => (value) => {
  const length = typeof value === 'string' ? Buffer.byteLength(value) : -1;
  return length >= min && length <= max;
};

/** Reads a map of known fields: {key: [name, test, optional]}; keys from 16 on are room for later. */
function fields(map, known) {
  if (!(map instanceof Map)) throw new Malformed('not a map');
  for (const key of map.keys()) {
    if (typeof key !== 'number' || (key < EXTENSION_KEY_MIN && !(key in known))) throw new Malformed('unknown key');
  }
  const result = {};
  for (const [key, [name, test, optional]] of Object.entries(known)) {
    const value = map.get(Number(key));
    if (value === undefined && optional) continue;
    if (value === undefined || !test(value)) throw new Malformed(`field ${name}`);
    result[name] = value;
  }
  return result;
}

function parseAttestation(bytes) {
  const signed = parseSign1(bytes, true);
  const parsed = fields(decode(signed.payload), {
    1: ['question', (value) => value in QUESTIONS],
    2: ['answer', (value) => typeof value === 'boolean' || value instanceof Map],
    3: ['device', isBytes(33)],
    4: ['expires', isTime],
    5: ['portrait', isBytes(32), true],
    6: ['issued', isTime],
  });
  const asksWho = parsed.question === 3;
  if (asksWho !== parsed.answer instanceof Map) throw new Malformed('the answer does not suit the question');
  if (parsed.portrait && !asksWho) throw new Malformed('a portrait without need');
  if (asksWho) {
    parsed.answer = fields(parsed.answer, {
      1: ['full_name', isText(NAME_BYTES_MAX)],
      2: ['document', isText(DOCUMENT_BYTES_MAX)],
    });
  }
  const life = parsed.expires - parsed.issued;
  if (life <= 0 || life > ATTESTATION_LIFE_S_MAX) throw new Malformed('lifetime');
  return { signed, ...parsed };
}

function parsePresentation(text) {
  if (text.length > TEXT_CHARACTERS_MAX || !text.startsWith(PREFIX)) throw new Malformed('not a BRS1 text');
  const signed = parseSign1(fromBase45(text.slice(PREFIX.length)), false);
  const { attestation, slot } = fields(decode(signed.payload), {
    1: ['attestation', (value) => value instanceof Uint8Array],
    2: ['slot', isUint],
  });
  return { signed, slot, attestation: parseAttestation(attestation) };
}

function issuerOf(entry) {
  const issuer = fields(entry, {
    1: ['kid', isBytes(8)],
    2: ['point', isBytes(33)],
    3: ['name', isText(ISSUER_NAME_BYTES_MAX, 0)],
    4: ['not_before', isTime],
    5: ['not_after', isTime],
  });
  issuer.key = publicKeyOf(issuer.point);
  if (!issuer.key || Buffer.compare(kidOf(issuer.point), issuer.kid) !== 0) throw new Malformed('kid or key');
  return issuer;
}

/** The trust list, or the reason why it must not be used. */
export function openTrustList(bytes, rootPoint, now, serialSeen = 0) {
  let signed, list;
  try {
    signed = parseSign1(bytes, true);
    list = fields(decode(signed.payload), {
      1: ['serial', isUint],
      2: ['issued', isTime],
      3: ['expires', isTime],
      4: ['issuers', (value) => Array.isArray(value) && value.length <= ISSUERS_MAX],
    });
    list.issuers = list.issuers.map(issuerOf);
  } catch (error) {
    if (error instanceof Malformed) return { problem: 'malformed' };
    throw error;
  }
  if (!verifySign1(signed, publicKeyOf(rootPoint), 'BRS1-trust')) return { problem: 'forged' };
  if (now > list.expires) return { problem: 'expired' };
  if (list.serial < serialSeen) return { problem: 'older_than_seen' };
  return list;
}

function judge({ signed, slot, attestation }, trust, now) {
  const issuer = trust.issuers.find(({ kid }) => Buffer.compare(kid, attestation.signed.kid) === 0);
  const { issued, expires } = attestation;
  if (!issuer || issued < issuer.not_before || issued > issuer.not_after) return { verdict: 'unknown_issuer' };
  if (!verifySign1(attestation.signed, issuer.key, 'BRS1-attestation')) return { verdict: 'forged' };
  const device = publicKeyOf(attestation.device);
  if (!device) throw new Malformed('the device key is no point of the curve');
  if (!verifySign1(signed, device, 'BRS1')) return { verdict: 'forged' };
  const current = Math.floor(now / SLOT_S);
  if (now > expires || slot < current - 1) return { verdict: 'expired' };
  if (slot > current + 1) return { verdict: 'not_yet_valid' };
  const question = QUESTIONS[attestation.question];
  if (question !== 'identity') return { verdict: attestation.answer ? 'yes' : 'no', question, issuer: issuer.name };
  const portrait = attestation.portrait && { portrait_sha256: Buffer.from(attestation.portrait).toString('hex') };
  return { verdict: 'yes', question, issuer: issuer.name, ...attestation.answer, ...portrait };
}

/** What a checker says about the text of a code at `now` (unix seconds). */
export function check(text, trust, now) {
  try {
    return judge(parsePresentation(text), trust, now);
  } catch (error) {
    if (error instanceof Malformed) return { verdict: 'malformed' };
    throw error;
  }
}
