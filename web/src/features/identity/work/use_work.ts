import { useRef, useState } from 'react';
import { isProblem } from '../../../shared/api/problem';
import type { ChallengeWork } from '../../../shared/api/types';
import { doWork } from './do_work';

// The server may ask for more once, when others asked meanwhile.
const kRoundsMax = 3;

/** What goes along with a request that has been worked for. */
export interface Work {
  work_puzzle: string;
  work_nonce: number;
}

/** Sends a request, at first without work, and does the work that the server may want for it. */
export function useWork(reason: string) {
  const [isWorking, setIsWorking] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const send = async <Answer>(
    request: (work: Work | undefined) => Promise<Answer>,
    prepare: () => Promise<ChallengeWork>,
  ): Promise<Answer> => {
    let work: Work | undefined;
    for (let round = 1; ; round += 1) {
      try {
        return await request(work);
      } catch (error) {
        if (!isProblem(error, reason) || round === kRoundsMax) throw error;
      }
      controller.current = new AbortController();
      setIsWorking(true);
      try {
        const puzzle = await prepare();
        const nonce = await doWork(puzzle, controller.current.signal);
        work = { work_puzzle: puzzle.puzzle, work_nonce: nonce };
      } finally {
        setIsWorking(false);
      }
    }
  };
  return { send, isWorking, cancel: () => controller.current?.abort() };
}
