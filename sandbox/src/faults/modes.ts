// The vocabulary of the knobs: what can be spoiled (targets) and how (modes).

export const registryNames = ['passport', 'driving-licence', 'snils', 'statuses', 'oms', 'inn'] as const;
export type RegistryName = (typeof registryNames)[number];

export const idpParts = ['discovery', 'jwks', 'token', 'userinfo', 'pages'] as const;

/** Spoil the transport or the whole answer; they fit every target. */
export const transportModes = [
  'none', 'delay', 'error', 'outage', 'not_json', 'huge', 'drip', 'hang', 'not_found',
] as const;

/** The effect happens, the answer is lost: the caller must repeat, and must not double it. */
export const operatorModes = ['lost_answer'] as const;

/** What an SMS centre does to its customers. */
export const smppModes = [
  'none', 'throttled', 'error', 'hang', 'outage', 'undelivered', 'lost_answer',
] as const;

/** What phones and the trunk before them answer to a call. */
export const sipModes = [
  'none', 'busy', 'declined', 'absent', 'unknown_number', 'error', 'answered', 'hang',
] as const;

/** The identity provider answers properly, with an id_token no relying party may accept. */
const idTokenModes = [
  'alg_none', 'wrong_aud', 'wrong_nonce', 'wrong_issuer', 'foreign_key', 'expired', 'bad_signature',
] as const;

/**
 * Userinfo speaks of another person than the id_token does; or of the same person under an older family
 * name, as a register does that has not heard of a marriage.
 */
export const userinfoModes = ['wrong_sub', 'other_family_name'] as const;

export const esiaParts = ['pages', 'token', 'person'] as const;

/** ESIA answers properly, with tokens or a state that no system may accept. */
const esiaTamperModes = [
  'alg_none', 'hs256_with_certificate', 'wrong_aud', 'wrong_issuer', 'foreign_key', 'expired', 'not_yet_valid',
  'bad_signature', 'wrong_kind', 'other_person', 'wrong_state',
] as const;

/** A link of a collection leads to somebody else's machine; there are more links than a client may follow. */
const esiaPersonModes = ['foreign_link', 'endless_links'] as const;

export const tamperModes = [...idTokenModes, ...userinfoModes] as const;

export type TransportMode = (typeof transportModes)[number];
export type OperatorMode = (typeof operatorModes)[number];
export type TamperMode = (typeof tamperModes)[number];
export type EsiaTamperMode = (typeof esiaTamperModes)[number];
export type Mode = TransportMode | OperatorMode | (typeof smppModes)[number] | (typeof sipModes)[number]
  | TamperMode | EsiaTamperMode | (typeof esiaPersonModes)[number];

const operatorTargets = ['operator.sms', 'operator.calls', 'operator.smpp', 'operator.sip', 'operator.*'];
const registryTargets = [...registryNames.map((name) => `registry.${name}`), 'registry.*'];
const idpTargets = ['idp', 'idp.*', ...idpParts.map((part) => `idp.${part}`)];

export const targets: readonly string[] = [
  ...operatorTargets, ...idpTargets, ...registryTargets, ...esiaParts.map((part) => `esia.${part}`),
];

/** The modes that mean something for the target. */
export function modesOf(target: string): readonly Mode[] {
  if (target === 'operator.smpp') return smppModes;
  if (target === 'operator.sip') return sipModes;
  if (target.startsWith('operator')) return [...transportModes, ...operatorModes];
  if (target === 'idp' || target === 'idp.*') return [...transportModes, ...tamperModes];
  if (target === 'idp.token') return [...transportModes, ...idTokenModes];
  if (target === 'idp.userinfo') return [...transportModes, ...userinfoModes];
  if (target === 'esia.token') return [...transportModes, ...esiaTamperModes];
  if (target === 'esia.person') return [...transportModes, ...esiaPersonModes];
  return transportModes;
}

export function isEsiaTamperMode(mode: Mode): mode is EsiaTamperMode {
  return (esiaTamperModes as readonly string[]).includes(mode);
}

/** Whether the fault spoils the answer's content and not its transport. */
export function isContentMode(mode: Mode): boolean {
  return !(transportModes as readonly string[]).includes(mode) && mode !== 'lost_answer';
}

export function isTamperMode(mode: Mode): mode is TamperMode {
  return (tamperModes as readonly string[]).includes(mode);
}
