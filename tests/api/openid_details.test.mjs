// What a party keeps at addresses of its own (keys, the list of its sector), the address claim, and the smaller
// promises of the protocol that no other file makes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as jose from 'jose';
import * as oidc from 'openid-client';
import { agree, beginSignIn, CALLBACK, connect, look, open, post, registration, signInAt, startWorldWith } from './parties.mjs';
import { assertStatus, registerByCall } from './people.mjs';

const CODE = { grant_type: 'authorization_code', redirect_uri: CALLBACK };
const BYE = 'https://shop.example/bye';
const pages = new Map();
const asked = [];
let site;
let world;
let parties;
let citizen;
let pair;

const keySet = async (key, kid) => JSON.stringify({ keys: [{ ...await jose.exportJWK(key), kid, alg: 'ES256', use: 'sig' }] });
const at = (path) => `http://127.0.0.1:${site.address().port}${path}`;

before(async () => {
  site = http.createServer((request, response) => {
    asked.push(request.url);
    const page = pages.get(request.url);
    if (page === 'slow') return; // never answers
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' }).end(page);
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  pair = await jose.generateKeyPair('ES256', { extractable: true });
  pages.set('/keys', await keySet(pair.publicKey, 'one'));
  const keyed = { token_endpoint_auth_method: 'private_key_jwt', service_scopes: ['a'] };
  ({ world, parties } = await startWorldWith({
    shop: { claims: ['phone_number', 'address'], offline_access: true },
    keyed: { ...keyed, jwks_uri: at('/keys') },
    broken: { ...keyed, jwks_uri: at('/nothing') },
    leaving: { post_logout_redirect_uris: [BYE], claims: [] },
    bound: { dpop_required: true, claims: [] },
  }));
  citizen = await registerByCall(world.client());
});
after(async () => {
  site?.closeAllConnections();
  site?.close();
  await world?.stop();
});

const assertion = (party, key, kid) => new jose.SignJWT({ jti: crypto.randomUUID() })
  .setProtectedHeader({ alg: 'ES256', kid }).setIssuer(party.client_id).setSubject(party.client_id)
  .setAudience(world.publicUrl).setIssuedAt().setExpirationTime('1m').sign(key);
const serve = async (party, key, kid) => post(world, '/oauth/token', {
  grant_type: 'client_credentials', client_assertion: await assertion(party, key, kid),
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
});

test('keys behind jwks_uri are fetched, kept, and not fetched for every stranger', async () => {
  const before = asked.length;
  for (let i = 0; i < 5; i += 1) assert.equal((await serve(parties.keyed, pair.privateKey, 'one')).status, 200);
  assert.equal(asked.length, before + 1);
  const other = await jose.generateKeyPair('ES256');
  for (const kid of ['two', '../keys', 'three']) {
    const { status, json } = await serve(parties.keyed, other.privateKey, kid);
    assert.deepEqual([status, json.error], [401, 'invalid_client'], kid);
  }
  assert.equal(asked.length, before + 1, 'asked at most every half minute');
  const { status, json } = await serve(parties.keyed, other.privateKey, 'one');
  assert.deepEqual([status, json.error], [401, 'invalid_client'], 'another key under a known name');
  const broken = await serve(parties.broken, pair.privateKey, 'one');
  assert.deepEqual([broken.status, broken.json.error], [401, 'invalid_client']);
});

test('the list of a sector is read at registration and must name every address', async () => {
  const both = ['https://a.example/cb', 'https://b.example/cb'];
  pages.set('/sector', JSON.stringify(both));
  const add = async (changes) => {
    const file = join(world.folder, 'sector.json');
    writeFileSync(file, JSON.stringify(registration({ redirect_uris: both, ...changes })));
    return world.run('relying-party', 'add', file, '--config', world.configFile);
  };
  const good = await add({ sector_identifier_uri: at('/sector') });
  assert.equal(good.code, 0, good.output);
  world.secrets.add('client secret', JSON.parse(good.output).client_secret);
  pages.set('/sector', JSON.stringify(both.slice(1)));
  pages.set('/slow', 'slow');
  for (const uri of [at('/sector'), at('/nothing'), at('/slow'), 'http://127.0.0.1:1/', 'http://sector.example/']) {
    const refused = await add({ sector_identifier_uri: uri });
    assert.notEqual(refused.code, 0, uri);
  }
});

test('somebody’s address is shown before it is given, and given as OpenID Connect has it', async () => {
  const person = await registerByCall(world.client());
  const value = 'Казань, ул. Баумана, д. 1';
  world.secrets.add('address', value);
  assertStatus(await person.client.put('/api/v1/me/attributes/living_address', { value }), 204);
  const config = await connect(world, parties.shop);
  const { id } = await open(person.client, (await beginSignIn(config, { scope: 'openid address' })).url);
  const shown = (await look(person.client, id)).claims.find(({ claim }) => claim === 'address');
  assert.deepEqual(shown.value, { formatted: value });
  const tokens = await signInAt(config, person.client, { scope: 'openid address' });
  const info = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  assert.deepEqual(info.address, { formatted: value });
});

test('userinfo answers GET and POST, the token in the header or the form, the scheme in any case', async () => {
  const config = await connect(world, parties.shop);
  const tokens = await signInAt(config, citizen.client, { scope: 'phone openid' });
  const token = tokens.access_token;
  const asks = [
    ['GET', { authorization: `Bearer ${token}` }], ['GET', { authorization: `bearer ${token}` }],
    ['GET', { authorization: `BEARER ${token}` }], ['POST', { authorization: `Bearer ${token}` }],
    ['POST', { 'content-type': 'application/x-www-form-urlencoded' }, `access_token=${token}`],
  ];
  for (const [method, headers, body] of asks) {
    const response = await fetch(`${world.origin}/oauth/userinfo`, { method, headers, body });
    assert.equal(response.status, 200, `${method} ${JSON.stringify(Object.keys(headers))}`);
    assert.equal((await response.json()).phone_number, citizen.phone);
  }
  const inQuery = await fetch(`${world.origin}/oauth/userinfo?access_token=${token}`);
  assert.equal(inQuery.status, 401, 'addresses end up in logs');
});

test('many readings of userinfo at once are all answered and all on record', async () => {
  const person = await registerByCall(world.client());
  const config = await connect(world, parties.shop);
  const { access_token } = await signInAt(config, person.client, { scope: 'openid phone' });
  const read = async () => (await fetch(`${world.origin}/oauth/userinfo`, {
    headers: { authorization: `Bearer ${access_token}` } })).json();
  const infos = await Promise.all(Array.from({ length: 40 }, read));
  assert.ok(infos.every(({ phone_number }) => phone_number === person.phone));
  const metrics = (await world.admin('/metrics')).text;
  const recorded = /statement_seconds_count\{[^}]*"access_record\.insert[^"]*"[^}]*\} (\d+)/.exec(metrics)?.[1];
  assert.ok(Number(recorded) >= 40, `no log, no read: ${recorded}`);
  assertStatus(await person.client.delete(`/api/v1/connections/${parties.shop.client_id}`), 204);
  assert.equal((await read()).error, 'invalid_token');
});

test('neither nonce nor state is demanded, and a form serves as a query', async () => {
  const config = await connect(world, parties.shop);
  const verifier = oidc.randomPKCECodeVerifier();
  const parameters = {
    client_id: parties.shop.client_id, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  };
  const { headers, status } = await post(world, '/oauth/authorize', parameters);
  assert.equal(status, 303);
  const location = new URL(headers.get('location'), world.publicUrl);
  assert.equal(location.pathname, '/authorize');
  const back = await agree(citizen.client, oidc.buildAuthorizationUrl(config, parameters));
  assert.equal(back.searchParams.get('state'), null);
  const tokens = await oidc.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier });
  assert.equal(tokens.claims().nonce, undefined);
});

