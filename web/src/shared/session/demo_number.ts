import { useSyncExternalStore } from 'react';

// The number being typed, for the link to the demonstration phone. In memory only.
let number = '';
const listeners = new Set<() => void>();

export function setDemoNumber(next: string): void {
  number = next.trim();
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDemoNumber(): string {
  return useSyncExternalStore(subscribe, () => number);
}
