// How the crawl asks each operation of the contract: with which body, and which calls of it. Ids come from `w.ids`
// and are real ones of citizen A; an operation without a line here fails the crawl. The order is that of the crawl:
// what takes something away from somebody stands in `LAST`.
import { codeText } from './wallet.mjs';
import { beginSignIn, agree } from './parties.mjs';
import { PASSWORD } from './people.mjs';

const EDITION = { number: 1, language: 'ru', sha256: '0'.repeat(64) };
const NO_PASSKEY = { credential_id: 'AAAA', client_data: 'AAAA', authenticator_data: 'AAAA', signature: 'AAAA' };
const form = (fields) => ({ form: fields });
const json = (body) => ({ json: body });
const plain = () => [{}];
/** Of whoever has an account; the others guess. */
const passwordOf = (role) => (role.phone ? PASSWORD : 'не тот пароль');
const body = (value) => () => [json(value)];
const registering = { registration_token: 'A'.repeat(43) };
const party = {
  name_ru: 'П', name_en: 'P', purpose_ru: 'Ц', purpose_en: 'P', token_endpoint_auth_method: 'client_secret_basic',
  redirect_uris: ['https://spare.example/cb'], claims: ['phone_number'],
};

/** A fresh code of A for the party that asks, with claims in the id_token; made outside the count. */
async function exchange(w, role) {
  if (!role.config) return [form({ grant_type: 'client_credentials' })];
  const claims = JSON.stringify({ id_token: { phone_number: null } });
  const { url, kept } = await beginSignIn(role.config, { scope: 'openid offline_access', claims });
  const code = (await agree(w.a.client, url)).searchParams.get('code');
  const { refresh_token: refresh } = w.tokens;
  return [
    form({ grant_type: 'authorization_code', code, redirect_uri: w.callback, code_verifier: kept.pkceCodeVerifier }),
    form({ grant_type: 'refresh_token', refresh_token: refresh }),
  ];
}

/** The code A's wallet shows now, and what can be read in it without asking anybody. */
async function shown(w) {
  const [{ attestation, key }] = [w.attestation];
  return { code: await codeText(attestation, key), carried: Buffer.from(attestation).toString('utf8') };
}

const ofRequests = (...names) => (w) => names.map((name) => ({ ids: { request_id: w.ids[name] } }));
const act = (name, sent) => (w) => [{ ids: { request_id: w.ids[name] }, ...sent && json(sent), headers: { 'if-match': '"2"' } }];

