import { useRef, useState } from 'react';
import { isProblem } from '../../../shared/api/problem';
import { prepareWork } from '../api/challenge';
import { doWork } from './do_work';

// The server may ask for more once, when others asked meanwhile.
const kRoundsMax = 3;

/** The members of a request that show the work. */
export interface Work {
  work_puzzle?: string;
  work_nonce?: number;
}

/** Sends a request, and does the work that the server may want for it. */
export function useWork(reason: string) {
  const [isWorking, setIsWorking] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const send = async <Answer>(phone: string, request: (work: Work) => Promise<Answer>): Promise<Answer> => {
    let shown: Work = {};
    for (let round = 1; ; round += 1) {
      try {
        return await request(shown);
      } catch (error) {
        if (!isProblem(error, reason) || round === kRoundsMax) throw error;
      }
      controller.current = new AbortController();
      setIsWorking(true);
      try {
        const work = await prepareWork(phone);
        shown = { work_puzzle: work.puzzle, work_nonce: await doWork(work, controller.current.signal) };
      } finally {
        setIsWorking(false);
      }
    }
  };
  return { send, isWorking, cancel: () => controller.current?.abort() };
}
