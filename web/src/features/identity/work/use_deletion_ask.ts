import type { Challenge } from '../../../shared/api/types';
import { prepareDeletionWork, startDeletion } from '../api/deletion';
import { useWorkingAsk } from './use_working_ask';

/** Asks for the call, or the SMS after it, that confirms a deletion. */
export function useDeletionAsk(onSuccess: (challenge: Challenge) => void) {
  return useWorkingAsk<'call' | 'sms', Challenge>({
    ask: (channel, work) => startDeletion({ channel, ...work }),
    prepare: prepareDeletionWork,
    onSuccess,
  });
}
