// Bodies nobody should send, to every route that takes one, as the contract lists them. Each is told in words
// what is wrong; none is half carried out.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { contract, operations } from './contract.mjs';
import { startWorld } from './harness.mjs';
import { registration } from './parties.mjs';
import { assertProblem, assertStatus, raise, reasonOf, registerByCall } from './people.mjs';

let world;
let citizen;
let party; // a relying party of the register, for routes about one
before(async () => {
  world = await startWorld();
  citizen = await registerByCall(world.client());
  await raise(citizen.client);
  for (const role of ['registrar', 'data_protection_officer']) {
    const grant = ['--phone', citizen.phone, '--role', role, '--config', world.configFile];
    assert.equal((await world.run('staff', 'grant', ...grant)).code, 0);
  }
  party = assertStatus(await citizen.client.post('/api/v1/relying-parties', registration({})), 201);
  world.secrets.add('client secret', party.client_secret);
});
after(() => world.stop());

const resolve = (schema) => (schema.$ref ? contract.components.schemas[schema.$ref.split('/').at(-1)] : schema);

/** A body the schema allows; whether the server likes its values is another matter. */
function exampleOf(given) {
  const schema = resolve(given);
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object') {
    const names = schema.required ?? schema.oneOf?.[0].required ?? Object.keys(schema.properties).slice(0, 1);
    return Object.fromEntries(names.map((name) => [name, exampleOf(schema.properties[name])]));
  }
  if (schema.type === 'array') return [exampleOf(schema.items)];
  if (schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return false;
  if (schema.pattern?.startsWith('^[0-9a-f]{8}-')) return '01890a5d-ac96-774b-bcce-b302099a8057';
  if (schema.pattern === '^[0-9a-f]{64}$') return 'a'.repeat(64);
  return schema.pattern === '^[0-9]{4,14}$' ? '00000' : 'AAAA';
}

const routes = operations.filter(({ operation }) => operation.requestBody?.content['application/json']).map((one) => ({
  ...one,
  path: one.template.replace('{purpose}', 'registry_documents').replace('{name}', 'preferred_name').replace('{kind}', 'agreement')
    .replace(/\{(?!client_id)[a-z_]+\}/, '01890a5d-ac96-774b-bcce-b302099a8057'),
  schema: one.operation.requestBody.content['application/json'].schema,
}));

test('the contract has routes with bodies', () => assert.ok(routes.length >= 12, String(routes.length)));

for (const { operationId, method, path, schema } of routes) {
  describe(operationId, () => {
    const send = (body, headers = { 'content-type': 'application/json' }) =>
      citizen.client.roam().call(method, path.replace('{client_id}', party.client_id), { body, headers });
    const text = JSON.stringify(exampleOf(schema));
    const first = Object.keys(exampleOf(schema))[0];
    const with_ = (addition) => `${text.slice(0, -1)},${addition}}`;
    const withBytes = (...bytes) =>
      Buffer.concat([Buffer.from(`${text.slice(0, -1)},"x":"`), Buffer.from(bytes), Buffer.from('"}')]);

    const malformed = {
      'nothing at all': '',
      'not JSON': 'phone=1&channel=call',
      'cut short': text.slice(0, -1),
      'two values': `${text}${text}`,
      'a trailing comma': `${text.slice(0, -1)},}`,
      'a comment': `/* hi */${text}`,
      'bytes that are not UTF-8': withBytes(0xff, 0xfe),
      'an overlong UTF-8 zero': withBytes(0xc0, 0x80),
      'a byte order mark': `\uFEFF${text}`,
      'NaN': with_('"x":NaN'),
      'single quotes': text.replaceAll('"', "'"),
      'a zero inside a string': with_('"x":"a\\u0000b"'),
      'a control character inside a string': with_('"x":"a\nb"'),
    };
    for (const [what, body] of Object.entries(malformed)) {
      test(`${what} is refused`, async () => {
        const response = await send(body);
        assert.equal(response.status, 400, response.text);
        assert.match(reasonOf(response), /^json\./);
      });
    }

    test('a lone surrogate is refused', async () => {
      assertProblem(await send(with_('"x":"\\ud800"')), 400, 'json.surrogate');
      assertProblem(await send(with_('"x":"\\udc00\\ud800"')), 400, 'json.surrogate');
    });
    test('a member given twice is refused, whichever came first', async () => {
      const again = JSON.stringify(exampleOf(schema)[first]);
      assertProblem(await send(with_(`"${first}":${again}`)), 400, 'json.duplicate_key');
      assertProblem(await send(with_(`"\\u00${first.charCodeAt(0).toString(16)}${first.slice(1)}":${again}`)),
        400, 'json.duplicate_key');
    });
    test('a depth nobody needs is refused', async () => {
      const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
      assertProblem(await send(with_(`"x":${deep}`)), 400, 'json.too_deep');
      assertProblem(await send('['.repeat(5000)), 400, 'json.too_deep');
    });
    test('an unknown member is refused', async () => {
      assertProblem(await send(with_('"is_admin":true')), 400, 'json.unknown_member');
    });
    test('another kind of value is refused', async () => {
      for (const body of ['[]', '"text"', 'null', '42', 'true']) {
        assertProblem(await send(body), 400, 'json.not_object');
      }
    });
    test('a missing member is refused', async () => {
      const response = await send('{}');
      assert.equal(response.status, 400, response.text);
      assert.match(reasonOf(response), /^(json\.member_missing|verify\.no_code|json\.member_type|second_factor\.one_of_them)$/);
    });
    test('each member of another type is refused', async () => {
      for (const [name, value] of Object.entries(exampleOf(schema))) {
        for (const wrong of [{}, [[]], null, typeof value === 'number' ? 'one' : 17, true]) {
          if (typeof wrong === typeof value && Array.isArray(wrong) === Array.isArray(value)) continue;
          const response = await send(JSON.stringify({ ...exampleOf(schema), [name]: wrong }));
          assert.equal(response.status, 400, `${name}=${JSON.stringify(wrong)}: ${response.text}`);
        }
      }
    });
    test('another media type is refused', async () => {
      const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x',
        'application/xml', ''];
      for (const type of types) {
        assertProblem(await send(text, { 'content-type': type }), 415, 'http.media_type');
      }
      assertProblem(await send(text, {}), 415, 'http.media_type');
    });
    test('a media type with a parameter is fine', async () => {
      const response = await send(text, { 'content-type': 'application/json; charset=utf-8' });
      assert.notEqual(response.status, 415);
    });
    test('a body that is too large is refused', async () => {
      const response = await send(with_(`"x":"${'x'.repeat(2 * 1024 * 1024)}"`));
      assertProblem(response, 413, 'http.body_too_large');
    });
  });
}

