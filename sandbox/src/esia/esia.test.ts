// The strictness of ESIA, one wrong thing at a time: each has the code that is documented for it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { callbackUri, startWorld } from '../testing/world.js';
import type { World } from '../testing/world.js';
import { Openssl } from './openssl.js';
import { parseTimestamp } from './request.js';

const openssl = new Openssl();
const scope = 'openid fullname snils';
let world: World;

before(async () => {
  world = await startWorld();
  await openssl.makeCertificate(openssl.folder, 'client', 'gost');
  await openssl.makeCertificate(openssl.folder, 'other', 'gost');
  await openssl.makeCertificate(openssl.folder, 'old', 'rsa');
  await register({ client_id: 'NEW', certificate: pem('client') });
  await register({ client_id: 'PKCE', certificate: pem('client'), pkce: true });
  await register({ client_id: 'OLD', certificate: pem('old'), token_alg: 'rsa' });
});
after(async () => {
  await world.sandbox.close();
  openssl.close();
});

const pem = (name: string): string => readFileSync(join(openssl.folder, `${name}.pem`), 'utf8');
const url = (path: string): string => `${world.base}/esia/aas/oauth2/${path}`;

async function register(client: object): Promise<void> {
  const body = JSON.stringify({ redirect_uris: [callbackUri], ...client });
  assert.equal((await fetch(`${world.base}/control/esia/clients`, { method: 'POST', body })).status, 204);
}

function timestampOf(moment: Date): string {
  return moment.toISOString().replace(/-/g, '.').replace('T', ' ').slice(0, 19) + ' +0000';
}

type Fields = Record<string, string>;

