import { useMutation } from '@tanstack/react-query';
import type { Challenge, ChallengeWork } from '../../../shared/api/types';
import { WorkCancelled } from './do_work';
import { useWork, type Work } from './use_work';

interface Options<Body> {
  /** Without work at first. */
  ask: (body: Body, work: Work | undefined) => Promise<Challenge>;
  prepare: (body: Body) => Promise<ChallengeWork>;
  onSuccess?: ((challenge: Challenge) => void) | undefined;
}

/** Asks for a code, and does the work that the server may want for it. */
export function useWorkingAsk<Body>({ ask, prepare, onSuccess }: Options<Body>) {
  const { send, isWorking, cancel } = useWork('challenge.work_needed');
  const start = useMutation({
    mutationFn: (body: Body) =>
      send(
        (work) => ask(body, work),
        () => prepare(body),
      ),
    onSuccess: (challenge) => onSuccess?.(challenge),
  });
  const isCancelled = start.error instanceof WorkCancelled;
  return { start, isWorking, isCancelled, cancel };
}
