import { useEffect, useState } from 'react';
import type { Attestation } from '../../pwa/attestation_store';
import { correctedNow } from '../../shared/api/clock';
import { kSlotSeconds, makeCode, slotAt } from '../../shared/digital_id/code';
import { qrPath, type QrPath } from '../../shared/qr_path';

export interface ShownCode {
  text: string;
  path: QrPath;
  secondsLeft: number;
}

function secondsLeftAt(nowMs: number): number {
  return kSlotSeconds - (Math.floor(nowMs / 1000) % kSlotSeconds);
}

/** The code of the current slot, replaced as soon as the next one begins. */
export function useCode(attestation: Attestation): ShownCode | Error | undefined {
  const [nowMs, setNowMs] = useState(correctedNow);
  const [code, setCode] = useState<{ text: string; path: QrPath } | Error>();
  const slot = slotAt(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(correctedNow()), 250);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    let isCurrent = true;
    makeCode(attestation.bytes, attestation.key, slot).then(
      (text) => isCurrent && setCode({ text, path: qrPath(text) }),
      (error: unknown) => isCurrent && setCode(error instanceof Error ? error : new Error()),
    );
    return () => {
      isCurrent = false;
    };
  }, [attestation, slot]);
  if (code === undefined || code instanceof Error) return code;
  return { ...code, secondsLeft: secondsLeftAt(nowMs) };
}
