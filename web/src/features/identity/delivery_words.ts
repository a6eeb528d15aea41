import type { ChallengeDelivery } from '../../shared/api/types';

const kQuickPolls = 20;
const kQuickPollMs = 1_500;
const kSlowPollMs = 5_000;
const kPollsMax = 60;

/** How long to wait for the next news; false once there can be none. */
export function deliveryPollMs(
  delivery: ChallengeDelivery | undefined,
  polls: number,
): number | false {
  if (polls >= kPollsMax) return false;
  if (delivery?.state === 'delivered' || delivery?.state === 'failed') return false;
  return polls < kQuickPolls ? kQuickPollMs : kSlowPollMs;
}

/** Whether operators say that an SMS did not arrive; one more may still be trying. */
export function isSmsLost({ channel, state, problem }: ChallengeDelivery): boolean {
  return channel === 'sms' && (state === 'failed' || (state === 'queued' && problem === 'undelivered'));
}

/** The words about a delivery that are worth saying; undefined when the page says enough itself. */
export function deliveryWords(asked: 'call' | 'sms', delivery: ChallengeDelivery) {
  const { channel, state, problem } = delivery;
  if (state === 'failed') return channel === 'sms' ? 'delivery.lost' : 'delivery.failed';
  if (channel === 'sms' && asked === 'call') {
    if (problem === 'busy') return 'delivery.busy';
    if (problem === 'declined') return 'delivery.declined';
    return problem === 'not_found' ? 'delivery.notFound' : 'delivery.noCall';
  }
  if (state === 'delivered') return channel === 'call' ? 'delivery.rang' : 'delivery.arrived';
  return problem === 'undelivered' ? 'delivery.again' : undefined;
}
