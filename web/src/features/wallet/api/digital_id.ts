import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { findJson, keepJson } from '../../../pwa/sealed_store';
import { requestJson } from '../../../shared/api/client';
import { openWord } from '../../../shared/api/open_word';
import { NetworkError } from '../../../shared/api/problem';
import type { Device, DigitalId, Question, QuestionState } from '../../../shared/api/types';
import { pollDelayMs } from '../poll';
import { DeviceSchema, findLocalDevice } from './devices';

export const kQuestions = ['age_over_18', 'pensioner', 'identity'] as const;

const DigitalIdSchema: z.ZodMiniType<DigitalId> = z.object({
  eligible: z.boolean(),
  obstacles: z.array(openWord<DigitalId['obstacles'][number]>()),
  device: z.optional(DeviceSchema),
  questions: z.array(
    z.object({
      question: openWord<Question>(),
      state: openWord<QuestionState['state']>(),
      checker_sees: z.optional(
        z.object({
          answer: z.boolean(),
          full_name: z.optional(z.string()),
          document: z.optional(z.string()),
          portrait: z.optional(z.boolean()),
        }),
      ),
    }),
  ),
});

export interface DigitalIdHere {
  digitalId: DigitalId;
  /** The device whose key is in this browser. */
  local: Device | undefined;
  isOffline: boolean;
}

export const kDigitalIdKey = ['mine', 'digital_id'] as const;
const kKept = 'digital_id';

async function read(signal: AbortSignal): Promise<DigitalIdHere> {
  const local = await findLocalDevice();
  try {
    const digitalId = await requestJson(DigitalIdSchema, '/api/v1/digital-id', { signal });
    await keepJson(kKept, digitalId).catch(() => undefined);
    return { digitalId, local, isOffline: false };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const kept = DigitalIdSchema.safeParse(await findJson(kKept));
    if (!kept.success) throw error;
    return { digitalId: kept.data, local, isOffline: true };
  }
}

let waitingSince: number | undefined;

export function useDigitalId() {
  return useQuery({
    queryKey: kDigitalIdKey,
    queryFn: ({ signal }) => read(signal),
    refetchInterval: ({ state }) => {
      const isPending = state.data?.digitalId.questions.some((one) => one.state === 'pending');
      if (!isPending || state.data?.isOffline) {
        waitingSince = undefined;
        return false;
      }
      waitingSince ??= Date.now();
      return pollDelayMs(Date.now() - waitingSince);
    },
  });
}