/** operationId -> (w, role) => calls: {ids, query, json, form, headers, carried, asker}. */
export const FIRST = {
  getConfiguration: plain,
  getCurrentEdition: plain,
  getEdition: plain,
  listEditions: plain,
  getEditionChanges: plain,
  listOwnEditions: plain,
  acceptEdition: (w) => [json(w.second)],
  getMyData: plain,
  getProcessing: plain,
  startChallenge: (w) => [json({ phone: w.a.phone, channel: 'call' })],
  prepareChallengeWork: (w) => [json({ phone: w.a.phone })],
  getChallengeDelivery: plain,
  switchChallengeToSms: plain,
  answerChallenge: body({ code: '00000' }),
  setRegistrationPassword: body({ ...registering, password: 'четыре слова никому' }),
  acceptRegistrationAgreement: body({ ...registering, ...EDITION }),
  giveRegistrationConsent: body({ ...registering, ...EDITION }),
  recoverAccount: body(registering),
  signIn: (w, role) => [json({ phone: role.phone ?? w.a.phone, password: passwordOf(role) })],
  listSessions: plain,
  reauthenticate: (w, role) => [json({ password: passwordOf(role) })],
  startPasskeyReauthentication: plain,
  startPasskeySignIn: plain,
  signInByPasskey: body({ credential: NO_PASSKEY }),
  giveSecondFactor: body({ ticket: 'A'.repeat(43), totp_code: '000000' }),
  startSecondFactorPasskey: body({ ticket: 'A'.repeat(43) }),
  getMe: plain,
  listAttributes: plain,
  listFunctions: plain,
  listLinkedProviders: plain,
  listNumbers: plain,
  addNumber: body({ new_token: 'A'.repeat(43), own_token: 'A'.repeat(43) }),
  replaceNumber: body({ new_token: 'A'.repeat(43), own_token: 'A'.repeat(43) }),
  challengeNumber: body({ channel: 'sms' }),
  prepareNumberWork: plain,
  replaceLostNumber: body({ new_token: 'A'.repeat(43) }),
  makeNumberPrimary: body({ own_token: 'A'.repeat(43) }),
  getEmail: plain,
  prepareEmailWork: (w) => [json({ email: w.a.email })],
  confirmEmail: body({ code: '00000000' }),
  exportAccount: () => [{ query: { format: 'json' } }, { query: { format: 'html' } }, { query: { format: 'pdf' } }],
  getDeletion: plain,
  prepareDeletionWork: plain,
  lookUpReceipt: body({ receipt: 'AAAA-AAAA-AAAA-AAAA-AAAA' }),
  listAuthenticators: plain,
  startPasskeyCreation: plain,
  createPasskey: body({ name: 'Ключ', credential: { client_data: 'AAAA', attestation_object: 'AAAA' } }),
  renamePasskey: body({ name: 'Другой' }),
  listOperations: () => [{ query: { limit: 100 } }],
  startIdentityProvider: body({ intent: 'sign_in' }),
  finishIdentityProvider: () => [{ query: { code: 'AAAA', state: 'AAAA' } }],
  getProviderSession: plain,
  endProviderSession: plain,
  listConsents: plain,
  getConsentDocument: plain,
  listContractors: plain,
  getConsentRules: plain,
  listDataBlocks: plain,
  getOpenidConfiguration: plain,
  getAuthorizationServerMetadata: plain,
  getProviderKeys: plain,
  authorize: (w) => [{ query: w.authorization }],
  authorizeByForm: (w) => [form(w.authorization)],
  pushAuthorizationRequest: (w) => [form(w.authorization)],
  issueTokens: exchange,
  authorizeDevice: (w) => [form({ scope: 'openid phone' })],
  introspectToken: (w) => [form({ token: w.tokens.access_token })],
  getUserinfo: () => [{ bearer: true }],
  getUserinfoByPost: () => [{ bearer: true }],
  getAuthorization: (w) => [{ ids: { request_id: w.ids.authorization } }],
  enterUserCode: body({ user_code: 'BBBB-BBBB' }),
  getLogout: plain,
  listMyRoles: plain,
  listRelyingParties: plain,
  addRelyingParty: body(party),
  getRelyingParty: plain,
  changeRelyingParty: body(party),
  setRelyingPartyState: body({ state: 'live' }),
  listSubjectRequests: plain,
  getSubjectRequest: ofRequests('request', 'answered'),
  getSubjectRequestData: (w) => ['json', 'pdf'].map((format) => ({ ids: { request_id: w.ids.answered }, query: { format } })),
  getSubjectRequestLetter: ofRequests('request', 'answered'),
  getSubjectRequestEvidence: (w) => ['json', 'html'].map((format) => ({ ids: { request_id: w.ids.request }, query: { format } })),
  listDeskRequests: () => [{ query: { list: 'open' } }, { query: { list: 'closed' } }],
  getDeskRequest: ofRequests('request', 'taken', 'ofB'),
  takeRequest: (w) => [{ ids: { request_id: w.ids.request }, headers: { 'if-match': '"1"' } }],
  extendRequest: act('taken', { text: 'Ждём реестр.' }),
  getRequestPersonData: ofRequests('taken', 'ofB'),
  getRequestEvidence: (w) => ['json', 'html'].flatMap((format) =>
    ofRequests('taken', 'ofB')(w).map((call) => ({ ...call, query: { format } }))),
  listDeskDisputes: () => [{ query: { list: 'open' } }, { query: { list: 'answered' } }],
  getDeskDispute: (w) => [w.ids.disputed, w.ids.objection].map((id) => ({ ids: { entry_id: id } })),
  listConnections: plain,
  getLogDescription: plain,
  getLogCheckpoint: plain,
  getLogCosignedCheckpoint: plain,
  listPublicLogEntries: plain,
  getLogTile: (w) => [{ ids: { level: '0', a: `000.p/${w.treeSize}`.split('/')[0] } }],
  getLogTileDeeper: (w) => [{ ids: { level: 'entries', a: '000.p', b: String(w.treeSize) } }],
  getLogTileDeeperDeeper: plain,
  getLogTileDeeperDeeperDeeper: plain,
  getLogTileDeeperDeeperDeeperDeeper: plain,
  addLogCosignatures: () => [{ body: 'no note', headers: { 'content-type': 'text/plain' } }],
  listLogEntries: () => [{ query: { limit: 100 } }],
  getLogConsistency: () => [{ query: { from: 1 } }],
  disputeLogEntry: body({ reason: 'other' }),
  findUsage: plain,
  usagePeriod: plain,
  heartbeat: plain,
  listDocuments: plain,
  requestDocuments: body({ kinds: ['inn'] }),
  refreshDocument: () => [{ ids: { kind: 'inn' } }],
  getPortrait: plain,
  getDigitalId: plain,
  startDeviceProof: plain,
  registerDevice: body({ name: 'Телефон', public_key: 'AAAA', challenge: 'AAAA', proof: 'AAAA' }),
  issueAttestations: (w) => [json({
    device_id: w.ids.device_id, question: 'identity', public_keys: ['AAAA'], challenge: 'AAAA', proof: 'AAAA',
  })],
  verifyCodes: async (w) => {
    const { code, carried } = await shown(w);
    return [{ ...json({ code }), carried, asker: 'checker' }];
  },
  showPortrait: async (w) => [{ ...json({ code: (await shown(w)).code }), asker: 'checker' }],
  getTrustList: plain,
  getHealth: () => [{ admin: true }],
  getReadiness: () => [{ admin: true }],
  getMetrics: () => [{ admin: true }],
};

