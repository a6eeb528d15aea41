import type { Challenge, StartChallenge } from '../../../shared/api/types';
import { prepareWork, startChallenge } from '../api/challenge';
import { useWorkingAsk } from './use_working_ask';

interface Options {
  onSuccess?: ((challenge: Challenge) => void) | undefined;
  /** How to ask without work, when it is not by startChallenge. */
  ask?: (() => Promise<Challenge>) | undefined;
}

/** Asks for a code to a number that was typed in. */
export function useStartChallenge({ onSuccess, ask }: Options) {
  return useWorkingAsk<StartChallenge, Challenge>({
    ask: (body, work) =>
      work === undefined && ask !== undefined ? ask() : startChallenge({ ...body, ...work }),
    prepare: (body) => prepareWork(body.phone),
    onSuccess,
  });
}
