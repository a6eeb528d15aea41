// Attestations wait here for the hour they are shown. The signing key of each stays a CryptoKey;
// the attestation itself is sealed, since one of them holds a name.
import { withStore } from './database';
import { seal, unseal } from './sealed_store';

interface Row {
  id?: number;
  question: string;
  key: CryptoKey;
  sealed: Awaited<ReturnType<typeof seal>>;
  expires_at_ms: number;
  shown: boolean;
}

export interface Attestation {
  id: number;
  question: string;
  key: CryptoKey;
  bytes: Uint8Array<ArrayBuffer>;
  expires_at_ms: number;
  shown: boolean;
}

export interface NewAttestation {
  question: string;
  key: CryptoKey;
  bytes: Uint8Array<ArrayBuffer>;
  expires_at_ms: number;
}

export interface Stock {
  fresh: number;
  earliest_expiry_ms: number;
}

async function rowsOf(question: string, nowMs: number): Promise<(Row & { id: number })[]> {
  const rows = await withStore<(Row & { id: number })[]>('attestations', 'readonly', (store) =>
    store.getAll(),
  );
  return rows.filter((row) => row.question === question && row.expires_at_ms > nowMs);
}

/** Replaces all attestations of a question by a new batch. */
export async function replaceBatch(question: string, batch: NewAttestation[]): Promise<void> {
  const sealedBatch: Row[] = [];
  for (const { key, bytes, expires_at_ms } of batch) {
    const sealed = await seal('attestation', bytes);
    sealedBatch.push({ question, key, sealed, expires_at_ms, shown: false });
  }
  const old = await rowsOf(question, 0);
  for (const row of sealedBatch) {
    await withStore('attestations', 'readwrite', (store) => store.add(row));
  }
  for (const row of old) {
    await withStore('attestations', 'readwrite', (store) => store.delete(row.id));
  }
}

export async function stockOf(question: string, nowMs: number): Promise<Stock> {
  const fresh = (await rowsOf(question, nowMs)).filter((row) => !row.shown);
  return {
    fresh: fresh.length,
    earliest_expiry_ms: Math.min(...fresh.map((row) => row.expires_at_ms)),
  };
}

/**
 * Takes an attestation that was never shown and marks it as shown before handing it out; with none
 * left gives one shown before (its `shown` is true), so that the caller can ask the person first.
 */
export async function take(question: string, nowMs: number): Promise<Attestation | undefined> {
  const rows = await rowsOf(question, nowMs);
  const row = rows.find((one) => !one.shown) ?? rows.at(-1);
  if (row === undefined) return undefined;
  if (!row.shown) {
    await withStore('attestations', 'readwrite', (store) => store.put({ ...row, shown: true }));
    // One that was shown has had its session; only the latest stays, for the worst hour.
    for (const old of rows.filter((one) => one.shown)) {
      await withStore('attestations', 'readwrite', (store) => store.delete(old.id));
    }
  }
  const bytes = new Uint8Array(await unseal('attestation', row.sealed));
  return { ...row, bytes };
}

export async function forgetAttestations(): Promise<void> {
  await withStore('attestations', 'readwrite', (store) => store.clear());
}
