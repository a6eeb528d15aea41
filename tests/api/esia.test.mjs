// ESIA itself, in each scheme, against the sandbox that checks every signature with the openssl command;
// and everything an ESIA, a thief or a bad day can answer. After each failure the account is what it was.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exchange } from './client.mjs';
import { startWorld } from './harness.mjs';
import {
  assertProblem, assertStatus, goToProvider, leaveForProvider, raise, registerByCall, visitProvider,
} from './people.mjs';

const CLIENT = fileURLToPath(new URL('../esia/client.sh', import.meta.url));
const PROVIDER_SESSION = '/api/v1/identity-provider/session';
const CALLBACK = '/api/v1/identity-provider/callback';
const SCOPES = ['openid', 'fullname', 'birthdate', 'gender', 'snils', 'inn', 'id_doc', 'email', 'mobile', 'addresses'];

function makeCertificate(folder, name, kind) {
  const form = kind === 'gost'
    ? ['-engine', 'gost', '-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A']
    : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
  const key = join(folder, `${name}.key`);
  const run = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  run('genpkey', ...form, '-out', key);
  run('req', ...(kind === 'gost' ? ['-engine', 'gost'] : []), '-x509', '-new', '-days', '2', '-subj', `/CN=${name}`,
    '-key', key, '-out', join(folder, `${name}.pem`));
  chmodSync(key, 0o600);
}

/** A system registered at the sandbox's ESIA, as [esia] of the server's configuration. */
async function esiaSettings(world, kind, more = {}, registered = {}) {
  const folder = join(world.folder, 'esia');
  mkdirSync(folder);
  makeCertificate(folder, 'client', kind);
  await world.sandboxAsks('POST', '/control/esia/clients', {
    client_id: 'BERESTA_TEST', redirect_uris: [`${world.publicUrl}${CALLBACK}`],
    certificate: readFileSync(join(folder, 'client.pem'), 'utf8'), token_alg: kind, ...registered,
  });
  const { text } = await exchange(world.sandboxUrl, 'GET', `/control/esia/certificate?alg=${kind}`);
  writeFileSync(join(folder, 'esia.pem'), text);
  return {
    scheme: 'v2', base_url: `${world.sandboxUrl.replace('127.0.0.1', 'localhost')}/esia`, client_id: 'BERESTA_TEST',
    certificate: join(folder, 'client.pem'), key_file: join(folder, 'client.key'), scopes: SCOPES,
    esia_certificate: join(folder, 'esia.pem'), name_ru: 'ЕСИА', name_en: 'ESIA', timeout_ms: 2000, ...more,
  };
}

const worldWith = (kind, more, registered) => startWorld({
  changes: async (world) => ({
    identity_provider: null, 'identity_provider.esia': null, esia: await esiaSettings(world, kind, more, registered),
  }),
});

const levelOf = async (client) => assertStatus(await client.get('/api/v1/me'), 200).assurance.level;

async function attributesOf(client) {
  const { attributes } = assertStatus(await client.get('/api/v1/me/attributes'), 200);
  return Object.fromEntries(attributes.map((one) => [one.name, one]));
}

/** Somebody of the population whom no other test of this file uses. */
let next = 20;
async function stranger(world) {
  for (;;) {
    next += 1;
    const record = await world.person({ index: next });
    if (record.trusted && record.birth_date < '2000' && record.passport) {
      world.secrets.add('esia e-mail', `citizen-${next}@mail.example`);
      return { record, who: { snils: record.snils, password: 'demo' } };
    }
  }
}

