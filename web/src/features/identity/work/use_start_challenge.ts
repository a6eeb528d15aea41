import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isProblem } from '../../../shared/api/problem';
import type { Challenge, StartChallenge } from '../../../shared/api/types';
import { prepareWork, startChallenge } from '../api/challenge';
import { WorkCancelled, doWork } from './do_work';

// The server may ask for more once, when others asked meanwhile.
const kRoundsMax = 3;

interface Options {
  onSuccess: (challenge: Challenge) => void;
  /** How to ask without work, when it is not by startChallenge. */
  ask?: (() => Promise<Challenge>) | undefined;
}

/** Asks for a code, and does the work that the server may want for it. */
export function useStartChallenge({ onSuccess, ask }: Options) {
  const [isWorking, setIsWorking] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const askWorking = async (body: StartChallenge): Promise<Challenge> => {
    for (let round = 1; ; round += 1) {
      try {
        return await (round === 1 && ask !== undefined ? ask() : startChallenge(body));
      } catch (error) {
        if (!isProblem(error, 'challenge.work_needed') || round === kRoundsMax) throw error;
      }
      controller.current = new AbortController();
      setIsWorking(true);
      try {
        const work = await prepareWork(body.phone);
        const nonce = await doWork(work, controller.current.signal);
        body = { ...body, work_puzzle: work.puzzle, work_nonce: nonce };
      } finally {
        setIsWorking(false);
      }
    }
  };
  const start = useMutation({ mutationFn: askWorking, onSuccess });
  const isCancelled = start.error instanceof WorkCancelled;
  return { start, isWorking, isCancelled, cancel: () => controller.current?.abort() };
}
