import { useMutation } from '@tanstack/react-query';
import type { Challenge, StartChallenge } from '../../../shared/api/types';
import { startChallenge } from '../api/challenge';
import { WorkCancelled } from './do_work';
import { useWork } from './use_work';

interface Options {
  onSuccess: (challenge: Challenge) => void;
  /** How to ask without work, when it is not by startChallenge. */
  ask?: (() => Promise<Challenge>) | undefined;
}

/** Asks for a code, and does the work that the server may want for it. */
export function useStartChallenge({ onSuccess, ask }: Options) {
  const { send, isWorking, cancel } = useWork('challenge.work_needed');
  const start = useMutation({
    mutationFn: (body: StartChallenge) =>
      send(body.phone, (work) =>
        work.work_puzzle === undefined && ask !== undefined ? ask() : startChallenge({ ...body, ...work }),
      ),
    onSuccess,
  });
  const isCancelled = start.error instanceof WorkCancelled;
  return { start, isWorking, isCancelled, cancel };
}
