// The device key of the Digital ID: P-256, made here, not exportable.
import { withStore } from './database';

const kDeviceKey = 'device';

export async function makeDeviceKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
}

export async function keepDeviceKey(pair: CryptoKeyPair): Promise<void> {
  await withStore('keys', 'readwrite', (store) => store.put(pair, kDeviceKey));
}

export async function findDeviceKey(): Promise<CryptoKeyPair | undefined> {
  return withStore<CryptoKeyPair | undefined>('keys', 'readonly', (store) =>
    store.get(kDeviceKey),
  );
}

export async function forgetDeviceKey(): Promise<void> {
  await withStore('keys', 'readwrite', (store) => store.delete(kDeviceKey));
}
