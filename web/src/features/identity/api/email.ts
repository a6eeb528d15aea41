import { requestJson, requestNothing } from '../../../shared/api/client';
import type { Email } from '../../../shared/api/types';
import { EmailSchema, kEmailPath } from '../../../shared/session/email';

export function setEmail(email: string): Promise<Email> {
  return requestJson(EmailSchema, kEmailPath, { method: 'PUT', body: { email } });
}

export function confirmEmail(code: string): Promise<void> {
  return requestNothing(`${kEmailPath}/confirmation`, { method: 'POST', body: { code } });
}

export function removeEmail(): Promise<void> {
  return requestNothing(kEmailPath, { method: 'DELETE' });
}
