// The checker's own decision, in the order of docs/spec/digital-id-qr.md, 6. It needs no network.
import { toHex } from './bytes';
import { MalformedError } from './cbor';
import { kSlotSeconds, parseCode, slotAt, type AskedQuestion, type ParsedCode } from './code';
import { verifySign1, type Bytes } from './cose';
import { decompressPoint, importPoint } from './p256';
import type { TrustList } from './trust_list';

export type Verdict =
  | 'yes'
  | 'no'
  | 'expired'
  | 'not_yet_valid'
  | 'forged'
  | 'unknown_issuer'
  | 'malformed'
  | 'revoked';

export interface CheckResult {
  verdict: Verdict;
  /** Which question was asked: known as soon as the form is right. */
  question?: AskedQuestion;
  // What follows is there only when the whole check has passed.
  issuer?: string;
  full_name?: string;
  document?: string;
  portrait_sha256?: Bytes;
  shown_seconds_ago?: number;
}

async function verdictOf(code: ParsedCode, trust: TrustList, nowMs: number): Promise<Verdict> {
  const { attestation } = code;
  const issuer = trust.issuers.get(toHex(attestation.kid));
  const isKnown =
    issuer !== undefined &&
    attestation.issued >= issuer.not_before &&
    attestation.issued <= issuer.not_after;
  if (!isKnown) return 'unknown_issuer';
  if (!(await verifySign1(attestation.signed, issuer.key, 'BRS1-attestation'))) return 'forged';
  const point = decompressPoint(attestation.device_key);
  const deviceKey = point === undefined ? undefined : await importPoint(point);
  if (deviceKey === undefined) return 'malformed';
  if (!(await verifySign1(code.signed, deviceKey, 'BRS1'))) return 'forged';
  if (Math.floor(nowMs / 1000) > attestation.expires) return 'expired';
  const current = slotAt(nowMs);
  if (code.slot < current - 1) return 'expired';
  if (code.slot > current + 1) return 'not_yet_valid';
  return attestation.answer === false ? 'no' : 'yes';
}

/** Checks the text of a code. Never throws for anything a stranger can show. */
export async function checkCode(
  text: string,
  trust: TrustList,
  nowMs: number,
): Promise<CheckResult> {
  let code: ParsedCode;
  try {
    code = parseCode(text);
  } catch (error) {
    if (error instanceof MalformedError) return { verdict: 'malformed' };
    throw error;
  }
  const { attestation } = code;
  const verdict = await verdictOf(code, trust, nowMs);
  if (verdict === 'malformed') return { verdict };
  const result: CheckResult = { verdict, question: attestation.question };
  if (verdict !== 'yes' && verdict !== 'no') return result;
  const issuer = trust.issuers.get(toHex(attestation.kid));
  if (issuer !== undefined) result.issuer = issuer.name;
  result.shown_seconds_ago = Math.max(0, Math.floor(nowMs / 1000) - code.slot * kSlotSeconds);
  if (typeof attestation.answer === 'object') {
    result.full_name = attestation.answer.full_name;
    result.document = attestation.answer.document;
    if (attestation.portrait_sha256) result.portrait_sha256 = attestation.portrait_sha256;
  }
  return result;
}