export const LAST = {
  putAttribute: (w, role) => [{ ids: { name: 'living_address' }, ...json({ value: `Казань, дом ${role.name}` }) }],
  removeAttribute: () => [{ ids: { name: 'living_address' } }],
  setEmail: (w) => [json({ email: w.a.email })],
  removeEmail: plain,
  cancelNumberChange: plain,
  removeNumber: body({ own_token: 'A'.repeat(43) }),
  changePassword: (w, role) => [json({ current_password: passwordOf(role), new_password: 'пять слов никому не знакомы' })],
  startTotp: plain,
  confirmTotp: body({ totp_code: '000000' }),
  removeTotp: plain,
  makeRecoveryCodes: plain,
  removePasskey: plain,
  startDeletion: body({ channel: 'call' }),
  confirmDeletion: body({ code: '00000' }),
  cancelDeletion: plain,
  grantConsent: (w) => [json(w.permission)],
  createSubjectRequest: body({ kind: 'complaint', text: 'Жалоба обхода.' }),
  withdrawSubjectRequest: (w) => [{ ids: { request_id: w.ids.second }, headers: { 'if-match': '"1"' } }],
  answerRequest: act('third', { text: 'Ответ обхода.' }),
  refuseRequest: act('fourth', { ground: 'data_are_right', text: 'Отказ обхода.' }),
  answerDispute: (w) => [{ ids: { entry_id: w.ids.disputed }, ...json({ outcome: 'rightful', text: 'Ответ обхода.' }) }],
  decideAuthorization: (w) => [{ ids: { request_id: w.ids.authorization }, ...json({ decision: 'refuse' }) }],
  rotateClientSecret: plain,
  removeDocument: () => [{ ids: { kind: 'oms' } }],
  removeDevice: plain,
  unlinkProvider: plain,
  narrowConsent: body({ scope: [] }),
  narrowPartyConsent: (w) => [{ ids: { client_id: w.parties.shop.client_id }, ...json({ claims: ['phone_number', 'email', 'id_doc'] }) }],
  withdrawPartyConsent: (w) => [{ ids: { client_id: w.parties.shop.client_id } }],
  blockData: (w) => [{ ids: { category: 'documents' } }],
  liftDataBlock: () => [{ ids: { category: 'documents' } }],
  disconnectParty: (w) => [{ ids: { client_id: w.parties.shop.client_id } }],
  withdrawConsent: plain,
  revokeToken: (w) => [form({ token: w.tokens.access_token })],
  endSession: plain,
  endSessionByForm: () => [form({})],
  closeSession: plain,
  closeOtherSessions: plain,
  signOut: plain,
};

const TOO_DEEP = 'a path so deep names a tile of a log of 256,000 entries or more';

/** Operations that are asked, but answer nobody well, each with the reason; one that does is no longer of this list. */
export const REFUSED = {
  endProviderSession: 'only at ESIA a session is left, and no ESIA is here; esia.test.mjs has one',
  getLogTileDeeperDeeper: TOO_DEEP,
  getLogTileDeeperDeeperDeeper: TOO_DEEP,
  getLogTileDeeperDeeperDeeperDeeper: TOO_DEEP,
};

/** Operations that are not asked at all, each with the reason. */
export const EXEMPT = {};
