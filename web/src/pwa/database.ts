// The one place that opens IndexedDB. Three stores:
//   keys         CryptoKey objects that cannot be exported
//   sealed       personal data, AES-256-GCM under a key of `keys`
//   attestations wallet attestations with their keys (see attestation_store.ts)
//   open         public things: the trust list and the pinned root

export type StoreName = 'keys' | 'sealed' | 'attestations' | 'open';

const kName = 'beresta';
const kVersion = 1;
let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(kName, kVersion);
    request.onupgradeneeded = () => {
      const database = request.result;
      for (const name of ['keys', 'sealed', 'open']) database.createObjectStore(name);
      database.createObjectStore('attestations', { keyPath: 'id', autoIncrement: true });
    };
    request.onsuccess = () => {
      // A newer version in another tab must not wait for this one.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
    request.onblocked = () => reject(new Error('IndexedDB is blocked by another tab'));
  });
}

function database(): Promise<IDBDatabase> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function finished<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

/** Runs one request in a transaction of its own. */
export async function withStore<T>(
  name: StoreName,
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await database()).transaction(name, mode);
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
  committed.catch(() => undefined);
  const result = await finished(request(transaction.objectStore(name)));
  if (mode === 'readwrite') await committed;
  return result;
}

/** Forgets everything personal; the public store stays, it is the same for everyone. */
export async function forgetEverythingPersonal(): Promise<void> {
  for (const name of ['sealed', 'attestations', 'keys'] as const) {
    await withStore(name, 'readwrite', (store) => store.clear());
  }
}
