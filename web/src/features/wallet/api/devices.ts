import * as z from 'zod/mini';
import { forgetAttestations } from '../../../pwa/attestation_store';
import { findDeviceKey, forgetDeviceKey, keepDeviceKey, makeDeviceKey } from '../../../pwa/key_store';
import { findJson, forget, keepJson } from '../../../pwa/sealed_store';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type { Device, DeviceChallenge } from '../../../shared/api/types';
import { concatBytes, fromBase64Url, toBase64Url } from '../../../shared/digital_id/bytes';
import { signEs256 } from '../../../shared/digital_id/p256';

export const DeviceSchema: z.ZodMiniType<Device> = z.object({
  device_id: z.string(),
  name: z.string(),
  made_at: z.string(),
});

const ChallengeSchema: z.ZodMiniType<DeviceChallenge> = z.object({
  challenge: z.string(),
  expires_at: z.string(),
});

const kKept = 'device';

/** A fresh value of the server's, as text and as bytes. */
export async function startDeviceProof() {
  const call = { method: 'POST' } as const;
  const { challenge } = await requestJson(ChallengeSchema, '/api/v1/digital-id/challenge', call);
  const bytes = fromBase64Url(challenge);
  if (bytes === undefined) throw new Error('challenge');
  return { challenge, bytes };
}

export async function publicPoint(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

/** Makes the key here, proves it to the server, and remembers the device. */
export async function makeDigitalId(name: string, replace: boolean): Promise<Device> {
  const pair = await makeDeviceKey();
  const { challenge, bytes } = await startDeviceProof();
  const message = concatBytes(new TextEncoder().encode('BRS1-device'), bytes);
  const body = {
    name,
    replace,
    challenge,
    public_key: toBase64Url(await publicPoint(pair.publicKey)),
    proof: toBase64Url(await signEs256(pair.privateKey, message)),
  };
  // Kept before the answer is known: a registered key that was lost could never be used.
  await forgetAttestations();
  await keepDeviceKey(pair);
  const call = { method: 'POST', body } as const;
  const device = await requestJson(DeviceSchema, '/api/v1/digital-id/devices', call);
  await keepJson(kKept, device);
  return device;
}

/** The Digital ID of this device, if its key is here. */
export async function findLocalDevice(): Promise<Device | undefined> {
  const parsed = DeviceSchema.safeParse(await findJson(kKept));
  const key = await findDeviceKey().catch(() => undefined);
  return parsed.success && key !== undefined ? parsed.data : undefined;
}

export async function forgetLocalDevice(): Promise<void> {
  await forgetAttestations();
  await forgetDeviceKey();
  await forget(kKept);
}

export function removeDevice(deviceId: string): Promise<void> {
  return requestNothing(`/api/v1/digital-id/devices/${deviceId}`, { method: 'DELETE' });
}
