import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import * as client from 'openid-client';
import { Browser } from '../testing/browser.js';
import type { Visit } from '../testing/browser.js';
import { callbackUri, clearFaults, setFault, startWorld } from '../testing/world.js';
import type { World } from '../testing/world.js';

const allScopes = 'openid profile snils inn id_doc phone';

let world: World;
let config: client.Configuration;

function discover(of: World): Promise<client.Configuration> {
  return client.discovery(
    new URL(`${of.sandbox.publicUrl}/idp`),
    'beresta',
    undefined,
    client.ClientSecretBasic('demo-client-secret'),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
}

before(async () => {
  world = await startWorld();
  config = await discover(world);
});
afterEach(() => clearFaults(world));
after(() => world.sandbox.close());

interface Attempt {
  readonly verifier: string;
  readonly nonce: string;
  readonly state: string;
  readonly url: URL;
}

async function attempt(scope = allScopes): Promise<Attempt> {
  const verifier = client.randomPKCECodeVerifier();
  const nonce = client.randomNonce();
  const state = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callbackUri,
    scope,
    nonce,
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { verifier, nonce, state, url };
}

/** Opens the sign-in, gives the login form these fields, and stops at the consent page. */
async function logIn(browser: Browser, start: Attempt, fields: Record<string, string>): Promise<Visit> {
  const login = await browser.open(start.url);
  assert.equal(login.status, 200);
  assert.match(login.text, /id="person-0"/);
  return browser.submit(`${login.url.origin}${login.url.pathname}/login`, fields);
}

async function signIn(start: Attempt, fields: Record<string, string>, answer: 'allow' | 'refuse' = 'allow'): Promise<URL> {
  const browser = new Browser(callbackUri);
  const consent = await logIn(browser, start, fields);
  assert.match(consent.text, /id="allow"/);
  const end = await browser.submit(`${consent.url.origin}${consent.url.pathname}/${answer}`, {});
  assert.ok(end.url.href.startsWith(callbackUri), end.url.href);
  return end.url;
}

async function exchange(start: Attempt, back: URL): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
  return client.authorizationCodeGrant(config, back, {
    pkceCodeVerifier: start.verifier,
    expectedNonce: start.nonce,
    expectedState: start.state,
    idTokenExpected: true,
  });
}

async function tokensOf(fields: Record<string, string>): Promise<Awaited<ReturnType<typeof exchange>>> {
  const start = await attempt();
  return exchange(start, await signIn(start, fields));
}

test('a verified person signs in and passes on what was asked', async () => {
  const tokens = await tokensOf({ person: '0' });
  const claims = tokens.claims();
  assert.ok(claims);
  assert.equal(claims['trusted'], true);
  assert.equal(claims['acr'], 'urn:beresta:sandbox:acr:verified');
  const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.deepEqual(
    [info.family_name, info.given_name, info.middle_name, info.birthdate, info.gender],
    ['Галиева', 'Алсу', 'Маратовна', '1988-05-14', 'female'],
  );
  assert.deepEqual([info['snils'], info.phone_number, info['trusted']], ['11223344595', '+79175550142', true]);
  assert.equal(info['acr'], 'urn:beresta:sandbox:acr:verified');
  const document = info['id_doc'] as Record<string, string>;
  assert.deepEqual(Object.keys(document).sort(), ['issue_date', 'issue_id', 'issued_by', 'number', 'series', 'type']);
  assert.match(String(info['inn']), /^\d{12}$/);
});

test('a person who is not verified is said to be so, in both places', async () => {
  const tokens = await tokensOf({ person: '3' });
  const claims = tokens.claims();
  assert.deepEqual([claims?.['trusted'], claims?.['acr']], [false, 'urn:beresta:sandbox:acr:unverified']);
  const info = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
  assert.equal(info['trusted'], false);
});

test('only the scopes asked for are passed on', async () => {
  const start = await attempt('openid snils');
  const tokens = await exchange(start, await signIn(start, { person: '0' }));
  const info = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
  assert.deepEqual(Object.keys(info).sort(), ['acr', 'snils', 'sub', 'trusted']);
});

test('anyone of the population signs in by SNILS and password', async () => {
  const adult = Array.from({ length: 60 }, (_, index) => world.sandbox.population.at(index + 8))
    .find((person) => person?.passport);
  assert.ok(adult);
  const tokens = await tokensOf({ snils: adult.snils, password: 'demo' });
  assert.equal(tokens.claims()?.sub, adult.sub);
});

test('a wrong password and a child do not get in, and are told why', async () => {
  const child = Array.from({ length: 200 }, (_, index) => world.sandbox.population.at(index + 8))
    .find((person) => person && person.birth_date > '2016');
  const wrong = await logIn(new Browser(callbackUri), await attempt(), { snils: '112-233-445 95', password: 'no' });
  assert.equal(wrong.status, 401);
  assert.match(wrong.text, /id="login-error"/);
  const young = await logIn(new Browser(callbackUri), await attempt(), { snils: child?.snils ?? '', password: 'demo' });
  assert.equal(young.status, 401);
  assert.match(young.text, /14/);
});

