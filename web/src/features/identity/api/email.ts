import { requestJson, requestNothing } from '../../../shared/api/client';
import type { ChallengeWork, Email, SetEmail } from '../../../shared/api/types';
import { EmailSchema, kEmailPath } from '../../../shared/session/email';
import { WorkSchema } from './challenge';

export function setEmail(body: SetEmail): Promise<Email> {
  return requestJson(EmailSchema, kEmailPath, { method: 'PUT', body });
}

export function prepareEmailWork(email: string): Promise<ChallengeWork> {
  return requestJson(WorkSchema, `${kEmailPath}/work`, { method: 'POST', body: { email } });
}

export function confirmEmail(code: string): Promise<void> {
  return requestNothing(`${kEmailPath}/confirmation`, { method: 'POST', body: { code } });
}

export function removeEmail(): Promise<void> {
  return requestNothing(kEmailPath, { method: 'DELETE' });
}
