// Command line and environment of the sandbox, parsed once.
import { parseArgs } from 'node:util';
import { populationMax } from './population/population.js';

export interface Options {
  readonly port: number;
  /** Where the mail server listens; 0 for any free port. */
  readonly mailPort: number;
  readonly host: string;
  /** Ports of the SMS centre and the SIP trunk; undefined means that there is none. */
  readonly smppPort: number | undefined;
  readonly sipPort: number | undefined;
  /** Where browsers find the sandbox; undefined means http://localhost:<the port it got>. */
  readonly publicUrl: string | undefined;
  readonly redirectUris: readonly string[];
  readonly population: number;
  readonly seed: string;
  /** How long every registry takes over the demo person whose answers are slow. */
  readonly slowMs: number;
  /** The provider the demonstration's clinic signs people in with, and what it was registered as there. */
  readonly clinicIssuer?: string | undefined;
  readonly clinicClientFile?: string | undefined;
  readonly signingAlgorithm: 'ES256' | 'RS256';
  /** Folder with client.pem, the certificate of the system BERESTA at the sandbox's ESIA. */
  readonly esiaFolder: string | undefined;
}

export const usage = `Usage: node dist/main.js [options]
  --port N              port to listen on, 0 for any free one (SANDBOX_PORT, 8701)
  --mail-port N         port of the mail server, 0 for any free one (SANDBOX_MAIL_PORT, 0)
  --host ADDRESS        address to listen on (SANDBOX_HOST, 127.0.0.1)
  --smpp-port N         port of the SMS centre, SMPP 3.4; none without it (SANDBOX_SMPP_PORT)
  --sip-port N          port of the SIP trunk, UDP; none without it (SANDBOX_SIP_PORT)
  --public-url URL      address browsers use (SANDBOX_PUBLIC_URL, http://localhost:PORT)
  --redirect-uri URL    callback of the relying party, may be repeated (SANDBOX_REDIRECT_URIS, by commas)
  --population N        how many people live here, 8 to ${populationMax} (SANDBOX_POPULATION, 10000)
  --seed TEXT           what the people are made from (SANDBOX_SEED, beresta)
  --slow-ms N           delay of registries about the slow demo person (SANDBOX_SLOW_MS, 6000)
  --clinic-issuer URL   Beresta's address, for the clinic that signs people in there (none)
  --clinic-client FILE  what \`beresta relying-party add\` printed for it (none)
  --signing-alg ALG     ES256 or RS256, signature of id_tokens (SANDBOX_SIGNING_ALG, ES256)
  --esia-dir DIR        folder with client.pem, the certificate of the system BERESTA at ESIA (SANDBOX_ESIA_DIR)
  --help                this text`;

/** A mistake on the command line, worded for the person who typed it. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns undefined when only the help text is wanted. */
export function parseOptions(args: readonly string[], environment: Environment): Options | undefined {
  const { values } = readArguments(args);
  if (values.help) return undefined;
  const listed = environment['SANDBOX_REDIRECT_URIS']?.split(',').filter((uri) => uri !== '') ?? [];
  const publicUrl = values['public-url'] ?? environment['SANDBOX_PUBLIC_URL'];
  return {
    port: integer('port', values.port ?? environment['SANDBOX_PORT'] ?? '8701', 0, 65_535),
    mailPort: integer('mail-port', values['mail-port'] ?? environment['SANDBOX_MAIL_PORT'] ?? '0', 0, 65_535),
    host: values.host ?? environment['SANDBOX_HOST'] ?? '127.0.0.1',
    smppPort: optionalPort('smpp-port', values['smpp-port'] ?? environment['SANDBOX_SMPP_PORT']),
    sipPort: optionalPort('sip-port', values['sip-port'] ?? environment['SANDBOX_SIP_PORT']),
    publicUrl: publicUrl === undefined ? undefined : webOrigin(publicUrl),
    redirectUris: (values['redirect-uri'] ?? listed).map((uri) => webAddress('redirect-uri', uri).href),
    population: integer(
      'population', values.population ?? environment['SANDBOX_POPULATION'] ?? '10000', 8, populationMax,
    ),
    seed: values.seed ?? environment['SANDBOX_SEED'] ?? 'beresta',
    slowMs: integer('slow-ms', values['slow-ms'] ?? environment['SANDBOX_SLOW_MS'] ?? '6000', 0, 600_000),
    clinicIssuer: values['clinic-issuer'] === undefined ? undefined : webOrigin(values['clinic-issuer']),
    clinicClientFile: values['clinic-client'],
    signingAlgorithm: algorithm(values['signing-alg'] ?? environment['SANDBOX_SIGNING_ALG'] ?? 'ES256'),
    esiaFolder: values['esia-dir'] ?? environment['SANDBOX_ESIA_DIR'],
  };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        'mail-port': text,
        host: text,
        'smpp-port': text,
        'sip-port': text,
        'public-url': text,
        'redirect-uri': { type: 'string', multiple: true },
        population: text,
        seed: text,
        'slow-ms': text,
        'clinic-issuer': text,
        'clinic-client': text,
        'signing-alg': text,
        'esia-dir': text,
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function optionalPort(name: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : integer(name, value, 0, 65_535);
}

function integer(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

function webAddress(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hash !== '') {
    throw new UsageError(`--${name} must be an http or https address, not "${text}".`);
  }
  return url;
}

function webOrigin(text: string): string {
  const url = webAddress('public-url', text);
  if (url.pathname !== '/' || url.search !== '') {
    throw new UsageError(`--public-url must end after the host and port, not "${text}".`);
  }
  return url.origin;
}

function algorithm(text: string): 'ES256' | 'RS256' {
  if (text === 'ES256' || text === 'RS256') return text;
  throw new UsageError(`--signing-alg must be ES256 or RS256, not "${text}".`);
}