const SCHEMES = [
  ['v2 with GOST', 'gost', {}, {}],
  ['v2 with PKCE, by links', 'gost', { pkce: 'yes', embed: 'no' }, { pkce: true }],
  ['v1 with GOST', 'gost', { scheme: 'v1' }, {}],
  ['v1 with RSA and signed attributes', 'rsa', { scheme: 'v1', cms_attributes: 'signed' }, {}],
];
for (const [name, kind, more, registered] of SCHEMES) {
  describe(name, () => {
    let world;
    before(async () => { world = await worldWith(kind, more, registered); });
    after(() => world.stop());

    test('raises the level with everything ESIA knows, and signs in afterwards', async () => {
      const { client, citizenId } = await registerByCall(world.client());
      const { who, record } = await stranger(world);
      await raise(client, who);
      assert.equal(await levelOf(client), 'verified');
      const of = await attributesOf(client);
      assert.deepEqual(
        [of.family_name.value, of.birth_date.value, of.snils.value.replace(/\D/g, ''), of.inn?.value, of.email.value],
        [record.name.family_name, record.birth_date, record.snils, record.tax?.inn, `citizen-${record.index}@mail.example`]);
      assert.match(of.id_document.value, new RegExp(`^${record.passport.series} ${record.passport.number}, `));
      assert.match(of.registration_address.value, /^4200\d\d, Республика Татарстан, г. Казань, .*, д. \d+, кв. \d+$/);
      assert.equal(of.snils.level, 'verified');
      const other = world.client();
      assert.equal(await goToProvider(other, who, { intent: 'sign_in' }), '/home?result=signed_in');
      assert.equal(assertStatus(await other.get('/api/v1/me'), 200).citizen_id, citizenId);
    });

    test('leaving ends at ESIA too, for whoever came by it', async () => {
      const { client } = await registerByCall(world.client());
      assert.deepEqual(assertStatus(await client.get(PROVIDER_SESSION), 200), {});
      assertProblem(await client.delete(PROVIDER_SESSION), 404, 'provider.no_session');
      const { who } = await stranger(world);
      await raise(client, who);
      assertStatus(await client.delete('/api/v1/sessions/current'), 204);
      assert.equal(assertStatus(await client.get(PROVIDER_SESSION), 200).provider.id, 'esia');
      const { location } = assertStatus(await client.delete(PROVIDER_SESSION), 200);
      const left = await exchange(world.sandboxUrl, 'GET', `${new URL(location).pathname}${new URL(location).search}`);
      assert.equal(left.status, 303, 'ESIA knows the system and the address');
      assert.equal(new URL(left.headers.location).origin, world.publicUrl);
      assert.deepEqual(assertStatus(await client.get(PROVIDER_SESSION), 200), {}, 'it is left once');
    });

    test('leaves a person ESIA has not verified where they are', async () => {
      const { client } = await registerByCall(world.client());
      await world.person({ index: 3 });
      world.secrets.add('esia e-mail', 'citizen-3@mail.example');
      assert.equal(await goToProvider(client, { person: '3' }), '/level?problem=provider.account_not_trusted');
      assert.equal(await levelOf(client), 'phone');
    });
  });
}

describe('an ESIA that refuses, lies or fails', () => {
  let world;
  before(async () => { world = await worldWith('gost'); });
  after(() => world.stop());

  test('its code is in the log for whoever runs the platform', async () => {
    const { client } = await registerByCall(world.client());
    const { who } = await stranger(world);
    await world.sandboxAsks('POST', '/control/esia/refusals', { place: 'token', code: '007015' });
    await goToProvider(client, who);
    const line = world.server.output.split('\n').filter((text) => text.includes('esia.refused')).map(JSON.parse).at(-1);
    assert.match(JSON.stringify(line), /ESIA-007015/);
  });

  async function assertRefused(work, reason) {
    const { client } = await registerByCall(world.client());
    const { who } = await stranger(world);
    assert.equal(await work(client, who), `/level?problem=provider.${reason}`);
    assert.equal(await levelOf(client), 'phone');
    assert.deepEqual(Object.keys(await attributesOf(client)), ['phone']);
  }

  test('the person says no', () =>
    assertRefused((client, who) => goToProvider(client, who, { decision: 'refuse' }), 'refused_by_person'));

  const codes = {
    '007004': 'refused_by_person', '036700': 'refused_by_person', '007019': 'refused_by_person',
    '007055': 'account_not_trusted', '007008': 'unavailable', '007007': 'unavailable', '007015': 'unavailable',
    '007053': 'unavailable', '007002': 'unavailable', '007011': 'refused_token', '007060': 'refused_token',
    '007046': 'refused_token',
  };
  for (const [code, reason] of Object.entries(codes)) {
    test(`ESIA-${code} of the token endpoint is ${reason}`, async () => {
      await world.sandboxAsks('POST', '/control/esia/refusals', { place: 'token', code });
      await assertRefused((client, who) => goToProvider(client, who), reason);
    });
    test(`ESIA-${code} in the callback is ${reason}`, async () => {
      const { client } = await registerByCall(world.client());
      await world.sandboxAsks('POST', '/control/esia/refusals', { place: 'authorize', code });
      const url = await leaveForProvider(client);
      const { pathname, search, origin } = new URL(url);
      const answer = await exchange(origin.replace('localhost', '127.0.0.1'), 'GET', pathname + search);
      const back = new URL(answer.headers.location);
      world.secrets.add('provider state', back.searchParams.get('state'));
      const landed = landing(await client.get(back.pathname + back.search));
      assert.equal(landed, `/level?problem=provider.${reason}`);
      assert.equal(await levelOf(client), 'phone');
    });
  }

  const lies = ['alg_none', 'hs256_with_certificate', 'wrong_aud', 'wrong_issuer', 'foreign_key', 'expired',
    'not_yet_valid', 'bad_signature', 'wrong_kind', 'other_person', 'wrong_state'];
  for (const mode of lies) {
    test(`tokens with ${mode} are not believed`, () => assertRefused((client, who) =>
      world.withFault({ target: 'esia.token', mode }, () => goToProvider(client, who)), 'refused_token'));
  }

  test('a link to another machine ends it: the token stays here', () => assertRefused((client, who) =>
    world.withFault({ target: 'esia.person', mode: 'foreign_link' }, () => goToProvider(client, who)), 'refused_token'));
  test('more links than anybody has end it', () => assertRefused((client, who) =>
    world.withFault({ target: 'esia.person', mode: 'endless_links' }, () => goToProvider(client, who)), 'unavailable'));

  for (const target of ['esia.token', 'esia.person']) {
    for (const mode of ['outage', 'error', 'not_json', 'huge', 'hang', 'drip']) {
      test(`${target} in ${mode} is unavailable, and works when it is back`, async () => {
        await assertRefused((client, who) =>
          world.withFault({ target, mode }, () => goToProvider(client, who)), 'unavailable');
        const { client } = await registerByCall(world.client());
        await raise(client, (await stranger(world)).who);
      });
    }
  }

  test('an answer comes once, for its own browser and its own question', async () => {
    const unknown = '/level?problem=provider.flow_unknown';
    const { client } = await registerByCall(world.client());
    const back = await visitProvider(world, await leaveForProvider(client), (await stranger(world)).who);
    const { client: victim } = await registerByCall(world.client());
    assert.equal(landing(await victim.get(back)), unknown);
    assert.equal(landing(await client.get(back)), unknown);
    assert.equal(await levelOf(client), 'phone');
  });

  test('the code of another sign-in does not fit', async () => {
    const { client } = await registerByCall(world.client());
    const { client: other } = await registerByCall(world.client());
    const back = await visitProvider(world, await leaveForProvider(client), (await stranger(world)).who);
    const otherBack = await visitProvider(world, await leaveForProvider(other), (await stranger(world)).who);
    // ESIA itself would take it, since both are ours: what must not happen is that the answer of one
    // browser ends in the account of the other.
    const codeOf = (path) => /code=([^&]+)/.exec(path)[1];
    landing(await other.get(otherBack));
    const crossed = back.replace(codeOf(back), codeOf(otherBack));
    assert.equal(landing(await client.get(crossed)), '/level?problem=provider.refused_token');
    assert.equal(await levelOf(client), 'phone');
  });

  test('an answer that names another provider is not ours', async () => {
    const { client } = await registerByCall(world.client());
    const back = await visitProvider(world, await leaveForProvider(client), (await stranger(world)).who);
    const landed = landing(await client.get(`${back}&iss=${encodeURIComponent('https://other.example')}`));
    assert.equal(landed, '/level?problem=provider.refused_token');
  });

  test('several parameters at once, doubled and oversized ones change nothing', async () => {
    for (const query of ['?code=x', '?state=x', '?error=access_denied&error_description=ESIA-007004',
      `?code=${'c'.repeat(5000)}&state=x`, '?code=a&code=b&state=x&state=y', '?error_description=%0d%0aLocation:x']) {
      const { client } = await registerByCall(world.client());
      const response = await client.get(CALLBACK + query);
      if (response.status === 303) assert.match(response.headers.location, /^\/(level|sign-in)\?problem=/);
      else assert.ok(response.status >= 400 && response.status < 500, response.text);
      assert.equal(await levelOf(client), 'phone');
    }
  });
});

