import { useQuery } from '@tanstack/react-query';
import type { Challenge, ChallengeDelivery } from '../../shared/api/types';
import { getDelivery } from './api/delivery';
import { deliveryPollMs } from './delivery_words';

/** Watches how a code gets to the phone, for as long as there may be news. */
export function useDelivery(challenge: Challenge): ChallengeDelivery | undefined {
  return useQuery({
    queryKey: ['challenge_delivery', challenge.challenge_id],
    queryFn: () => getDelivery(challenge.challenge_id),
    refetchInterval: ({ state }) => deliveryPollMs(state.data, state.dataUpdateCount),
    // It is only news: the code may be typed without it.
    retry: false,
  }).data;
}
