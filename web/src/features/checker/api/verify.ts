import * as z from 'zod/mini';
import { requestBlob, requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { VerifyResult, VerifyResults } from '../../../shared/api/types';
import { sha256, toHex } from '../../../shared/digital_id/bytes';

const VerifyResultSchema: z.ZodMiniType<VerifyResult> = z.object({
  verdict: z.enum([
    'yes',
    'no',
    'expired',
    'not_yet_valid',
    'forged',
    'unknown_issuer',
    'malformed',
    'revoked',
  ]),
  question: z.optional(
    openWord<NonNullable<VerifyResult['question']>>(),
  ),
  full_name: z.optional(z.string()),
  document: z.optional(z.string()),
  portrait_sha256: z.optional(z.string()),
  issuer: z.optional(z.string()),
  shown_seconds_ago: z.optional(z.number()),
  shown_before: z.optional(z.boolean()),
});

const VerifyResultsSchema: z.ZodMiniType<VerifyResults> = z.object({
  results: z.array(VerifyResultSchema),
});

/** What only the service knows: recalled codes, and codes that were checked before. */
export async function verifyOnline(code: string): Promise<VerifyResult> {
  const call = { method: 'POST', body: { code } } as const;
  const answer = await requestJson(VerifyResultsSchema, '/api/v1/digital-id/verify', call);
  const [result] = answer.results;
  if (result === undefined) throw new Error('no result');
  return result;
}

/** The portrait of an identity code; undefined when it is not the one the issuer signed. */
export async function getCheckedPortrait(
  code: string,
  expected: Uint8Array,
): Promise<Blob | undefined> {
  const call = { method: 'POST', body: { code } } as const;
  const picture = await requestBlob('/api/v1/digital-id/portrait', call);
  const digest = await sha256(new Uint8Array(await picture.arrayBuffer()));
  return toHex(digest) === toHex(expected) ? picture : undefined;
}
