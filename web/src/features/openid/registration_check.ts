// What is wrong with a registration, told by field and all at once. The server has the last word: its
// rules are finer, and its refusals are led to the same fields.
import type { Registration } from '../../shared/api/types';

export const kWords = ['name_ru', 'name_en', 'purpose_ru', 'purpose_en'] as const;
export const kRareWords = ['sector', 'sector_identifier_uri', 'backchannel_logout_uri'] as const;
export const kLists = ['redirect_uris', 'post_logout_redirect_uris', 'service_scopes'] as const;

export type RegistrationField =
  | (typeof kWords)[number]
  | (typeof kRareWords)[number]
  | (typeof kLists)[number]
  | 'jwks'
  | 'jwks_uri';

/** Which field a refusal of the server is about. */
export const kRegistrationReasons: Readonly<Record<string, RegistrationField>> = {
  'relying_party.name': 'name_ru',
  'relying_party.purpose': 'purpose_ru',
  'relying_party.uri': 'redirect_uris',
  'relying_party.nothing': 'redirect_uris',
  'relying_party.keys': 'jwks',
  'relying_party.sector': 'sector',
  'relying_party.sector_identifier_uri': 'sector_identifier_uri',
  'relying_party.scope': 'service_scopes',
};

export type RegistrationFault = 'required' | 'address' | 'nothing' | 'jwksBroken' | 'keysNone' | 'keysTwice' | 'sector';
export type RegistrationFaults = Partial<Record<RegistrationField, RegistrationFault>>;

const kLoopback = ['127.0.0.1', '[::1]'];

/** An exact address: https, a program's own scheme with a dot, or http on the device itself. */
export function isPartyAddress(text: string): boolean {
  if (/[#*\s]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  if (username !== '') return false;
  if (protocol === 'http:') return kLoopback.includes(hostname);
  return protocol === 'https:' || protocol.includes('.');
}

const isHttps = (text: string) => text.startsWith('https://') && isPartyAddress(text);
const hostsOf = (addresses: string[]) => new Set(addresses.map((one) => new URL(one).host));

/** The keys as they were typed, read; undefined when they are no JSON object. */
export function readKeys(text: string): Record<string, unknown> | undefined {
  try {
    const keys: unknown = JSON.parse(text);
    return typeof keys === 'object' && keys !== null && !Array.isArray(keys)
      ? (keys as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function addressFaults(draft: Registration): RegistrationFaults {
  const faults: RegistrationFaults = {};
  for (const name of ['redirect_uris', 'post_logout_redirect_uris'] as const) {
    if (draft[name]?.every(isPartyAddress) === false) faults[name] = 'address';
  }
  for (const name of ['sector_identifier_uri', 'backchannel_logout_uri'] as const) {
    const address = draft[name] ?? '';
    if (address !== '' && !isHttps(address)) faults[name] = 'address';
  }
  const returns = draft.redirect_uris ?? [];
  const isUsed = returns.length > 0 || draft.device_grant === true || (draft.service_scopes?.length ?? 0) > 0;
  if (!isUsed) faults.redirect_uris = 'nothing';
  const hasSector = Boolean(draft.sector) || Boolean(draft.sector_identifier_uri);
  if (faults.redirect_uris === undefined && !hasSector && hostsOf(returns).size > 1) faults.sector = 'sector';
  return faults;
}

function keyFaults(draft: Registration, keys: string): RegistrationFaults {
  if (draft.token_endpoint_auth_method !== 'private_key_jwt') return {};
  const hasAddress = Boolean(draft.jwks_uri);
  if (keys.trim() === '') return hasAddress ? {} : { jwks: 'keysNone' };
  if (hasAddress) return { jwks_uri: 'keysTwice' };
  return readKeys(keys) === undefined ? { jwks: 'jwksBroken' } : {};
}

export function faultsOf(draft: Registration, keys: string): RegistrationFaults {
  const faults: RegistrationFaults = {};
  for (const name of kWords) if (draft[name].trim() === '') faults[name] = 'required';
  return { ...faults, ...addressFaults(draft), ...keyFaults(draft, keys) };
}