test('refusing leads back with access_denied, at login and at consent', async () => {
  const start = await attempt();
  const back = await signIn(start, { person: '0' }, 'refuse');
  assert.equal(back.searchParams.get('error'), 'access_denied');
  assert.equal(back.searchParams.get('state'), start.state);
  const browser = new Browser(callbackUri);
  const login = await browser.open((await attempt()).url);
  const away = await browser.submit(`${login.url.origin}${login.url.pathname}/refuse`, {});
  assert.equal(away.url.searchParams.get('error'), 'access_denied');
});

test('one browser may sign in as one person after another', async () => {
  const browser = new Browser(callbackUri);
  const subs: string[] = [];
  for (const person of ['0', '1']) {
    const start = await attempt();
    const consent = await logIn(browser, start, { person });
    const end = await browser.submit(`${consent.url.origin}${consent.url.pathname}/allow`, {});
    subs.push((await exchange(start, end.url)).claims()?.sub ?? '');
  }
  assert.deepEqual(subs, [world.sandbox.population.at(0)?.sub, world.sandbox.population.at(1)?.sub]);
});

test('the consent page names each value in both languages', async () => {
  const browser = new Browser(callbackUri);
  const consent = await logIn(browser, await attempt(), { person: '0' });
  const russian = await browser.open(`${consent.url.href}?lang=ru`);
  for (const word of ['Передать данные', 'Галиева Алсу Маратовна', '112-233-445 95', '14 мая 1988']) {
    assert.ok(russian.text.includes(word), word);
  }
  const english = await browser.open(`${consent.url.href}?lang=en`);
  assert.ok(english.text.includes('14 May 1988'));
});

test('consent cannot be given before signing in', async () => {
  const browser = new Browser(callbackUri);
  const login = await browser.open((await attempt()).url);
  const early = await browser.submit(`${login.url.origin}${login.url.pathname}/allow`, {});
  assert.equal(early.status, 400);
});

test('requests without PKCE or nonce, or to a foreign callback, are refused', async () => {
  const error = async (change: (query: URLSearchParams) => void): Promise<{ end: Visit; error: string | null }> => {
    const { url } = await attempt();
    change(url.searchParams);
    const end = await new Browser(callbackUri).open(url);
    return { end, error: end.url.searchParams.get('error') };
  };
  assert.equal((await error((query) => query.delete('nonce'))).error, 'invalid_request');
  assert.equal((await error((query) => {
    query.delete('code_challenge');
    query.delete('code_challenge_method');
  })).error, 'invalid_request');
  assert.equal((await error((query) => query.set('code_challenge_method', 'plain'))).error, 'invalid_request');
  const foreign = await error((query) => query.set('redirect_uri', 'http://localhost:9/elsewhere'));
  assert.equal(foreign.end.status, 400);
  assert.match(foreign.end.text, /data-error="invalid_redirect_uri"/);
});

test('a code works once', async () => {
  const start = await attempt();
  const back = await signIn(start, { person: '0' });
  await exchange(start, back);
  await assert.rejects(exchange(start, back), { error: 'invalid_grant' });
});

const evil: [mode: string, complaint: RegExp][] = [
  ['alg_none', /alg/i],
  ['wrong_aud', /"aud"/],
  ['wrong_nonce', /"nonce"/],
  ['wrong_issuer', /"iss"/],
  ['expired', /"exp"/],
  ['foreign_key', /signature/],
  ['bad_signature', /signature/],
];

for (const [mode, complaint] of evil) {
  test(`an independent relying party refuses the id_token of ${mode}, and for that reason`, async () => {
    await setFault(world, { target: 'idp', mode, times: 1 });
    await assert.rejects(tokensOf({ person: '0' }), (error: Error) => {
      const words = [error.message, (error.cause as Error | undefined)?.message ?? '', JSON.stringify(error.cause ?? '')].join(' ');
      assert.match(words, complaint);
      return true;
    });
    assert.ok((await tokensOf({ person: '0' })).id_token);
  });
}

test('userinfo about another person is refused', async () => {
  const tokens = await tokensOf({ person: '0' });
  await setFault(world, { target: 'idp.userinfo', mode: 'wrong_sub' });
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? ''));
});

test('discovery may be down and the token endpoint slow', async () => {
  await setFault(world, { target: 'idp.discovery', mode: 'outage' });
  await assert.rejects(discover(world));
  await setFault(world, { target: 'idp.discovery', mode: 'error', status: 500 });
  await assert.rejects(discover(world));
  await setFault(world, { target: 'idp.token', mode: 'delay', delay_ms: 300 });
  const start = await attempt();
  const back = await signIn(start, { person: '0' });
  const began = performance.now();
  await exchange(start, back);
  assert.ok(performance.now() - began >= 295);
});

test('RS256 is there for those who want it', async () => {
  const other = await startWorld({ signingAlgorithm: 'RS256' });
  try {
    const metadata = (await discover(other)).serverMetadata();
    assert.deepEqual(metadata.id_token_signing_alg_values_supported, ['RS256']);
  } finally {
    await other.sandbox.close();
  }
});
