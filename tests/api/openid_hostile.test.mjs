// What strangers send to the provider's endpoints: each parameter missing, doubled, oversized or in the wrong
// place, and redirect addresses that are almost the registered one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { agree, beginSignIn, CALLBACK, connect, open, post, startWorldWith } from './parties.mjs';
import { registerByCall } from './people.mjs';

let world;
let parties;
let citizen;
let config;

before(async () => {
  ({ world, parties } = await startWorldWith({
    clinic: { offline_access: true },
    app: { redirect_uris: ['http://127.0.0.1/cb', 'com.example.app:/cb'], token_endpoint_auth_method: 'none', sector: 'app.example' },
    gone: {},
    service: { redirect_uris: [], claims: [], service_scopes: ['a'] },
  }));
  const done = await world.run('relying-party', 'disable', parties.gone.client_id, '--config', world.configFile);
  assert.equal(done.code, 0, done.output);
  citizen = await registerByCall(world.client());
  config = await connect(world, parties.clinic);
});
after(() => world?.stop());

const good = async (changes = {}) => {
  const { url } = await beginSignIn(config);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url;
};
/** Where the browser is sent: our page with a problem, the party with an error, or on to the question. */
const verdict = async (url) => {
  const { id, location } = await open(citizen.client, url);
  if (id) return 'asked';
  if (location.startsWith('/authorize?problem=')) return location.replace('/authorize?problem=authorization.', 'page ');
  assert.ok(location.startsWith(CALLBACK), location);
  const back = new URL(location).searchParams;
  assert.equal(back.get('iss'), world.publicUrl);
  assert.equal(back.get('code'), null);
  return back.get('error');
};

test('a redirect_uri that is not exactly a registered one is never followed', async () => {
  const almost = [
    `${CALLBACK}/`, `${CALLBACK}?`, `${CALLBACK}?a=b`, `${CALLBACK}#x`, `${CALLBACK}/../callback`, `${CALLBACK}/.`,
    'https://shop.example/./callback', 'https://shop.example//callback', 'https://shop.example/x/../callback',
    'https://shop.example/%63allback', 'https://SHOP.example/callback', 'HTTPS://shop.example/callback',
    'https://shop.example/Callback', 'http://shop.example/callback', 'https://shop.example:443/callback',
    'https://shop.example:444/callback', 'https://user@shop.example/callback', 'https://shop.example@evil.example/callback',
    'https://shop.example.evil.example/callback', 'https://evil.example/callback', 'https://evil.example/?https://shop.example/callback',
    'https://shop.example\\@evil.example/callback', ' https://shop.example/callback', 'https://shop.example/callback\t',
    'javascript:alert(1)', 'data:text/html,x', '//shop.example/callback', '/callback', 'callback', `${CALLBACK}${'x'.repeat(600)}`,
  ];
  for (const redirect_uri of almost) assert.equal(await verdict(await good({ redirect_uri })), 'page redirect_uri', redirect_uri);
  assert.equal(await verdict(await good({ redirect_uri: undefined })), 'page redirect_uri');
  assert.equal(await verdict(await good({ redirect_uri: '' })), 'page redirect_uri');
});

test('a native app’s loopback address may have any port, and nothing else may differ', async () => {
  const go = async (redirect_uri) => {
    const url = await good({ redirect_uri, client_id: parties.app.client_id, scope: 'openid' });
    return (await open(citizen.client, url)).id !== undefined;
  };
  assert.ok(await go('http://127.0.0.1:51234/cb'));
  assert.ok(await go('http://127.0.0.1/cb'));
  assert.ok(await go('com.example.app:/cb'));
  for (const other of ['http://127.0.0.1:51234/cb/', 'http://127.0.0.1:51234/', 'http://localhost:51234/cb', 'https://127.0.0.1:51234/cb',
    'http://127.0.0.1:x/cb', 'http://127.0.0.1:51234@evil.example/cb', 'http://127.0.0.2:51234/cb', 'com.example.app:/cb2', 'com.example.app://cb']) {
    assert.equal(await go(other), false, other);
  }
  assert.equal(await verdict(await good({ redirect_uri: `${CALLBACK.replace('.example', '.example:8443')}` })), 'page redirect_uri');
});

test('who the party is must be known before anything else', async () => {
  assert.equal(await verdict(await good({ client_id: undefined })), 'page party_unknown');
  assert.equal(await verdict(await good({ client_id: 'x'.repeat(3000) })), 'page party_unknown');
  assert.equal(await verdict(await good({ client_id: 'nobody' })), 'page party_unknown');
  assert.equal(await verdict(await good({ client_id: parties.gone.client_id })), 'page party_unknown');
  assert.equal(await verdict(await good({ request_uri: 'urn:ietf:params:oauth:request_uri:x' })), 'page request_uri');
  assert.equal(await verdict(await good({ request_uri: 'https://evil.example/request' })), 'page request_uri');
});

