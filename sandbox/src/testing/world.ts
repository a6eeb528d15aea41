// Starts a sandbox on a free port for one test file, with a small population and quick "slow" people.
import { startSandbox } from '../sandbox.js';
import type { Sandbox } from '../sandbox.js';
import type { Options } from '../options.js';

export const callbackUri = 'http://localhost:9/callback';

export interface World {
  readonly sandbox: Sandbox;
  /** Address for requests, by number so that no name resolution takes part. */
  readonly base: string;
}

export async function startWorld(options: Partial<Options> = {}): Promise<World> {
  const sandbox = await startSandbox({
    port: 0,
    mailPort: 0,
    host: '127.0.0.1',
    smppPort: 0,
    sipPort: 0,
    publicUrl: undefined,
    redirectUris: [callbackUri],
    population: 500,
    seed: 'beresta',
    slowMs: 300,
    signingAlgorithm: 'ES256',
    esiaFolder: undefined,
    ...options,
  });
  return { sandbox, base: `http://127.0.0.1:${sandbox.port}` };
}

export async function setFault(world: World, fault: object): Promise<Response> {
  return fetch(`${world.base}/control/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

export async function clearFaults(world: World): Promise<void> {
  await fetch(`${world.base}/control/faults`, { method: 'DELETE' });
}

export function askRegistry(world: World, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${world.base}/r1/DEMO/GOV/${path}`, {
    headers: { 'X-Road-Client': 'DEMO/GOV/1001/beresta', ...headers },
  });
}

export function askOperator(world: World, path: string, body: unknown): Promise<Response> {
  return fetch(`${world.base}/operator/${path}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer demo-operator-token' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
