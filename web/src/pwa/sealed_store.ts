// Personal data kept for the hours without a network. It is encrypted under a key that the
// browser will use but never hand out, so a copy of the profile's files alone does not open it.
import { withStore } from './database';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const kSealingKey = 'sealing';
let making: Promise<CryptoKey> | undefined;

async function findOrMakeKey(): Promise<CryptoKey> {
  const kept = await withStore<CryptoKey | undefined>('keys', 'readonly', (store) =>
    store.get(kSealingKey),
  );
  if (kept !== undefined) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await withStore('keys', 'readwrite', (store) => store.put(made, kSealingKey));
  return made;
}

function sealingKey(): Promise<CryptoKey> {
  making ??= findOrMakeKey().finally(() => {
    making = undefined;
  });
  return making;
}

/** Encrypts bytes; `name` is bound to them, so one entry cannot be put in place of another. */
export async function seal(name: string, bytes: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(name);
  const key = await sealingKey();
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
  return { iv, data };
}

export async function unseal(name: string, sealed: Sealed): Promise<ArrayBuffer> {
  const additionalData = new TextEncoder().encode(name);
  const key = await sealingKey();
  return crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: sealed.iv, additionalData },
    key,
    sealed.data,
  );
}

export async function keepBytes(name: string, bytes: BufferSource): Promise<void> {
  const sealed = await seal(name, bytes);
  await withStore('sealed', 'readwrite', (store) => store.put(sealed, name));
}

export async function findBytes(name: string): Promise<ArrayBuffer | undefined> {
  const sealed = await withStore<Sealed | undefined>('sealed', 'readonly', (store) =>
    store.get(name),
  );
  return sealed === undefined ? undefined : unseal(name, sealed);
}

export async function keepJson(name: string, value: unknown): Promise<void> {
  await keepBytes(name, new TextEncoder().encode(JSON.stringify(value)));
}

/** What was kept, or undefined when there is nothing or it cannot be opened any more. */
export async function findJson(name: string): Promise<unknown> {
  try {
    const bytes = await findBytes(name);
    return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

export async function forget(name: string): Promise<void> {
  await withStore('sealed', 'readwrite', (store) => store.delete(name));
}
