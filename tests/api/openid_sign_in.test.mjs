// "Sign in with Beresta" by a stock library: discovery, code with PKCE, id_token, userinfo, consent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oidc from 'openid-client';
import { agree, answer, beginSignIn, CALLBACK, connect, look, open, signInAt, startWorldWith } from './parties.mjs';
import { assertProblem, assertStatus, raise, registerByCall } from './people.mjs';

let world;
let parties;
let citizen;
let config;

before(async () => {
  ({ world, parties } = await startWorldWith({
    clinic: {},
    sister: { redirect_uris: ['https://shop.example/other'] },
    bank: { redirect_uris: ['https://bank.example/cb'], claims: ['phone_number', 'snils'], offline_access: true },
    signed: { redirect_uris: ['https://signed.example/cb'], signed_userinfo: true },
    pushed: { redirect_uris: ['https://pushed.example/cb'], par_required: true },
  }));
  citizen = await registerByCall(world.client());
  config = await connect(world, parties.clinic);
});
after(() => world?.stop());

test('a stock library signs somebody in and gets what was agreed to, and nothing else', async () => {
  const person = await registerByCall(world.client());
  const { url, kept } = await beginSignIn(config);
  const { id } = await open(person.client, url);
  const view = await look(person.client, id);
  assert.equal(view.state, 'consent');
  assert.deepEqual([view.party.name, view.party.purpose], ['Поликлиника', 'Запись к врачу']);
  assert.deepEqual(view.claims.map(({ claim }) => claim), ['family_name', 'given_name', 'phone_number']);
  assert.equal(view.claims.find(({ claim }) => claim === 'phone_number').value, person.phone);
  const { location } = assertStatus(await answer(person.client, id, 'agree'), 200);
  const tokens = await oidc.authorizationCodeGrant(config, new URL(location), kept);
  const claims = tokens.claims();
  assert.equal(claims.iss, world.publicUrl);
  assert.equal(claims.acr, 'urn:beresta:acr:phone');
  assert.ok(Array.isArray(claims.amr) && claims.sid.length > 20);
  assert.ok(Math.abs(claims.auth_time - Date.now() / 1000) < 60);
  assert.equal(tokens.refresh_token, undefined, 'nobody asked for offline_access');
  const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.deepEqual(Object.keys(info).sort(), ['phone_number', 'phone_number_verified', 'sub']);
  assert.equal(info.phone_number, person.phone);
});

test('the second time nothing is asked, unless the party wants more or asks for the question', async () => {
  const person = await registerByCall(world.client());
  await signInAt(config, person.client, { scope: 'openid phone' });
  const state = async (parameters) => {
    const { id } = await open(person.client, (await beginSignIn(config, parameters)).url);
    return (await look(person.client, id)).state;
  };
  assert.equal(await state({ scope: 'openid phone' }), 'ready');
  assert.equal(await state({ scope: 'openid profile phone' }), 'consent');
  assert.equal(await state({ scope: 'openid phone', prompt: 'consent' }), 'consent');
  assert.equal(await state({ scope: 'openid phone', prompt: 'login' }), 'reenter');
  assert.equal(await state({ scope: 'openid phone', max_age: '0' }), 'reenter');
  assert.equal(await state({ scope: 'openid phone', max_age: '3600' }), 'ready');
});

test('a verified person gives names; the acr says so', async () => {
  const person = await registerByCall(world.client());
  const record = await raise(person.client, { person: '2' });
  const tokens = await signInAt(config, person.client);
  const claims = tokens.claims();
  assert.equal(claims.acr, 'urn:beresta:acr:verified');
  const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(info.family_name, record.name.family_name);
  assert.equal(info.birthdate, undefined, 'profile holds it, the registration does not');
});

test('refusing sends the browser back with access_denied, state and iss', async () => {
  const { url, kept } = await beginSignIn(config);
  const { id } = await open(citizen.client, url);
  const { location } = assertStatus(await answer(citizen.client, id, 'refuse'), 200);
  const back = new URL(location);
  assert.equal(back.searchParams.get('state'), kept.expectedState);
  assert.equal(back.searchParams.get('iss'), world.publicUrl);
  await assert.rejects(oidc.authorizationCodeGrant(config, back, kept), { error: 'access_denied' });
  assertProblem(await answer(citizen.client, id, 'agree'), 404, 'authorization.unknown');
});

test('nobody signed in is shown who asks and nothing more', async () => {
  const stranger = world.client();
  const { id } = await open(stranger, (await beginSignIn(config)).url);
  const view = await look(stranger, id);
  assert.equal(view.state, 'sign_in');
  assert.equal(view.claims, undefined);
  assertProblem(await answer(stranger, id, 'agree'), 401, 'session.required');
});

test('prompt=none answers without a person: login, consent, or a code', async () => {
  const person = await registerByCall(world.client());
  const silent = async (client) => {
    const { url } = await beginSignIn(config, { scope: 'openid phone', prompt: 'none' });
    const { id } = await open(client, url);
    assert.equal((await look(client, id)).state, 'ready');
    const { location } = assertStatus(await answer(client, id, 'continue'), 200);
    return new URL(location).searchParams;
  };
  assert.equal((await silent(world.client())).get('error'), 'login_required');
  assert.equal((await silent(person.client)).get('error'), 'consent_required');
  await signInAt(config, person.client, { scope: 'openid phone' });
  assert.ok((await silent(person.client)).get('code'));
});

