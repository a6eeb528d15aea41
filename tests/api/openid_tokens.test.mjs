// Tokens by stock libraries and by hand: rotation, reuse, races, services' own, introspection, revocation,
// private_key_jwt, DPoP, device grant, logout.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import * as jose from 'jose';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { until } from './harness.mjs';
import { agree, answer, beginSignIn, connect, look, post, signInAt, startWorldWith } from './parties.mjs';
import { assertProblem, assertStatus, registerByCall } from './people.mjs';

const BACK = 'https://bank.example/cb';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
let world;
let parties;
let citizen;
let config;
let keys;
let listener;
const logoutTokens = [];

before(async () => {
  keys = await jose.generateKeyPair('ES256', { extractable: true });
  const jwk = { ...await jose.exportJWK(keys.publicKey), kid: 'one', alg: 'ES256', use: 'sig' };
  listener = http.createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    logoutTokens.push(new URLSearchParams(body).get('logout_token'));
    response.end();
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  ({ world, parties } = await startWorldWith({
    bank: {
      redirect_uris: [BACK], claims: ['phone_number'], offline_access: true,
      backchannel_logout_uri: `http://127.0.0.1:${listener.address().port}/logout`,
      post_logout_redirect_uris: ['https://bank.example/bye'],
    },
    service: { redirect_uris: [], claims: [], service_scopes: ['orders:read', 'orders:write'] },
    resource: { redirect_uris: [], claims: [], introspects_all: true },
    keyed: { redirect_uris: [BACK], token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] }, service_scopes: ['a'] },
    app: { redirect_uris: ['com.example.app:/cb'], token_endpoint_auth_method: 'none', offline_access: true, claims: [] },
    tv: { redirect_uris: [], claims: ['phone_number'], token_endpoint_auth_method: 'none', device_grant: true },
  }));
  citizen = await registerByCall(world.client());
  config = await connect(world, parties.bank);
});
after(async () => {
  listener?.close();
  await world?.stop();
});

const bankSignIn = (client = citizen.client) =>
  signInAt(config, client, { redirect_uri: BACK, scope: 'openid phone offline_access' });
const introspect = async (token, basic = parties.resource) =>
  (await post(world, '/oauth/introspect', { token }, { basic })).json;
const refreshBy = (token, basic = parties.bank) =>
  post(world, '/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, { basic });

test('a refresh token gives new ones and ends; used again, the whole sign-in ends', async () => {
  const first = await bankSignIn();
  const second = await oidc.refreshTokenGrant(config, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.ok((await introspect(second.access_token)).active);
  await assert.rejects(oidc.refreshTokenGrant(config, first.refresh_token), { error: 'invalid_grant' });
  assert.deepEqual(await introspect(second.access_token), { active: false });
  await assert.rejects(oidc.refreshTokenGrant(config, second.refresh_token), { error: 'invalid_grant' });
});

test('of one refresh token presented many times at once exactly one wins', async () => {
  const { refresh_token } = await bankSignIn();
  const answers = await Promise.all(Array.from({ length: 12 }, () => refreshBy(refresh_token)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(11).fill(400)]);
  for (const { json } of answers.filter(({ status }) => status === 400)) assert.equal(json.error, 'invalid_grant');
});

test('of one code presented many times at once exactly one wins, and what it gave is taken back', async () => {
  const { url, kept } = await beginSignIn(config, { redirect_uri: BACK, scope: 'openid' });
  const code = (await agree(citizen.client, url)).searchParams.get('code');
  const form = { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: kept.pkceCodeVerifier };
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => post(world, '/oauth/token', form, { basic: parties.bank })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(11).fill(400)]);
  const winner = answers.find(({ status }) => status === 200).json;
  assert.deepEqual(await introspect(winner.access_token), { active: false });
});

test('scope can be narrowed by refreshing, never widened', async () => {
  const { refresh_token } = await bankSignIn();
  const wider = await post(world, '/oauth/token',
    { grant_type: 'refresh_token', refresh_token, scope: 'openid snils' }, { basic: parties.bank });
  assert.equal(wider.json.error, 'invalid_scope');
  const narrow = await post(world, '/oauth/token',
    { grant_type: 'refresh_token', refresh_token, scope: 'openid' }, { basic: parties.bank });
  assert.equal(narrow.json.scope, 'openid');
});

