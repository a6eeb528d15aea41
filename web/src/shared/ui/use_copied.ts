import { useEffect, useState } from 'react';

const kSaidForMs = 2_500;

/** Copies a text, and says so for a moment. */
export function useCopied(text: string) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), kSaidForMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const write = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return { isCopied, copy: () => void write().catch(() => undefined) };
}
