import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { replaceBatch, stockOf, take } from './attestation_store';
import { forgetEverythingPersonal, withStore } from './database';
import { findTrustList, keepTrustList } from './open_store';
import { findBytes, findJson, keepBytes, keepJson } from './sealed_store';

const kNow = 1_800_000_000_000;
const kDay = 86_400_000;

async function batch(size: number, expires_at_ms = kNow + 6 * kDay) {
  const { privateKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  );
  return Array.from({ length: size }, (_, index) => ({
    question: 'identity',
    key: privateKey,
    bytes: new Uint8Array([index]),
    expires_at_ms,
  }));
}

beforeEach(forgetEverythingPersonal);

describe('the sealed store', () => {
  it('gives back what it was given', async () => {
    await keepJson('me', { name: 'Алсу' });
    expect(await findJson('me')).toEqual({ name: 'Алсу' });
    expect(await findJson('nothing')).toBeUndefined();
  });

  it('holds no readable text and a key that cannot be exported', async () => {
    await keepJson('me', { name: 'Alsu' });
    const row = await withStore<{ data: ArrayBuffer }>('sealed', 'readonly', (store) =>
      store.get('me'),
    );
    expect(new TextDecoder('latin1').decode(row.data)).not.toContain('Alsu');
    const key = await withStore<CryptoKey>('keys', 'readonly', (store) => store.get('sealing'));
    expect(key.extractable).toBe(false);
  });

  it('does not open an entry put in place of another', async () => {
    await keepBytes('portrait', new Uint8Array([1, 2, 3]));
    const row: unknown = await withStore('sealed', 'readonly', (store) => store.get('portrait'));
    await withStore('sealed', 'readwrite', (store) => store.put(row, 'documents'));
    await expect(findBytes('documents')).rejects.toThrow();
    expect(await findJson('documents')).toBeUndefined();
  });

  it('is empty after forgetting, while public facts stay', async () => {
    await keepJson('me', { name: 'Alsu' });
    await keepTrustList({ bytes: new Uint8Array([1]), fetched_at_ms: 1, serial: 1 });
    await forgetEverythingPersonal();
    expect(await findJson('me')).toBeUndefined();
    expect((await findTrustList())?.serial).toBe(1);
  });
});

describe('the attestations', () => {
  it('are each handed out once while fresh ones last', async () => {
    await replaceBatch('identity', await batch(3));
    const taken = [await take('identity', kNow), await take('identity', kNow), await take('identity', kNow)];
    expect(taken.map((one) => one?.shown)).toEqual([false, false, false]);
    expect(new Set(taken.map((one) => one?.bytes[0])).size).toBe(3);
    expect((await stockOf('identity', kNow)).fresh).toBe(0);
  });

  it('say so when only one shown before is left, and keep no other', async () => {
    await replaceBatch('identity', await batch(2));
    await take('identity', kNow);
    await take('identity', kNow);
    expect((await take('identity', kNow))?.shown).toBe(true);
    const left = await withStore('attestations', 'readonly', (store) => store.count());
    expect(left).toBe(1);
  });

  it('are of no use once expired or for another question', async () => {
    await replaceBatch('identity', await batch(2, kNow - 1));
    expect(await take('identity', kNow)).toBeUndefined();
    expect(await take('pensioner', kNow - kDay)).toBeUndefined();
  });

  it('of an old batch are gone when a new one comes', async () => {
    await replaceBatch('identity', await batch(5));
    await replaceBatch('identity', await batch(8));
    expect((await stockOf('identity', kNow)).fresh).toBe(8);
  });
});
