import { useEffect, useState } from 'react';
import { NetworkError } from '../../shared/api/problem';
import type { Device, DigitalId, Question } from '../../shared/api/types';
import { refill } from './api/attestations';

export interface Stock {
  /** Questions whose attestations are being fetched now. */
  preparing: ReadonlySet<Question>;
  error: unknown;
  retry: () => void;
}

/** Keeps enough attestations on the device for every question that has an answer. */
export function useStock(digitalId: DigitalId, device: Device, isOffline: boolean): Stock {
  const [attempt, setAttempt] = useState(0);
  const [preparing, setPreparing] = useState<ReadonlySet<Question>>(new Set());
  const [error, setError] = useState<unknown>(null);
  const ready = digitalId.questions
    .filter((one) => one.state === 'ready')
    .map((one) => one.question)
    .join();
  useEffect(() => {
    if (isOffline || ready === '') return;
    let isOver = false;
    const questions = ready.split(',') as Question[];
    setPreparing(new Set(questions));
    setError(null);
    const fill = async () => {
      // One after another: each asks the server for a challenge of its own.
      for (const question of questions) {
        if (isOver) return;
        await refill(device.device_id, question).catch((failure: unknown) => {
          if (!isOver && !(failure instanceof NetworkError)) setError(failure);
        });
        if (isOver) return;
        setPreparing((before) => new Set([...before].filter((one) => one !== question)));
      }
    };
    void fill();
    return () => {
      isOver = true;
    };
  }, [ready, device.device_id, isOffline, attempt]);
  return { preparing, error, retry: () => setAttempt(attempt + 1) };
}