test('every other parameter that does not hold is told to the party', async () => {
  const challenge = 'a'.repeat(43);
  const cases = [
    [{ response_type: undefined }, 'invalid_request'], [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: 'code id_token' }, 'unsupported_response_type'], [{ response_type: 'CODE' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'], [{ response_mode: 'form_post' }, 'invalid_request'],
    [{ code_challenge: undefined }, 'invalid_request'], [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'], [{ code_challenge: 'short' }, 'invalid_request'],
    [{ code_challenge: `${challenge}a` }, 'invalid_request'], [{ code_challenge: `${challenge.slice(1)}=` }, 'invalid_request'],
    [{ scope: undefined }, 'invalid_scope'], [{ scope: 'profile' }, 'invalid_scope'], [{ scope: 'openid everything' }, 'invalid_scope'],
    [{ scope: `openid ${'x'.repeat(600)}` }, 'invalid_scope'], [{ scope: 'openid email' }, 'invalid_scope'],
    [{ state: 's'.repeat(1025) }, 'invalid_request'], [{ nonce: 'n'.repeat(513) }, 'invalid_request'],
    [{ prompt: 'never' }, 'invalid_request'], [{ prompt: 'none login' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'], [{ max_age: '1x' }, 'invalid_request'], [{ max_age: '9'.repeat(30) }, 'invalid_request'],
    [{ claims: '{' }, 'invalid_request'], [{ claims: '[]' }, 'invalid_request'], [{ claims: '{"userinfo":[]}' }, 'invalid_request'],
    [{ claims: `{"userinfo":${'{"a":'.repeat(50)}1${'}'.repeat(50)}}` }, 'invalid_request'],
    [{ claims: '{"userinfo":{"sub":null},"userinfo":{}}' }, 'invalid_request'], [{ claims: '{"userinfo":{"snils":null}}' }, 'access_denied'],
    [{ request: 'a.b.c' }, 'request_not_supported'], [{ registration: '{}' }, 'registration_not_supported'],
    [{ dpop_jkt: 'x' }, 'invalid_request'],
  ];
  for (const [changes, expected] of cases) assert.equal(await verdict(await good(changes)), expected, JSON.stringify(changes));
  assert.equal(await verdict(await good()), 'asked');
  assert.equal(await verdict(await good({ unheard_of: 'x' })), 'asked', 'unknown parameters are passed over');
});

test('a doubled parameter ends the request before anybody reads it', async () => {
  for (const name of ['client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'response_type', 'nonce']) {
    const url = await good();
    url.search += `&${name}=x`;
    assert.equal(await verdict(url), 'page malformed', name);
  }
});

test('the token endpoint refuses what is missing, doubled, misplaced or of another, in OAuth’s form', async () => {
  const basic = parties.clinic;
  const fresh = async () => {
    const { url, kept } = await beginSignIn(config, { scope: 'openid' });
    const code = (await agree(citizen.client, url)).searchParams.get('code');
    return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: kept.pkceCodeVerifier };
  };
  const form = await fresh();
  const without = (name) => Object.fromEntries(Object.entries(form).filter(([key]) => key !== name));
  const refused = async (body, error, options = { basic }) => {
    const { status, json, headers } = await post(world, '/oauth/token', body, options);
    assert.equal(json?.error, error, JSON.stringify(body));
    assert.equal(status, error === 'invalid_client' ? 401 : 400);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('access-control-allow-origin'), '*');
  };
  for (const name of Object.keys(form)) await refused(without(name), 'invalid_request');
  for (const name of Object.keys(form)) await refused(`${new URLSearchParams(form)}&${name}=x`, 'invalid_request');
  await refused({ ...form, grant_type: 'password' }, 'unsupported_grant_type');
  await refused({ ...form, grant_type: 'x'.repeat(9000) }, 'unsupported_grant_type');
  await refused({ ...form, redirect_uri: `${CALLBACK}/` }, 'invalid_grant');
  await refused({ ...form, code_verifier: 'v'.repeat(43) }, 'invalid_grant');
  await refused({ ...form, code_verifier: 'v'.repeat(129) }, 'invalid_grant');
  await refused({ ...form, code: form.code.slice(0, -1) + (form.code.endsWith('A') ? 'B' : 'A') }, 'invalid_grant');
  await refused({ ...form, code: 'x'.repeat(48) }, 'invalid_grant');
  await refused(form, 'invalid_grant', { basic: parties.service });
  await refused(form, 'invalid_client', {});
  await refused({ ...form, client_id: parties.clinic.client_id }, 'invalid_client', {});
  await refused({ ...form, ...parties.clinic }, 'invalid_client', {});
  await refused(form, 'invalid_client', { basic: { ...basic, client_secret: `${basic.client_secret}x` } });
  await refused(form, 'invalid_client', { basic: { client_id: 'nobody', client_secret: 'x' } });
  await refused(form, 'invalid_client', { basic: parties.gone });
  await refused(form, 'invalid_client', { headers: { authorization: 'Basic %%%' } });
  await refused(form, 'invalid_client', { headers: { authorization: 'Bearer x' } });
  await refused({ ...form, client_id: parties.service.client_id }, 'invalid_request');
  await refused(JSON.stringify(form), 'invalid_request', { basic, headers: { 'content-type': 'application/json' } });
  await refused('%zz=1', 'invalid_request');
  assert.equal((await post(world, `/oauth/token?${new URLSearchParams(form)}`, '', { basic })).json.error, 'invalid_request', 'in the query');
  assert.equal((await post(world, '/oauth/token', `x=${'y'.repeat(20_000)}`, { basic })).status, 413);
  assert.equal((await post(world, '/oauth/token', form, { basic })).status, 200, 'and after all that it still works');
});

test('userinfo takes one token, in its place', async () => {
  const ask = async (headers, init = {}) => {
    const response = await fetch(`${world.origin}/oauth/userinfo${init.query ?? ''}`, { headers, ...init });
    return [response.status, response.headers.get('www-authenticate') ?? ''];
  };
  const [status, challenge] = await ask({});
  assert.equal(status, 401);
  assert.match(challenge, /^Bearer, DPoP algs="ES256"$/);
  for (const headers of [{ authorization: 'Bearer x' }, { authorization: 'Bearer ' }, { authorization: `Bearer ${'x'.repeat(48)}` },
    { authorization: `Bearer ${'x'.repeat(5000)}` }, { authorization: 'DPoP x' }, { authorization: 'Basic x' }]) {
    assert.equal((await ask(headers))[0], 401, JSON.stringify(headers));
  }
  assert.equal((await ask({}, { query: '?access_token=x' }))[0], 401, 'never in an address');
  const both = await ask({ authorization: 'Bearer x', 'content-type': 'application/x-www-form-urlencoded' }, { method: 'POST', body: 'access_token=x' });
  assert.equal(both[0], 400);
});

test('a page of any origin may ask beforehand, but only where tokens are its credential', async () => {
  const preflight = async (path) => (await fetch(world.origin + path, {
    method: 'OPTIONS', headers: { origin: 'https://spa.example', 'access-control-request-method': 'POST' },
  })).headers.get('access-control-allow-origin');
  for (const path of ['/oauth/token', '/oauth/userinfo', '/oauth/jwks']) assert.equal(await preflight(path), '*', path);
  for (const path of ['/api/v1/me', '/oauth/authorize', '/api/v1/connections']) assert.equal(await preflight(path), null, path);
});

test('the registrar’s desk is closed to others and refuses what cannot be registered', async () => {
  assert.equal((await citizen.client.get('/api/v1/relying-parties')).status, 403);
  const grant = await world.run('staff', 'grant', '--phone', citizen.phone, '--role', 'registrar', '--config', world.configFile);
  assert.equal(grant.code, 0, grant.output);
  const add = async (changes) => {
    const { registration } = await import('./parties.mjs');
    return citizen.client.post('/api/v1/relying-parties', registration(changes));
  };
  const made = await add({});
  assert.equal(made.status, 201, made.text);
  world.secrets.add('client secret', made.json.client_secret);
  const shown = await citizen.client.get(`/api/v1/relying-parties/${made.json.client_id}`);
  assert.equal(shown.json.client_secret, undefined, 'shown once');
  const rotated = await citizen.client.post(`/api/v1/relying-parties/${made.json.client_id}/secret`);
  world.secrets.add('client secret', rotated.json.client_secret);
  const old = await post(world, '/oauth/token', { grant_type: 'client_credentials' }, { basic: made.json });
  assert.equal(old.json.error, 'invalid_client', 'the old secret ended at once');
  for (const [changes, reason] of [
    [{ redirect_uris: ['http://shop.example/cb'] }, 'uri'], [{ redirect_uris: ['https://shop.example/#x'] }, 'uri'],
    [{ redirect_uris: ['https://shop.example/../x'] }, 'uri'], [{ redirect_uris: ['https://*.example/cb'] }, 'uri'],
    [{ redirect_uris: ['https://a.example/cb', 'https://b.example/cb'] }, 'sector'], [{ redirect_uris: [] }, 'nothing'],
    [{ claims: ['password'] }, 'claim'], [{ name_ru: '' }, 'name'], [{ purpose_en: '' }, 'purpose'],
    [{ token_endpoint_auth_method: 'client_secret_post' }, 'auth'], [{ token_endpoint_auth_method: 'private_key_jwt' }, 'keys'],
    [{ service_scopes: ['openid'] }, 'scope'], [{ token_endpoint_auth_method: 'none', service_scopes: ['a'] }, 'public_service'],
  ]) {
    const refused = await add(changes);
    assert.deepEqual([refused.status, refused.json.type], [400, `urn:beresta:problem:relying_party.${reason}`], JSON.stringify(changes));
  }
});
