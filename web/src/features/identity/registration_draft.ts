// What a person has done so far on the way to an account. It lives in the memory of this tab, so
// that leaving to read a document and coming back loses nothing, and closing the tab leaves nothing.
import { useSyncExternalStore } from 'react';
import type { Challenge, RegistrationStarted } from '../../shared/api/types';

export interface RegistrationDraft {
  phone: string;
  channel: 'call' | 'sms';
  /** The password is forgotten: the number is proven to choose a new one. */
  recovers: boolean;
  challenge?: Challenge | undefined;
  /** When the challenge was received, by performance.now(). */
  challenged_at?: number;
  /** How the challenge came to be an SMS, for the words on the screen. */
  sms_because?: 'no_call' | 'asked_again' | 'instead_of_call' | undefined;
  started?: RegistrationStarted | undefined;
}

const kEmpty: RegistrationDraft = { phone: '', channel: 'call', recovers: false };

/** Where a forgotten password is replaced. */
export const kRecoveryPath = '/register?for=password';
let draft = kEmpty;
const listeners = new Set<() => void>();

export function changeDraft(change: Partial<RegistrationDraft>): void {
  draft = { ...draft, ...change };
  listeners.forEach((listener) => listener());
}

export function clearDraft(): void {
  draft = kEmpty;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDraft(): RegistrationDraft {
  return useSyncExternalStore(subscribe, () => draft);
}
