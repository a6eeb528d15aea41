import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions, UsageError } from './options.js';

test('everything has a default', () => {
  assert.deepEqual(parseOptions([], {}), {
    port: 8701,
    host: '127.0.0.1',
    smppPort: undefined,
    sipPort: undefined,
    mailPort: 0,
    publicUrl: undefined,
    redirectUris: [],
    population: 10_000,
    seed: 'beresta',
    slowMs: 6000,
    clinicIssuer: undefined,
    clinicClientFile: undefined,
    esiaFolder: undefined,
    signingAlgorithm: 'ES256',
  });
});

test('the command line wins over the environment', () => {
  const environment = {
    SANDBOX_PORT: '1',
    SANDBOX_SEED: 'from-environment',
    SANDBOX_REDIRECT_URIS: 'http://localhost:1/a,http://localhost:1/b',
  };
  const fromEnvironment = parseOptions([], environment);
  assert.deepEqual([fromEnvironment?.port, fromEnvironment?.seed], [1, 'from-environment']);
  assert.deepEqual(fromEnvironment?.redirectUris, ['http://localhost:1/a', 'http://localhost:1/b']);
  const fromArguments = parseOptions(['--port', '2', '--redirect-uri', 'http://localhost:2/c'], environment);
  assert.equal(fromArguments?.port, 2);
  assert.deepEqual(fromArguments?.redirectUris, ['http://localhost:2/c']);
});

test('the public address loses its slash, and the help asks for nothing', () => {
  assert.equal(parseOptions(['--public-url', 'http://localhost:8701/'], {})?.publicUrl, 'http://localhost:8701');
  assert.equal(parseOptions(['--help'], {}), undefined);
});

test('mistakes are named', () => {
  const mistakes: [string[], RegExp][] = [
    [['--port', '70000'], /--port/],
    [['--port', ''], /--port/],
    [['--smpp-port', 'many'], /--smpp-port/],
    [['--sip-port', '70000'], /--sip-port/],
    [['--population', '7'], /--population/],
    [['--population', '1000001'], /--population/],
    [['--public-url', 'http://localhost/path'], /--public-url/],
    [['--redirect-uri', 'javascript:alert(1)'], /--redirect-uri/],
    [['--redirect-uri', 'http://localhost/cb#x'], /--redirect-uri/],
    [['--signing-alg', 'none'], /--signing-alg/],
    [['--what'], /--what/],
  ];
  for (const [args, complaint] of mistakes) {
    assert.throws(() => parseOptions(args, {}), (error: unknown) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, complaint);
      return true;
    });
  }
});
