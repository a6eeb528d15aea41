import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { requestJson, requestNothing } from '../../../shared/api/client';
import type {
  Authenticators,
  Passkey,
  PasskeyAssertion,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  SessionOpened,
  TotpEnrolment,
} from '../../../shared/api/types';
import { SessionOpenedSchema } from './registration';

const PasskeySchema: z.ZodMiniType<Passkey> = z.object({
  passkey_id: z.string(),
  name: z.string(),
  synced: z.boolean(),
  made_at: z.string(),
  last_used_at: z.optional(z.string()),
});

const AuthenticatorsSchema: z.ZodMiniType<Authenticators> = z.object({
  passkeys: z.array(PasskeySchema),
  totp: z.boolean(),
  recovery_codes_left: z.number(),
});

const DescriptorsSchema = z.array(z.object({ type: z.literal('public-key'), id: z.string() }));

const RequestOptionsSchema: z.ZodMiniType<PasskeyRequestOptions> = z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.number(),
  allowCredentials: DescriptorsSchema,
  userVerification: z.enum(['required', 'preferred']),
});

const CreationOptionsSchema: z.ZodMiniType<PasskeyCreationOptions> = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(
    z.object({
      type: z.literal('public-key'),
      alg: z.union([z.literal(-7), z.literal(-8), z.literal(-257)]),
    }),
  ),
  timeout: z.number(),
  excludeCredentials: DescriptorsSchema,
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});

export const kAuthenticatorsKey = ['mine', 'authenticators'] as const;
const kSessions = '/api/v1/sessions';

export function useAuthenticators() {
  return useQuery({
    queryKey: kAuthenticatorsKey,
    queryFn: ({ signal }) =>
      requestJson(AuthenticatorsSchema, '/api/v1/me/authenticators', { signal }),
  });
}

export function startPasskeyCreation(): Promise<PasskeyCreationOptions> {
  return requestJson(CreationOptionsSchema, '/api/v1/me/passkeys/options', { method: 'POST' });
}

export function addPasskey(
  name: string,
  credential: { client_data: string; attestation_object: string },
): Promise<Passkey> {
  const body = { name, credential };
  return requestJson(PasskeySchema, '/api/v1/me/passkeys', { method: 'POST', body });
}

export function renamePasskey(id: string, name: string): Promise<void> {
  return requestNothing(`/api/v1/me/passkeys/${id}`, { method: 'PATCH', body: { name } });
}

export function removePasskey(id: string): Promise<void> {
  return requestNothing(`/api/v1/me/passkeys/${id}`, { method: 'DELETE' });
}

export function startPasskeySignIn(signal?: AbortSignal): Promise<PasskeyRequestOptions> {
  const call = { method: 'POST' as const, ...(signal === undefined ? {} : { signal }) };
  return requestJson(RequestOptionsSchema, `${kSessions}/passkey/options`, call);
}

export function signInByPasskey(credential: PasskeyAssertion): Promise<SessionOpened> {
  const body = { credential };
  return requestJson(SessionOpenedSchema, `${kSessions}/passkey`, { method: 'POST', body });
}

export function startSecondFactorPasskey(ticket: string): Promise<PasskeyRequestOptions> {
  const path = `${kSessions}/second-factor/passkey`;
  return requestJson(RequestOptionsSchema, path, { method: 'POST', body: { ticket } });
}

const ProofSchema = z.object({ authenticated_at: z.string(), aal: z.number() });
const kAgain = `${kSessions}/current/reauthentication`;

export function startPasskeyProof(): Promise<PasskeyRequestOptions> {
  return requestJson(RequestOptionsSchema, `${kAgain}/passkey`, { method: 'POST' });
}

export function proveAgain(
  body: { password: string } | { passkey: PasskeyAssertion },
): Promise<unknown> {
  return requestJson(ProofSchema, kAgain, { method: 'POST', body });
}

const EnrolmentSchema: z.ZodMiniType<TotpEnrolment> = z.object({
  otpauth_uri: z.string(),
  secret: z.string(),
});

export function startTotp(): Promise<TotpEnrolment> {
  return requestJson(EnrolmentSchema, '/api/v1/me/totp', { method: 'POST' });
}

export function confirmTotp(totp_code: string): Promise<void> {
  return requestNothing('/api/v1/me/totp', { method: 'PUT', body: { totp_code } });
}

export function removeTotp(): Promise<void> {
  return requestNothing('/api/v1/me/totp', { method: 'DELETE' });
}

export function makeRecoveryCodes(): Promise<{ codes: string[] }> {
  const schema = z.object({ codes: z.array(z.string()) });
  return requestJson(schema, '/api/v1/me/recovery-codes', { method: 'POST' });
}