test('a service gets tokens of its own, within its registration', async () => {
  const there = await connect(world, parties.service);
  const tokens = await oidc.clientCredentialsGrant(there, { scope: 'orders:read' });
  const facts = await introspect(tokens.access_token);
  assert.deepEqual([facts.active, facts.client_id, facts.scope, facts.sub],
    [true, parties.service.client_id, 'orders:read', undefined]);
  await assert.rejects(oidc.clientCredentialsGrant(there, { scope: 'orders:delete' }), { error: 'invalid_scope' });
  await assert.rejects(oidc.clientCredentialsGrant(config, {}), { error: 'unauthorized_client' });
  const userinfo = await fetch(`${world.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.equal(userinfo.status, 403);
});

test('a token is nobody else’s business, but a resource server’s', async () => {
  const { access_token } = await bankSignIn();
  assert.deepEqual(await introspect(access_token, parties.service), { active: false });
  assert.ok((await introspect(access_token, parties.bank)).active);
  assert.ok((await introspect(access_token)).active);
  assert.equal((await post(world, '/oauth/introspect', { token: access_token, client_id: parties.app.client_id })).status, 401);
});

test('revoking an access token ends it, a refresh token the sign-in; another party’s nothing', async () => {
  const tokens = await bankSignIn();
  assert.equal((await post(world, '/oauth/revoke', { token: tokens.refresh_token }, { basic: parties.service })).status, 200);
  assert.ok((await introspect(tokens.access_token)).active);
  await oidc.tokenRevocation(config, tokens.refresh_token);
  assert.deepEqual(await introspect(tokens.access_token), { active: false });
  const other = await bankSignIn();
  await oidc.tokenRevocation(config, other.access_token);
  assert.deepEqual(await introspect(other.access_token), { active: false });
  assert.equal((await refreshBy(other.refresh_token)).status, 200);
});

test('private_key_jwt proves a party; each assertion works once', async () => {
  const there = await connect(world, parties.keyed, oidc.PrivateKeyJwt({ key: keys.privateKey, kid: 'one' }));
  assert.ok((await oidc.clientCredentialsGrant(there)).access_token);
  const assertion = (claims = {}, header = {}, key = keys.privateKey) => new jose.SignJWT({
    iss: parties.keyed.client_id, sub: parties.keyed.client_id, aud: world.publicUrl, jti: crypto.randomUUID(),
    exp: Math.floor(Date.now() / 1000) + 60, ...claims,
  }).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key);
  const present = async (client_assertion, more = {}) => (await post(world, '/oauth/token', {
    grant_type: 'client_credentials', client_assertion, ...more,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })).json;
  const good = await assertion();
  assert.ok((await present(good)).access_token);
  assert.equal((await present(good)).error, 'invalid_client', 'shown twice');
  const foreign = await jose.generateKeyPair('ES256');
  const secret = new TextEncoder().encode(JSON.stringify(await jose.exportJWK(keys.publicKey)).padEnd(64));
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await assertion()).split('.')[1]}.`;
  const doubled = await (async () => {
    const payload = `{"iss":"x","iss":"${parties.keyed.client_id}","sub":"${parties.keyed.client_id}"}`;
    return new jose.CompactSign(Buffer.from(payload)).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(keys.privateKey);
  })();
  const bad = {
    'another key': await assertion({}, {}, foreign.privateKey),
    'alg none': unsigned,
    'HS256 with the public key': await new jose.SignJWT({ sub: parties.keyed.client_id, iss: parties.keyed.client_id })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret),
    'kid with a path': await assertion({}, { kid: '../../etc/passwd' }),
    'duplicate claims': doubled,
    'another audience': await assertion({ aud: 'https://other.example' }),
    'a list of audiences': await assertion({ aud: [world.publicUrl] }),
    'an endpoint as audience': await assertion({ aud: `${world.publicUrl}/oauth/token` }),
    'expired': await assertion({ exp: Math.floor(Date.now() / 1000) - 120 }),
    'too far ahead': await assertion({ exp: Math.floor(Date.now() / 1000) + 100_000 }),
    'no jti': await assertion({ jti: undefined }),
    'another issuer': await assertion({ iss: 'somebody' }),
    'not yet valid': await assertion({ nbf: Math.floor(Date.now() / 1000) + 600 }),
    'no JWT': 'a.b.c',
    'huge': 'a'.repeat(15_000),
  };
  for (const [name, one] of Object.entries(bad)) assert.equal((await present(one)).error, 'invalid_client', name);
  assert.equal((await post(world, '/oauth/token', { grant_type: 'client_credentials' },
    { basic: { client_id: parties.keyed.client_id, client_secret: 'x' } })).json.error, 'invalid_client');
});

