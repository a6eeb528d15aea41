import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PasskeyCreationOptions, PasskeyRequestOptions } from '../../shared/api/types';
import { deviceName } from './device_name';
import { canOfferInField, createPasskey, signByPasskey } from './webauthn';

const buffer = (...bytes: number[]) => new Uint8Array(bytes).buffer;

const kRequest: PasskeyRequestOptions = {
  challenge: 'AQID',
  rpId: 'id.example',
  timeout: 300_000,
  allowCredentials: [{ type: 'public-key', id: '_w' }],
  userVerification: 'required',
};

const kCreation: PasskeyCreationOptions = {
  challenge: 'AQID',
  rp: { id: 'id.example', name: 'Береста' },
  user: { id: 'BA', name: '+7 *** 42', displayName: '+7 *** 42' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 300_000,
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
  attestation: 'none',
};

afterEach(() => vi.unstubAllGlobals());

describe('a passkey ceremony', () => {
  it('hands the device bytes and the server text', async () => {
    const get = vi.fn().mockResolvedValue({
      rawId: buffer(255),
      response: {
        clientDataJSON: buffer(1),
        authenticatorData: buffer(2),
        signature: buffer(3),
        userHandle: null,
      },
    });
    vi.stubGlobal('navigator', { credentials: { get } });
    expect(await signByPasskey(kRequest)).toEqual({
      credential_id: '_w',
      client_data: 'AQ',
      authenticator_data: 'Ag',
      signature: 'Aw',
    });
    const { publicKey } = (get.mock.calls[0] as [CredentialRequestOptions])[0];
    expect(publicKey?.challenge).toEqual(new Uint8Array([1, 2, 3]));
    expect(publicKey?.allowCredentials?.[0]?.id).toEqual(new Uint8Array([255]));
  });

  it('makes a key for the handle the server chose', async () => {
    const create = vi.fn().mockResolvedValue({
      response: { clientDataJSON: buffer(1), attestationObject: buffer(2) },
    });
    vi.stubGlobal('navigator', { credentials: { create } });
    expect(await createPasskey(kCreation)).toEqual({ client_data: 'AQ', attestation_object: 'Ag' });
    const { publicKey } = (create.mock.calls[0] as [CredentialCreationOptions])[0];
    expect(publicKey?.user.id).toEqual(new Uint8Array([4]));
  });

  it('does not hand over what is no base64url', async () => {
    vi.stubGlobal('navigator', { credentials: { get: vi.fn() } });
    await expect(signByPasskey({ ...kRequest, challenge: '?' })).rejects.toThrow(TypeError);
  });

  it('is offered in the field only by browsers that say they can', async () => {
    expect(await canOfferInField()).toBe(false);
    vi.stubGlobal('PublicKeyCredential', {});
    expect(await canOfferInField()).toBe(false);
    vi.stubGlobal('PublicKeyCredential', {
      isConditionalMediationAvailable: () => Promise.resolve(true),
    });
    expect(await canOfferInField()).toBe(true);
  });
});

describe('the name of a passkey', () => {
  it('is the device, never the whole of what the browser says', () => {
    expect(deviceName('Mozilla/5.0 (Linux; Android 15) Chrome/130')).toBe('Android');
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe('iPhone');
    expect(deviceName('something else')).toBe('Passkey');
  });
});
