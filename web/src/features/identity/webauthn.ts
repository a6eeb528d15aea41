import type {
  PasskeyAssertion,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
} from '../../shared/api/types';
import { fromBase64Url, toBase64Url } from '../../shared/digital_id/bytes';

// The browser's own parse...FromJSON are younger than the browsers in people's hands.

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const decoded = fromBase64Url(text);
  if (decoded === undefined) throw new TypeError('not base64url');
  return decoded;
}

function text(buffer: ArrayBuffer): string {
  return toBase64Url(new Uint8Array(buffer));
}

export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis;
}

/** Whether passkeys may be offered inside the name field, without a dialog of their own. */
export async function canOfferInField(): Promise<boolean> {
  if (!canUsePasskeys()) return false;
  const ask = PublicKeyCredential.isConditionalMediationAvailable?.bind(PublicKeyCredential);
  return ask === undefined ? false : await ask().catch(() => false);
}

function descriptors(list: PasskeyRequestOptions['allowCredentials']) {
  return list.map(({ type, id }) => ({ type, id: bytes(id) }));
}

/** Has the device make a passkey. Throws DOMException when the person or the device says no. */
export async function createPasskey(options: PasskeyCreationOptions) {
  const credential = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: descriptors(options.excludeCredentials),
    },
  });
  const response = (credential as PublicKeyCredential).response as AuthenticatorAttestationResponse;
  return {
    client_data: text(response.clientDataJSON),
    attestation_object: text(response.attestationObject),
  };
}

/** Has the device sign. Throws DOMException when the person or the device says no. */
export async function signByPasskey(
  options: PasskeyRequestOptions,
  mediation: 'optional' | 'conditional' = 'optional',
  signal?: AbortSignal,
): Promise<PasskeyAssertion> {
  const credential = (await navigator.credentials.get({
    mediation,
    ...(signal === undefined ? {} : { signal }),
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: descriptors(options.allowCredentials),
    },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    credential_id: text(credential.rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
    ...(response.userHandle ? { user_handle: text(response.userHandle) } : {}),
  };
}
