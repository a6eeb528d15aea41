import * as z from 'zod/mini';
import { requestJson } from '../../../shared/api/client';
import type { EditionSeen, RegistrationStep, SessionOpened } from '../../../shared/api/types';
import { MeSchema } from '../../../shared/session/me';

const StepSchema: z.ZodMiniType<RegistrationStep> = z.object({
  next: z.enum(['agreement', 'consent', 'recovery']),
});

export const SessionOpenedSchema: z.ZodMiniType<SessionOpened> = z.object({
  csrf_token: z.string(),
  me: MeSchema,
});

const kBase = '/api/v1/registration';

export function setRegistrationPassword(
  registration_token: string,
  password: string,
): Promise<RegistrationStep> {
  const body = { registration_token, password };
  return requestJson(StepSchema, `${kBase}/password`, { method: 'PUT', body });
}

export function acceptRegistrationAgreement(
  registration_token: string,
  seen: EditionSeen,
): Promise<RegistrationStep> {
  const body = { registration_token, ...seen };
  return requestJson(StepSchema, `${kBase}/agreement`, { method: 'PUT', body });
}

export function giveRegistrationConsent(
  registration_token: string,
  seen: EditionSeen,
): Promise<SessionOpened> {
  const body = { registration_token, ...seen };
  return requestJson(SessionOpenedSchema, `${kBase}/consent`, { method: 'PUT', body });
}

export function recoverAccount(
  registration_token: string,
  recovery_code?: string,
): Promise<SessionOpened> {
  const body = { registration_token, ...(recovery_code ? { recovery_code } : {}) };
  return requestJson(SessionOpenedSchema, `${kBase}/recovery`, { method: 'POST', body });
}
