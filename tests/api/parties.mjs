// Relying parties in tests: registered on the command line as an operator does, driven by stock libraries,
// with the citizen's browser beside them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as oidc from 'openid-client';
import { startWorld } from './harness.mjs';
import { assertStatus } from './people.mjs';

export const CALLBACK = 'https://shop.example/callback';

/** A registration that works; `changes` over it. */
export function registration(changes = {}) {
  return {
    name_ru: 'Поликлиника', name_en: 'Clinic', purpose_ru: 'Запись к врачу', purpose_en: 'Appointments',
    token_endpoint_auth_method: 'client_secret_basic', redirect_uris: [CALLBACK],
    claims: ['family_name', 'given_name', 'phone_number'], ...changes,
  };
}

let files = 0;
/** `beresta relying-party add`. @return {client_id, client_secret} */
export async function addParty(world, changes) {
  files += 1;
  const file = join(world.folder, `party-${files}.json`);
  writeFileSync(file, JSON.stringify(registration(changes)));
  const done = await world.run('relying-party', 'add', file, '--config', world.configFile);
  assert.equal(done.code, 0, done.output);
  const made = JSON.parse(done.output);
  world.secrets.add('client secret', made.client_secret);
  return made;
}

/** A world whose server knows these parties from its first request on. */
export async function startWorldWith(parties, options = {}) {
  const world = await startWorld({ server: false, ...options });
  const made = {};
  for (const [name, changes] of Object.entries(parties)) made[name] = await addParty(world, changes);
  await world.startServer();
  return { world, parties: made };
}

/** The stock library, set up as its manual says. */
export function connect(world, party, auth = oidc.ClientSecretBasic(party.client_secret)) {
  return oidc.discovery(new URL(world.publicUrl), party.client_id, {}, auth, {
    execute: [oidc.allowInsecureRequests],
  });
}

/** The parameters of one sign-in and what has to be remembered for its end. */
export async function beginSignIn(config, parameters = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const kept = { pkceCodeVerifier: verifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK, scope: 'openid profile phone', state: kept.expectedState, nonce: kept.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...parameters,
  });
  return { url, kept };
}

/** Opens the party's link in the citizen's browser. @return {id} of the request, or {location} */
export async function open(client, url) {
  const answer = await client.get(url.pathname + url.search);
  assertStatus(answer, 303);
  const { location } = answer.headers;
  const id = /^\/authorize\?request=(.+)$/.exec(location)?.[1];
  if (id) client.world.secrets.add('request id', id);
  return id ? { id } : { location };
}

export async function look(client, id) {
  return assertStatus(await client.get(`/api/v1/authorizations/${id}`), 200);
}

/** A yes is to the document that the page shows. */
export async function answer(client, id, decision) {
  const shown = decision === 'agree' ? (await client.get(`/api/v1/authorizations/${id}`)).json?.document : undefined;
  return client.post(`/api/v1/authorizations/${id}/decision`, { decision, ...(shown && { document_sha256: shown.sha256 }) });
}

/** From the link to the address the browser is sent back to. */
export async function agree(client, url) {
  const { id, location } = await open(client, url);
  if (location) return new URL(location);
  const { state } = await look(client, id);
  const decided = assertStatus(await answer(client, id, state === 'ready' ? 'continue' : 'agree'), 200);
  const back = new URL(decided.location);
  client.world.secrets.add('authorization code', back.searchParams.get('code') ?? undefined);
  return back;
}

/** A whole sign-in by the stock library. */
export async function signInAt(config, client, parameters = {}, options = {}) {
  const { url, kept } = await beginSignIn(config, parameters);
  const back = await agree(client, url);
  const tokens = await oidc.authorizationCodeGrant(config, back, kept, undefined, options);
  for (const name of ['access_token', 'refresh_token', 'id_token']) client.world.secrets.add(name, tokens[name]);
  return tokens;
}

/** A call as a party's server makes it, by hand. */
export async function post(world, path, form, { basic, headers = {} } = {}) {
  const authorization = basic && {
    authorization: `Basic ${Buffer.from(`${basic.client_id}:${basic.client_secret}`).toString('base64')}`,
  };
  const response = await fetch(world.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...authorization, ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}