test('after all this the citizen is as before', async () => {
  const client = citizen.client.roam();
  assert.equal(assertStatus(await client.get('/api/v1/me'), 200).assurance.level, 'verified');
  assert.equal(assertStatus(await client.get('/api/v1/sessions'), 200).sessions.length, 1);
});

describe('requests that are not quite HTTP', () => {
  /** Writes bytes to a socket and reads until the server closes. */
  const raw = (bytes, { half = false } = {}) => new Promise((resolve, reject) => {
    const socket = net.connect(world.port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(15_000, () => socket.destroy(new Error('the connection stays open')));
    socket.on('data', (part) => { answer += part; });
    socket.on('error', (error) => (error.code === 'ECONNRESET' ? resolve(answer) : reject(error)));
    socket.on('close', () => resolve(answer));
    socket.write(bytes);
    if (half) socket.end();
  });
  const statusOf = (answer) => Number(answer.slice(9, 12));
  const post = (headers, body) =>
    `POST /api/v1/challenges HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;

  const cases = {
    'two lengths': [post('Content-Length: 2\r\nContent-Length: 4\r\n', '{}'), 400],
    'length and chunks': [post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 400],
    'a negative length': [post('Content-Length: -1\r\n', ''), 400],
    'a length in hexadecimal': [post('Content-Length: 0x2\r\n', '{}'), 400],
    'an endless length': [post('Content-Length: 99999999999999999999999\r\n', ''), 400],
    'a space before the colon': ['GET /api/v1/me HTTP/1.1\r\nHost : localhost\r\n\r\n', 400],
    'a folded header': ['GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n x\r\n\r\n', 400],
    'no host': ['GET /api/v1/me HTTP/1.1\r\n\r\n', 400],
    'two hosts': ['GET /api/v1/me HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    'another protocol': ['GET /api/v1/me HTTP/3.7\r\nHost: localhost\r\n\r\n', 505],
    'binary rubbish': [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0x0d, 0x0a, 0x0d, 0x0a]), 400],
    'a header of 20 KiB': [`GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    'an address of 9 KiB': [`GET /${'x'.repeat(9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 414],
    'a zero byte in the path': ['GET /api/v1/me\0 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  };
  for (const [what, [bytes, status]] of Object.entries(cases)) {
    test(`${what}: ${status}, and the connection is closed`, async () => {
      const answer = await raw(bytes);
      assert.equal(statusOf(answer), status, answer.slice(0, 300));
      assert.match(answer, /application\/problem\+json/);
      assert.match(answer, /"type":"urn:beresta:problem:http\./);
    });
  }

  test('paths that climb out of the folder lead nowhere', async () => {
    const paths = ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/assets/..%5c..%5cx',
      '//etc/passwd'];
    for (const path of paths) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      assert.ok([400, 404].includes(statusOf(answer)), `${path}: ${answer.slice(0, 60)}`);
      assert.ok(!answer.includes('root:'));
    }
  });

  test('two pipelined requests are answered in order', async () => {
    const one = 'GET /api/v1/configuration HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const two = 'GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const answer = await raw(one + two);
    assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 404']);
  });
});
