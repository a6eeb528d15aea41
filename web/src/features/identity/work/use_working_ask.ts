import { useMutation } from '@tanstack/react-query';
import type { ChallengeWork } from '../../../shared/api/types';
import { WorkCancelled } from './do_work';
import { useWork, type Work } from './use_work';

interface Options<Body, Answer> {
  /** Without work at first. */
  ask: (body: Body, work: Work | undefined) => Promise<Answer>;
  prepare: (body: Body) => Promise<ChallengeWork>;
  onSuccess?: ((answer: Answer) => void) | undefined;
}

/** Asks for a code, and does the work that the server may want for it. */
export function useWorkingAsk<Body, Answer>({ ask, prepare, onSuccess }: Options<Body, Answer>) {
  const { send, isWorking, cancel } = useWork('challenge.work_needed');
  const start = useMutation({
    mutationFn: (body: Body) =>
      send(
        (work) => ask(body, work),
        () => prepare(body),
      ),
    onSuccess: (answer) => onSuccess?.(answer),
  });
  const isCancelled = start.error instanceof WorkCancelled;
  return { start, isWorking, isCancelled, cancel };
}