test('an essential acr above the account leads to proving, not to a lower answer', async () => {
  const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:beresta:acr:verified' } } });
  const { id } = await open(citizen.client, (await beginSignIn(config, { claims })).url);
  assert.equal((await look(citizen.client, id)).state, 'prove');
  assertProblem(await answer(citizen.client, id, 'agree'), 409, 'authorization.not_ready');
  const impossible = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:other' } } });
  const { location } = await open(citizen.client, (await beginSignIn(config, { claims: impossible })).url);
  assert.equal(new URL(location).searchParams.get('error'), 'unmet_authentication_requirements');
});

test('the claims parameter puts a claim into the id_token', async () => {
  const claims = JSON.stringify({ id_token: { phone_number: null }, userinfo: { unheard_of: null } });
  const person = await registerByCall(world.client());
  const tokens = await signInAt(config, person.client, { scope: 'openid', claims });
  assert.equal(tokens.claims().phone_number, person.phone);
  assert.equal((await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)).phone_number, undefined);
});

test('more than registered is refused, told to the party and written down', async () => {
  const { location } = await open(citizen.client, (await beginSignIn(config, { scope: 'openid snils' })).url);
  assert.equal(new URL(location).searchParams.get('error'), 'invalid_scope');
  const claims = JSON.stringify({ userinfo: { inn: null } });
  const other = await open(citizen.client, (await beginSignIn(config, { claims })).url);
  assert.equal(new URL(other.location).searchParams.get('error'), 'access_denied');
  const shown = await world.run('relying-party', 'show', parties.clinic.client_id, '--config', world.configFile);
  const { refused } = JSON.parse(shown.output);
  assert.deepEqual(refused.map(({ asked }) => asked).sort(), ['claim:inn', 'scope:snils']);
});

test('sub is the same within a sector and another elsewhere', async () => {
  const person = await registerByCall(world.client());
  const sub = async (party, redirect_uri, scope) => {
    const there = await connect(world, party);
    return (await signInAt(there, person.client, { redirect_uri, scope })).claims().sub;
  };
  const clinic = await sub(parties.clinic, CALLBACK, 'openid');
  assert.equal(await sub(parties.sister, 'https://shop.example/other', 'openid'), clinic);
  assert.notEqual(await sub(parties.bank, 'https://bank.example/cb', 'openid'), clinic);
});

test('userinfo comes signed for a party registered so', async () => {
  const there = await connect(world, parties.signed);
  const tokens = await signInAt(there, citizen.client, { redirect_uri: 'https://signed.example/cb', scope: 'openid' });
  const response = await oidc.fetchProtectedResource(
    there, tokens.access_token, new URL(there.serverMetadata().userinfo_endpoint), 'GET');
  assert.match(response.headers.get('content-type'), /^application\/jwt/);
  const [header, payload] = (await response.text()).split('.').slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  assert.equal(header.alg, 'ES256');
  assert.deepEqual([payload.aud, payload.sub], [parties.signed.client_id, tokens.claims().sub]);
});

test('a pushed request works once, for its own party, and is demanded where registered', async () => {
  const there = await connect(world, parties.pushed);
  const redirect_uri = 'https://pushed.example/cb';
  const { url, kept } = await beginSignIn(there, { redirect_uri, scope: 'openid' });
  const refused = await open(citizen.client, url);
  assert.equal(new URL(refused.location).searchParams.get('error'), 'invalid_request');
  const pushed = await oidc.buildAuthorizationUrlWithPAR(there, Object.fromEntries(url.searchParams));
  const stolen = new URL(pushed);
  stolen.searchParams.set('client_id', parties.clinic.client_id);
  const back = await agree(citizen.client, pushed);
  assert.ok((await oidc.authorizationCodeGrant(there, back, kept)).access_token);
  for (const again of [pushed, stolen]) {
    assert.match((await open(citizen.client, again)).location, /problem=authorization\.request_uri/);
  }
});

test('a connection is listed, ended, and its tokens with it', async () => {
  const person = await registerByCall(world.client());
  const there = await connect(world, parties.bank);
  const tokens = await signInAt(there, person.client, {
    redirect_uri: 'https://bank.example/cb', scope: 'openid phone offline_access' });
  const { connections } = assertStatus(await person.client.get('/api/v1/connections'), 200);
  assert.deepEqual(connections.map(({ party, claims, offline_access }) => [party.name, claims, offline_access]),
    [['Поликлиника', ['phone_number'], true]]);
  assertStatus(await person.client.delete(`/api/v1/connections/${parties.bank.client_id}`), 204);
  assertProblem(await person.client.delete(`/api/v1/connections/${parties.bank.client_id}`), 404, 'connection.unknown');
  await assert.rejects(oidc.fetchUserInfo(there, tokens.access_token, tokens.claims().sub));
  await assert.rejects(oidc.refreshTokenGrant(there, tokens.refresh_token), { error: 'invalid_grant' });
  assert.deepEqual((await person.client.get('/api/v1/connections')).json.connections, []);
});
