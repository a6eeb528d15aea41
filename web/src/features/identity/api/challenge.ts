import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { Challenge, ChallengeWork, RegistrationStarted, StartChallenge } from '../../../shared/api/types';

export const ChallengeSchema: z.ZodMiniType<Challenge> = z.object({
  challenge_id: z.string(),
  channel: z.enum(['call', 'sms']),
  phone_masked: z.string(),
  code_digits: z.number(),
  attempts_left: z.number(),
  sent_at: z.string(),
  expires_at: z.string(),
  sms_after_s: z.number(),
});

const StartedSchema: z.ZodMiniType<RegistrationStarted> = z.object({
  registration_token: z.string(),
  account: z.enum(['new', 'existing', 'existing_verified']),
  expires_at: z.string(),
  next: z.enum(['password', 'sign_in']),
});

export function startChallenge(body: StartChallenge): Promise<Challenge> {
  return requestJson(ChallengeSchema, '/api/v1/challenges', { method: 'POST', body });
}

export const WorkSchema: z.ZodMiniType<ChallengeWork> = z.object({
  puzzle: z.string(),
  bits: z.number(),
  expires_at: z.string(),
});

export function prepareWork(phone: string): Promise<ChallengeWork> {
  return requestJson(WorkSchema, '/api/v1/challenges/work', { method: 'POST', body: { phone } });
}

export function switchChallengeToSms(challengeId: string): Promise<Challenge> {
  return requestJson(ChallengeSchema, `/api/v1/challenges/${challengeId}/sms`, { method: 'POST' });
}

export function answerChallenge(challengeId: string, code: string): Promise<RegistrationStarted> {
  const path = `/api/v1/challenges/${challengeId}/answer`;
  return requestJson(StartedSchema, path, { method: 'POST', body: { code } });
}
