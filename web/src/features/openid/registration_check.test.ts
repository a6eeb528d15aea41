import { describe, expect, it } from 'vitest';
import type { Registration } from '../../shared/api/types';
import { faultsOf, isPartyAddress } from './registration_check';

const kWhole: Registration = {
  name_ru: 'Аптека',
  name_en: 'Pharmacy',
  purpose_ru: 'Отложить лекарство',
  purpose_en: 'To keep a medicine',
  token_endpoint_auth_method: 'client_secret_basic',
  redirect_uris: ['https://apteka.example/callback'],
};
const faults = (change: Partial<Registration>, keys = '') => faultsOf({ ...kWhole, ...change }, keys);

describe('an address of a party', () => {
  it.each(['https://a.example/b', 'http://127.0.0.1:4000/', 'example.app:/callback'])('%s may be', (address) => {
    expect(isPartyAddress(address)).toBe(true);
  });

  it.each(['a.example', 'http://a.example/', 'https://a.example/#x', 'https://*.example/', 'https://me@a.example/', 'app:/x'])(
    '%s may not',
    (address) => {
      expect(isPartyAddress(address)).toBe(false);
    },
  );
});

describe('a registration', () => {
  it('that is whole has no fault', () => {
    expect(faults({})).toEqual({});
  });

  it('tells every fault at once, each at its field', () => {
    expect(faults({ name_en: ' ', purpose_ru: '', redirect_uris: ['a'], backchannel_logout_uri: 'b' })).toEqual({
      name_en: 'required',
      purpose_ru: 'required',
      redirect_uris: 'address',
      backchannel_logout_uri: 'address',
    });
  });

  it('needs something for the party to do', () => {
    expect(faults({ redirect_uris: [] })).toEqual({ redirect_uris: 'nothing' });
    expect(faults({ redirect_uris: [], device_grant: true })).toEqual({});
  });

  it('needs a sector for several hosts', () => {
    const redirect_uris = ['https://a.example/', 'https://b.example/'];
    expect(faults({ redirect_uris })).toEqual({ sector: 'sector' });
    expect(faults({ redirect_uris, sector: 'a.example' })).toEqual({});
  });

  it.each([
    ['', undefined, { jwks: 'keysNone' }],
    ['[1]', undefined, { jwks: 'jwksBroken' }],
    ['{', undefined, { jwks: 'jwksBroken' }],
    ['{"keys":[]}', 'https://a.example/jwks', { jwks_uri: 'keysTwice' }],
    ['{"keys":[]}', undefined, {}],
    ['', 'https://a.example/jwks', {}],
  ])('with the keys %j and their address %s', (keys, jwks_uri, found) => {
    const change = { token_endpoint_auth_method: 'private_key_jwt', ...(jwks_uri && { jwks_uri }) } as const;
    expect(faults(change, keys)).toEqual(found);
  });
});