/** A request of the second scheme, signed over what it says after `changes`; undefined leaves one out. */
async function signed(extra: Fields, changes: Record<string, string | undefined> = {}, signer = 'client'): Promise<URLSearchParams> {
  const fields: Record<string, string | undefined> = {
    client_id: 'NEW', scope, timestamp: timestampOf(new Date()), state: randomUUID(), redirect_uri: callbackUri,
    client_certificate_hash: await openssl.certificateHash(pem('client')), ...extra, ...changes,
  };
  const text = ['client_id', 'scope', 'scope_org', 'timestamp', 'state', 'redirect_uri', 'code'].map((name) => fields[name] ?? '').join('');
  const signature = await openssl.sign(text, join(openssl.folder, `${signer}.key`), 'gost');
  const all = { client_secret: signature.toString('base64url'), ...fields };
  return new URLSearchParams(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

const authorization = (changes: Record<string, string | undefined> = {}, signer = 'client'): Promise<URLSearchParams> =>
  signed({ response_type: 'code', access_type: 'online' }, changes, signer);

/** What the authorization request comes back with: the code of a refusal, or "page". */
async function ask(query: URLSearchParams, path = 'v2/ac'): Promise<string> {
  const response = await fetch(`${url(path)}?${query}`, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (location?.startsWith('/esia/interaction/')) return 'page';
  return codeIn(location ? new URL(location).searchParams.get('error_description') ?? '' : await response.text());
}

const codeIn = (text: string): string => /ESIA-(\d{6})/.exec(text)?.[1] ?? text;

async function codeFor(changes: Record<string, string> = {}, person = '0'): Promise<string> {
  const response = await fetch(`${url('v2/ac')}?${await authorization(changes)}`, { redirect: 'manual' });
  const page = new URL(response.headers.get('location') ?? '', world.base).href;
  await fetch(`${page}/login`, { method: 'POST', body: new URLSearchParams({ person }), redirect: 'manual' });
  const back = await fetch(`${page}/allow`, { method: 'POST', redirect: 'manual' });
  return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly error_description?: string;
}

async function redeem(body: URLSearchParams): Promise<TokenAnswer> {
  return (await fetch(url('v3/te'), { method: 'POST', body })).json() as Promise<TokenAnswer>;
}

const tokenRequest = (code: string, changes: Record<string, string | undefined> = {}): Promise<URLSearchParams> =>
  signed({ code, grant_type: 'authorization_code', token_type: 'Bearer' }, changes);

test('a proper authorization request leads to the page', async () => {
  assert.equal(await ask(await authorization()), 'page');
  assert.equal(await ask(await authorization({ scope_org: 'org_ogrn' })), 'page');
});

test('each wrong parameter has its own code', async () => {
  const now = Date.now();
  const cases: [Record<string, string | undefined>, string][] = [
    [{ client_id: 'NOBODY' }, '008010'],
    [{ client_id: undefined }, '007014'],
    [{ redirect_uri: 'https://evil.example/' }, '007023'],
    [{ redirect_uri: `${callbackUri}/` }, '007023'],
    [{ scope: undefined }, '007013'],
    [{ scope: 'openid everything' }, '007006'],
    [{ scope: 'openid  fullname' }, '007006'],
    [{ scope_org: 'openid' }, '007006'],
    [{ timestamp: undefined }, '007014'],
    [{ timestamp: timestampOf(new Date(now - 301_000)) }, '007015'],
    [{ timestamp: timestampOf(new Date(now + 305_000)) }, '007015'],
    [{ timestamp: new Date(now).toISOString() }, '007015'],
    [{ state: undefined }, '007014'],
    [{ state: 'abc' }, '007003'],
    [{ response_type: 'token' }, '007012'],
    [{ response_type: undefined }, '007014'],
    [{ access_type: 'always' }, '007003'],
    [{ access_type: undefined }, '007014'],
    [{ client_secret: undefined }, '007014'],
    [{ client_secret: 'AAAA' }, '007053'],
    [{ client_certificate_hash: undefined }, '007014'],
    [{ client_certificate_hash: (await openssl.certificateHash(pem('client'))).toLowerCase() }, '007053'],
    [{ client_id: 'PKCE' }, '007039'],
    [{ person_filter: 'nobody' }, '007003'],
    [{ code_challenge: 'x', code_challenge_method: 'S256' }, '007003'],
  ];
  for (const [changes, code] of cases) assert.equal(await ask(await authorization(changes)), code, JSON.stringify(changes));
  const twice = await authorization();
  twice.append('scope', scope);
  assert.equal(await ask(twice), '007003');
});

test('a signature over other values, by another key or for the other scheme is refused', async () => {
  const changed = await authorization();
  changed.set('state', randomUUID());
  assert.equal(await ask(changed), '007053');
  assert.equal(await ask(await authorization({}, 'other')), '007053');
  assert.equal(await ask(await authorization(), 'ac'), '007053');
});

test('a request serves once', async () => {
  const request = await authorization();
  assert.equal(await ask(request), 'page');
  assert.equal(await ask(request), '007003');
});

test('a code serves once, its own system, address and scheme', async () => {
  const code = await codeFor();
  assert.ok((await redeem(await tokenRequest(code))).access_token);
  assert.equal(codeIn((await redeem(await tokenRequest(code))).error_description ?? ''), '007011');
  const foreign = await redeem(await tokenRequest(await codeFor(), { client_id: 'PKCE' }));
  assert.equal(codeIn(foreign.error_description ?? ''), '007011');
  const wider = await redeem(await tokenRequest(await codeFor(), { scope: `${scope} inn` }));
  assert.equal(codeIn(wider.error_description ?? ''), '007006');
  const unsigned = await tokenRequest(await codeFor());
  unsigned.set('code', randomUUID());
  assert.equal(codeIn((await redeem(unsigned)).error_description ?? ''), '007053', 'the code is signed');
  const password = await redeem(await tokenRequest(await codeFor(), { grant_type: 'password' }));
  assert.equal(codeIn(password.error_description ?? ''), '007012');
  assert.match(await (await fetch(url('v3/te'))).text(), /ESIA-007009/);
});

test('a verifier must be the one of the challenge', async () => {
  const verifier = 'v'.repeat(43);
  const challenge = (await openssl.streebog(verifier)).toString('base64url');
  const changes = { client_id: 'PKCE', code_challenge: challenge, code_challenge_method: 'GOST3411' };
  const wrong = await redeem(await tokenRequest(await codeFor(changes), { client_id: 'PKCE', code_verifier: 'w'.repeat(43) }));
  assert.equal(codeIn(wrong.error_description ?? ''), '007040');
  const right = await redeem(await tokenRequest(await codeFor(changes), { client_id: 'PKCE', code_verifier: verifier }));
  assert.ok(right.access_token);
});

test('a refresh token comes with offline access and serves once', async () => {
  const first = await redeem(await tokenRequest(await codeFor({ access_type: 'offline' })));
  const refresh = (): Promise<URLSearchParams> =>
    signed({ grant_type: 'refresh_token', token_type: 'Bearer', refresh_token: first.refresh_token ?? '' });
  assert.ok((await redeem(await refresh())).refresh_token);
  assert.equal(codeIn((await redeem(await refresh())).error_description ?? ''), '007011');
  assert.equal((await redeem(await tokenRequest(await codeFor()))).refresh_token, undefined);
});

test('the person is behind the token, for its scopes', async () => {
  const { access_token } = await redeem(await tokenRequest(await codeFor()));
  const get = async (path: string, token = access_token): Promise<Response> =>
    fetch(`${world.base}/esia/rs/prns/${path}`, { headers: { Authorization: `Bearer ${token}` } });
  const person = (await (await get('1000300000')).json()) as Record<string, unknown>;
  assert.deepEqual([person['snils'], person['inn'], person['trusted']], ['112-233-445 95', undefined, true]);
  assert.equal((await get('1000300001')).status, 403);
  assert.equal((await get('1000300000', 'other')).status, 401);
  assert.equal((await get('1000300000/docs')).status, 403);
  assert.equal((await get('1000300000?embed=everything')).status, 400);
});

test('an unverified person is refused where the system asks for confirmed accounts', async () => {
  const response = await fetch(`${url('v2/ac')}?${await authorization({ person_filter: 'conf_acc' })}`, { redirect: 'manual' });
  const page = new URL(response.headers.get('location') ?? '', world.base).href;
  const back = await fetch(`${page}/login`, { method: 'POST', body: new URLSearchParams({ person: '3' }), redirect: 'manual' });
  assert.match(new URL(back.headers.get('location') ?? '').searchParams.get('error_description') ?? '', /^ESIA-007055/);
});

test('logout leads to addresses of the system only', async () => {
  const leave = async (query: string): Promise<Response> =>
    fetch(`${world.base}/esia/idp/ext/Logout?${query}`, { redirect: 'manual' });
  const good = await leave('client_id=NEW&redirect_url=http%3A%2F%2Flocalhost%3A9%2F');
  assert.equal(good.headers.get('location'), 'http://localhost:9/');
  assert.equal((await leave('client_id=NEW&redirect_url=https%3A%2F%2Fevil.example')).status, 400);
  assert.equal((await leave('client_id=NEW&redirect_uri=http%3A%2F%2Flocalhost%3A9%2F')).status, 400);
});

test('timestamps have their own form and any offset', () => {
  assert.equal(parseTimestamp('2026.11.22 09:42:45 +0300'), Date.parse('2026-11-22T06:42:45Z'));
  for (const text of ['2026-11-22 09:42:45 +0300', '2026.11.22 09:42:45+0300', '2026.11.22 09:42:45 +03:00', '2026.13.22 09:42:45 +0300', '']) {
    assert.throws(() => parseTimestamp(text), /007015/, text);
  }
});

interface EsiaStrategy {
  redirect: (location: string) => void;
  error: (error: unknown) => void;
  authenticate(request: object): void;
}

test('npm passport-esia is accepted with its CMS of RSA', async () => {
  // It writes midnight as 24:00 and every offset with a plus: a zone without either is chosen.
  process.env['TZ'] = new Date().getUTCHours() === 21 ? 'Etc/GMT-5' : 'Etc/GMT-3';
  const require = createRequire(import.meta.url);
  const Strategy = require('passport-esia') as new (options: object, verify: () => void) => EsiaStrategy;
  const forge = createRequire(require.resolve('passport-esia'))('node-forge') as {
    pki: { certificateFromPem(text: string): unknown; privateKeyFromPem(text: string): unknown };
  };
  const strategy = new Strategy({
    clientID: 'OLD', clientSecret: 'unused', callbackURL: callbackUri, scope, authorizationURL: url('ac'), tokenURL: url('te'),
    certificate: forge.pki.certificateFromPem(pem('old')),
    key: forge.pki.privateKeyFromPem(readFileSync(join(openssl.folder, 'old.key'), 'utf8')),
  }, () => undefined);
  const location = await new Promise<string>((resolve, reject) => {
    strategy.redirect = resolve;
    strategy.error = reject;
    strategy.authenticate({ query: {}, session: {}, headers: {} });
  });
  assert.equal(await ask(new URL(location).searchParams, 'ac'), 'page');
});

const shellClient = fileURLToPath(new URL('../../../tests/esia/client.sh', import.meta.url));
for (const [scheme, kind] of [['v2', 'gost'], ['v1', 'gost'], ['v1', 'rsa']] as const) {
  test(`a client of a shell, openssl and curl passes in ${scheme} with ${kind}`, async () => {
    const { stdout } = await promisify(execFile)(shellClient, [scheme, kind, world.sandbox.publicUrl]);
    assert.equal(stdout.match(/^ok /gm)?.length, 8, stdout);
  });
}