test('a pushed request names no other, and its proof binds the code', async () => {
  const config = await connect(world, parties.bound);
  const { url, kept } = await beginSignIn(config, { scope: 'openid' });
  const form = Object.fromEntries(url.searchParams);
  const basic = parties.bound;
  const twice = await post(world, '/oauth/par', { ...form, request_uri: 'urn:ietf:params:oauth:request_uri:x' }, { basic });
  assert.deepEqual([twice.status, twice.json.error], [400, 'invalid_request']);
  const prove = async (key, path) => new jose.SignJWT({ htm: 'POST', htu: world.publicUrl + path, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await jose.exportJWK(key.publicKey) }).setIssuedAt().sign(key.privateKey);
  const pushed = await post(world, '/oauth/par', form, { basic, headers: { dpop: await prove(pair, '/oauth/par') } });
  assert.equal(pushed.status, 201, pushed.text);
  world.secrets.add('request uri', pushed.json.request_uri.split(':').pop());
  const link = new URL(`${world.publicUrl}/oauth/authorize?${new URLSearchParams({
    client_id: basic.client_id, request_uri: pushed.json.request_uri })}`);
  const code = (await agree(citizen.client, link)).searchParams.get('code');
  const exchange = async (key) => post(world, '/oauth/token', { ...CODE, code, code_verifier: kept.pkceCodeVerifier },
    { basic, headers: key ? { dpop: await prove(key, '/oauth/token') } : {} });
  const other = await jose.generateKeyPair('ES256', { extractable: true });
  assert.equal((await exchange()).json.error, 'invalid_dpop_proof', 'the party is bound to prove its key');
  assert.equal((await exchange(other)).json.error, 'invalid_grant');
  const tokens = await exchange(pair);
  assert.equal(tokens.json.token_type, 'DPoP', tokens.text);
  const bearer = await fetch(`${world.origin}/oauth/userinfo`, {
    headers: { authorization: `Bearer ${tokens.json.access_token}` } });
  assert.equal(bearer.status, 401, 'a bound token is no bearer token');
});

test('after signing out at a party the state is optional', async () => {
  const config = await connect(world, parties.leaving);
  const tokens = await signInAt(config, citizen.client, { scope: 'openid' });
  const { headers } = await citizen.client.get(`/oauth/end_session?${new URLSearchParams({
    id_token_hint: tokens.id_token, post_logout_redirect_uri: BYE })}`);
  const id = headers.location.replace('/sign-out?request=', '');
  world.secrets.add('logout id', id);
  assert.equal(assertStatus(await citizen.client.get(`/api/v1/logouts/${id}`), 200).location, BYE);
});
