// Public facts the checker needs without a network. Nothing personal may be put here.
import { withStore } from './database';

export interface KeptTrustList {
  bytes: Uint8Array<ArrayBuffer>;
  fetched_at_ms: number;
  /** The highest serial ever used, so that an older list is not taken for a newer one. */
  serial: number;
}

export async function keepTrustList(list: KeptTrustList): Promise<void> {
  await withStore('open', 'readwrite', (store) => store.put(list, 'trust_list'));
}

export async function findTrustList(): Promise<KeptTrustList | undefined> {
  return withStore<KeptTrustList | undefined>('open', 'readonly', (store) =>
    store.get('trust_list'),
  );
}

/** The root key seen at the first visit, base64url. */
export async function findPinnedRoot(): Promise<string | undefined> {
  return withStore<string | undefined>('open', 'readonly', (store) => store.get('trust_root'));
}

export async function pinRoot(root: string): Promise<void> {
  await withStore('open', 'readwrite', (store) => store.put(root, 'trust_root'));
}
