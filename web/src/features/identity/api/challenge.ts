import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { Challenge, RegistrationStarted, StartChallenge } from '../../../shared/api/types';

const ChallengeSchema: z.ZodMiniType<Challenge> = z.object({
  challenge_id: z.string(),
  channel: z.enum(['call', 'sms']),
  phone_masked: z.string(),
  code_digits: z.number(),
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

export function switchChallengeToSms(challengeId: string): Promise<Challenge> {
  return requestJson(ChallengeSchema, `/api/v1/challenges/${challengeId}/sms`, { method: 'POST' });
}

export function answerChallenge(challengeId: string, code: string): Promise<RegistrationStarted> {
  const path = `/api/v1/challenges/${challengeId}/answer`;
  return requestJson(StartedSchema, path, { method: 'POST', body: { code } });
}