test('DPoP binds tokens to a key: code, refresh and userinfo by a stock library', async () => {
  const there = await connect(world, parties.app, oidc.None());
  const DPoP = oidc.getDPoPHandle(there, await oidc.randomDPoPKeyPair('ES256'));
  const { url, kept } = await beginSignIn(there, {
    redirect_uri: 'com.example.app:/cb', scope: 'openid offline_access', dpop_jkt: await DPoP.calculateThumbprint() });
  const back = await agree(citizen.client, url);
  const tokens = await oidc.authorizationCodeGrant(there, back, kept, undefined, { DPoP });
  assert.equal(tokens.token_type, 'dpop');
  const { sub } = tokens.claims();
  assert.equal((await oidc.fetchUserInfo(there, tokens.access_token, sub, { DPoP })).sub, sub);
  assert.equal((await introspect(tokens.access_token)).cnf.jkt, await DPoP.calculateThumbprint());
  const bearer = await fetch(`${world.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.equal(bearer.status, 401, 'a bound token is no bearer token');
  const thief = oidc.getDPoPHandle(there, await oidc.randomDPoPKeyPair('ES256'));
  await assert.rejects(oidc.fetchUserInfo(there, tokens.access_token, sub, { DPoP: thief }));
  await assert.rejects(oidc.refreshTokenGrant(there, tokens.refresh_token, undefined, { DPoP: thief }), { error: 'invalid_grant' });
  assert.ok((await oidc.refreshTokenGrant(there, tokens.refresh_token, undefined, { DPoP })).access_token);
});

test('a DPoP proof that does not hold is refused, and one that held works once', async () => {
  const pair = await jose.generateKeyPair('ES256', { extractable: true });
  const jwk = await jose.exportJWK(pair.publicKey);
  const htu = `${world.publicUrl}/oauth/token`;
  const proof = (claims = {}, header = {}, key = pair.privateKey) => new jose.SignJWT({
    htm: 'POST', htu, jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims,
  }).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header }).sign(key);
  const present = (dpop) => post(world, '/oauth/token', { grant_type: 'client_credentials' },
    { basic: parties.service, headers: { dpop } });
  const good = await proof();
  assert.equal((await present(good)).json.token_type, 'DPoP');
  const other = await jose.generateKeyPair('ES256');
  const bad = {
    'shown twice': good,
    'another method': await proof({ htm: 'GET' }),
    'another address': await proof({ htu: `${world.publicUrl}/oauth/par` }),
    'old': await proof({ iat: Math.floor(Date.now() / 1000) - 3600 }),
    'from the future': await proof({ iat: Math.floor(Date.now() / 1000) + 3600 }),
    'no jti': await proof({ jti: '' }),
    'no JWT typ': await proof({}, { typ: 'JWT' }),
    'another key’s signature': await proof({}, {}, other.privateKey),
    'private key inside': await proof({}, { jwk: await jose.exportJWK(pair.privateKey) }),
    'no key': await proof({}, { jwk: undefined }),
    'no JWT': 'x.y.z',
    'huge': 'x'.repeat(5000),
  };
  for (const [name, one] of Object.entries(bad)) {
    const { status, json } = await present(one);
    assert.deepEqual([status, json.error], [400, 'invalid_dpop_proof'], name);
  }
});

test('a device gets tokens after its code was typed and agreed to', async () => {
  const as = await oauth.processDiscoveryResponse(new URL(world.publicUrl), await oauth.discoveryRequest(
    new URL(world.publicUrl), { [oauth.allowInsecureRequests]: true }));
  const client = { client_id: parties.tv.client_id };
  const options = { [oauth.allowInsecureRequests]: true };
  const start = await oauth.processDeviceAuthorizationResponse(as, client,
    await oauth.deviceAuthorizationRequest(as, client, oauth.None(), { scope: 'openid phone' }, options));
  world.secrets.add('device code', start.device_code);
  const poll = async () => {
    const response = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), start.device_code, options);
    return response.json();
  };
  assert.equal((await poll()).error, 'authorization_pending');
  assert.equal((await poll()).error, 'slow_down', 'twice within the interval');
  assertProblem(await citizen.client.post('/api/v1/device-authorizations', { user_code: 'BBBB-BBBB' }), 404, 'device.code_unknown');
  const typed = ` ${start.user_code.toLowerCase().replace('-', ' ')} `;
  const { request_id } = assertStatus(await citizen.client.post('/api/v1/device-authorizations', { user_code: typed }), 201);
  assert.deepEqual([(await look(citizen.client, request_id)).state, (await look(citizen.client, request_id)).device], ['consent', true]);
  assert.equal(assertStatus(await answer(citizen.client, request_id, 'agree'), 200).location, '/device?result=agreed');
  const tokens = await poll();
  assert.ok(tokens.id_token && tokens.access_token, JSON.stringify(tokens));
  assert.equal((await poll()).error, 'invalid_grant', 'a device code works once');
  assertProblem(await citizen.client.post('/api/v1/device-authorizations', { user_code: start.user_code }), 404, 'device.code_unknown');
});

test('a device whose citizen refuses is told so', async () => {
  const start = (await post(world, '/oauth/device_authorization', { client_id: parties.tv.client_id, scope: 'openid' })).json;
  const { request_id } = assertStatus(await citizen.client.post('/api/v1/device-authorizations', { user_code: start.user_code }), 201);
  assertStatus(await answer(citizen.client, request_id, 'refuse'), 200);
  const poll = await post(world, '/oauth/token', { grant_type: DEVICE, client_id: parties.tv.client_id, device_code: start.device_code });
  assert.equal(poll.json.error, 'access_denied');
  const other = await post(world, '/oauth/device_authorization', { scope: 'openid' }, { basic: parties.bank });
  assert.equal(other.json.error, 'unauthorized_client');
});

test('signing out tells every party of the session by a logout token that verifies', async () => {
  const person = await registerByCall(world.client());
  const first = await signInAt(config, person.client, { redirect_uri: BACK, scope: 'openid phone' });
  const lasting = await signInAt(config, person.client, { redirect_uri: BACK, scope: 'openid offline_access' });
  const { sid, sub } = first.claims();
  logoutTokens.length = 0;
  assertStatus(await person.client.delete('/api/v1/sessions/current'), 204);
  const token = await until('the logout token', () => logoutTokens[0]);
  const jwks = jose.createRemoteJWKSet(new URL(`${world.publicUrl}/oauth/jwks`));
  const { payload, protectedHeader } = await jose.jwtVerify(token, jwks, {
    issuer: world.publicUrl, audience: parties.bank.client_id, typ: 'logout+jwt' });
  assert.equal(protectedHeader.alg, 'ES256');
  assert.deepEqual([payload.sid, payload.sub, payload.nonce], [sid, sub, undefined]);
  assert.deepEqual(Object.keys(payload.events), ['http://schemas.openid.net/event/backchannel-logout']);
  assert.equal(logoutTokens.length, 1, 'one party, one message');
  assert.deepEqual(await introspect(first.access_token), { active: false });
  assert.ok((await introspect(lasting.access_token)).active, 'offline_access outlives the session');
});

test('a party can ask to end the session: its own is not asked about again, its address must be registered', async () => {
  const person = await registerByCall(world.client());
  const tokens = await signInAt(config, person.client, { redirect_uri: BACK, scope: 'openid' });
  const begin = async (parameters) => {
    const { headers } = await person.client.get(`/oauth/end_session?${new URLSearchParams(parameters)}`);
    const id = headers.location.replace('/sign-out?request=', '');
    world.secrets.add('logout id', id);
    return assertStatus(await person.client.get(`/api/v1/logouts/${id}`), 200);
  };
  const back = { post_logout_redirect_uri: 'https://bank.example/bye', state: 'x y' };
  const good = await begin({ id_token_hint: tokens.id_token, ...back });
  assert.deepEqual([good.confirm, good.location], [false, 'https://bank.example/bye?state=x%20y']);
  const unproven = await begin({ client_id: parties.bank.client_id, ...back });
  assert.deepEqual([unproven.confirm, unproven.location, unproven.party.name], [true, undefined, 'Поликлиника']);
  for (const bad of [
    { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://bank.example/bye/' },
    { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://evil.example/' },
    { id_token_hint: `${tokens.id_token.slice(0, -4)}AAAA`, ...back },
    { id_token_hint: tokens.id_token, client_id: parties.app.client_id, ...back },
    back,
  ]) assert.equal((await begin(bad)).location, undefined, JSON.stringify(bad));
});

test('keys overlap: a rotated one is published before it signs, without a restart', async () => {
  const kids = async () => (await (await fetch(`${world.origin}/oauth/jwks`)).json()).keys.map(({ kid }) => kid);
  const before = await kids();
  const done = await world.run('keys', 'rotate-openid', '--config', world.configFile);
  assert.equal(done.code, 0, done.output);
  const after = await until('the new key', async () => {
    const now = await kids();
    return now.length === before.length + 1 && now;
  }, { within: 12_000, every: 200 });
  const { kid } = jose.decodeProtectedHeader((await bankSignIn()).id_token);
  assert.ok(before.includes(kid) && after.includes(kid), 'the old one signs for another hour');
});