describe('a client of the openssl command and curl', () => {
  let world;
  before(async () => { world = await startWorld({ server: false }); });
  after(() => world.stop({ logs: false }));

  for (const [scheme, kind] of [['v2', 'gost'], ['v1', 'gost'], ['v1', 'rsa']]) {
    test(`passes in ${scheme} with ${kind}`, () => {
      const sandbox = world.sandboxUrl.replace('127.0.0.1', 'localhost');
      const output = execFileSync(CLIENT, [scheme, kind, sandbox], { encoding: 'utf8' });
      assert.equal(output.match(/^ok /gm).length, 8, output);
    });
  }
});

describe('a configuration that cannot work', () => {
  let world;
  before(async () => {
    world = await startWorld({
      server: false,
      changes: async (started) => ({
        identity_provider: null, 'identity_provider.esia': null, esia: await esiaSettings(started, 'rsa', {}),
      }),
    });
  });
  after(() => world.stop({ logs: false }));

  test('is told at start: v2 takes no RSA key, and a key must be closed to others', async () => {
    const serve = () => world.run('serve', '--config', world.configFile);
    const rsa = await serve();
    assert.notEqual(rsa.code, 0);
    assert.match(rsa.output, /esia\.key_not_gost/);
    chmodSync(join(world.folder, 'esia', 'client.key'), 0o644);
    const open = await serve();
    assert.notEqual(open.code, 0);
    assert.match(open.output, /key\.permissions_too_open/);
  });

  test('contradictions are found by config check', async () => {
    const check = async (...settings) =>
      world.run('config', 'check', '--config', world.configFile, ...settings.flatMap((one) => ['--set', one]));
    assert.match((await check('esia.key_uri=pkcs11:token=a')).output, /key_file and esia.key_uri are both set/);
    assert.match((await check('esia.scopes=fullname')).output, /does not hold openid/);
    assert.match((await check('esia.scheme=v3')).output, /v1 or v2/);
    assert.match((await check('esia.key_uri=pkcs11:token=a;pin-value=1', 'esia.key_file=')).output, /holds no PIN/);
  });
});

/** Where the browser is led. */
function landing(response) {
  assertStatus(response, 303);
  return response.headers.location;
}
