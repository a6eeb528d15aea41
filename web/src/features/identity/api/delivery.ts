import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { ChallengeDelivery } from '../../../shared/api/types';

const DeliverySchema: z.ZodMiniType<ChallengeDelivery> = z.object({
  challenge_id: z.string(),
  channel: z.enum(['call', 'sms']),
  state: z.enum(['queued', 'sent', 'delivered', 'failed']),
  problem: z.optional(
    z.enum(['busy', 'declined', 'not_found', 'no_answer', 'operator', 'undelivered']),
  ),
});

export function getDelivery(challengeId: string): Promise<ChallengeDelivery> {
  return requestJson(DeliverySchema, `/api/v1/challenges/${challengeId}`);
}
