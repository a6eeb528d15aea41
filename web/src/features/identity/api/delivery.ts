import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import type { ChallengeDelivery } from '../../../shared/api/types';

const DeliverySchema: z.ZodMiniType<ChallengeDelivery> = z.object({
  challenge_id: z.string(),
  channel: z.enum(['call', 'sms']),
  state: z.enum(['queued', 'sent', 'delivered', 'failed']),
  problem: z.optional(openWord<NonNullable<ChallengeDelivery['problem']>>()),
});

export function getDelivery(challengeId: string): Promise<ChallengeDelivery> {
  return requestJson(DeliverySchema, `/api/v1/challenges/${challengeId}`);
}
