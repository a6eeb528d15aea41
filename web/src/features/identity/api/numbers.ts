import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type { Challenge, ChallengeWork, NumberList, OwnChallenge } from '../../../shared/api/types';
import { ChallengeSchema, WorkSchema } from './challenge';

const NumberListSchema: z.ZodMiniType<NumberList> = z.object({
  numbers: z.array(
    z.object({
      number_id: z.string(),
      phone_masked: z.string(),
      primary: z.boolean(),
      confirmed_at: z.string(),
    }),
  ),
  pending: z.optional(
    z.object({ replaces: z.string(), phone_masked: z.string(), applies_at: z.string() }),
  ),
});

const kBase = '/api/v1/me/numbers';
export const kNumbersKey = ['mine', 'numbers'] as const;

export function useNumbers() {
  return useQuery({
    queryKey: kNumbersKey,
    queryFn: ({ signal }) => requestJson(NumberListSchema, kBase, { signal }),
  });
}

export function challengeNumber(
  numberId: string,
  body: OwnChallenge,
): Promise<Challenge> {
  return requestJson(ChallengeSchema, `${kBase}/${numberId}/challenge`, { method: 'POST', body });
}

export function prepareNumberWork(numberId: string): Promise<ChallengeWork> {
  return requestJson(WorkSchema, `${kBase}/${numberId}/challenge/work`, { method: 'POST' });
}

/** The proofs that the person holds both numbers, as answering their challenges gave them. */
interface Proofs {
  new_token: string;
  own_token: string;
}

export function addNumber(body: Proofs): Promise<void> {
  return requestNothing(kBase, { method: 'POST', body });
}

export function replaceNumber(numberId: string, body: Proofs): Promise<void> {
  return requestNothing(`${kBase}/${numberId}`, { method: 'PUT', body });
}

/** After a term in which whoever holds the old number can object. */
export function replaceLostNumber(numberId: string, new_token: string): Promise<void> {
  return requestNothing(`${kBase}/${numberId}/loss`, { method: 'POST', body: { new_token } });
}

export function makePrimary(numberId: string, own_token: string): Promise<void> {
  return requestNothing(`${kBase}/${numberId}/primary`, { method: 'PUT', body: { own_token } });
}

export function removeNumber(numberId: string, own_token: string): Promise<void> {
  return requestNothing(`${kBase}/${numberId}/removal`, { method: 'POST', body: { own_token } });
}

export function cancelNumberChange(): Promise<void> {
  return requestNothing(`${kBase}/change`, { method: 'DELETE' });
}
