import * as z from 'zod/mini';
import { replaceBatch, stockOf } from '../../../pwa/attestation_store';
import { findDeviceKey } from '../../../pwa/key_store';
import { requestJson } from '../../../shared/api/client';
import { correctedNow } from '../../../shared/api/clock';
import type { AttestationBatch, Question } from '../../../shared/api/types';
import { concatBytes, fromBase64Url, sha256, toBase64Url } from '../../../shared/digital_id/bytes';
import { signEs256 } from '../../../shared/digital_id/p256';
import { publicPoint, startDeviceProof } from './devices';

const kBatch = 8;
const kFreshLeast = 3;
const kDayMs = 86_400_000;

const BatchSchema: z.ZodMiniType<AttestationBatch> = z.object({
  question: z.enum(['age_over_18', 'pensioner', 'identity']),
  attestations: z.array(z.string()),
  expires_at: z.string(),
});

async function makeKeys(): Promise<CryptoKeyPair[]> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const make = () => crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  return Promise.all(Array.from({ length: kBatch }, make));
}

async function issueBatch(deviceId: string, question: Question): Promise<void> {
  const device = await findDeviceKey();
  if (device === undefined) throw new Error('the device key is not here');
  const pairs = await makeKeys();
  const points = await Promise.all(pairs.map((pair) => publicPoint(pair.publicKey)));
  const { challenge, bytes } = await startDeviceProof();
  const digest = await sha256(concatBytes(...points));
  const message = concatBytes(new TextEncoder().encode('BRS1-batch'), bytes, digest);
  const body = {
    device_id: deviceId,
    question,
    public_keys: points.map(toBase64Url),
    challenge,
    proof: toBase64Url(await signEs256(device.privateKey, message)),
  };
  const call = { method: 'POST', body } as const;
  const batch = await requestJson(BatchSchema, '/api/v1/digital-id/attestations', call);
  const expires_at_ms = Date.parse(batch.expires_at);
  const rows = batch.attestations.flatMap((text, index) => {
    const attestation = fromBase64Url(text);
    const key = pairs[index]?.privateKey;
    return attestation && key ? [{ question, key, bytes: attestation, expires_at_ms }] : [];
  });
  await replaceBatch(question, rows);
}

/** Gets a new batch when few are left or they will not last the day. True when it did. */
export async function refill(deviceId: string, question: Question): Promise<boolean> {
  const now = correctedNow();
  const { fresh, earliest_expiry_ms } = await stockOf(question, now);
  if (fresh >= kFreshLeast && earliest_expiry_ms - now > kDayMs) return false;
  await issueBatch(deviceId, question);
  return true;
}
