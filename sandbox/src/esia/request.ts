// What both requests of a system have to be: each parameter there once, of its form, not old, not
// repeated, and signed by the registered certificate over the string of its scheme.
import type { EsiaClient, EsiaClients } from './clients.js';
import { areOrgScopes, areScopes } from './clients.js';
import type { Openssl } from './openssl.js';
import { refuse } from './problem.js';

export type Scheme = 'v1' | 'v2';

const skewMs = 5 * 60 * 1000;
const statesMax = 100_000;
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Parameters that were given exactly once. */
export class Parameters {
  private readonly values = new Map<string, string>();

  constructor(search: URLSearchParams) {
    for (const [name, value] of search) {
      if (this.values.has(name)) refuse('007003');
      this.values.set(name, value);
    }
  }

  get(name: string): string {
    return this.values.get(name) ?? '';
  }

  need(name: string): string {
    return this.get(name) || refuse('007014');
  }
}

/** "2026.11.22 09:42:45 +0300" as milliseconds. */
export function parseTimestamp(text: string): number {
  const parts = /^(\d{4})\.(\d\d)\.(\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text);
  if (!parts) refuse('007015');
  const [, year, month, day, time, hours, minutes] = parts;
  const moment = Date.parse(`${year}-${month}-${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(moment) ? refuse('007015') : moment;
}

export interface SignedRequest {
  readonly client: EsiaClient;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly redirectUri: string;
}

export class RequestJudge {
  private readonly seenStates = new Set<string>();

  constructor(
    private readonly clients: EsiaClients,
    private readonly openssl: Openssl,
    private readonly now: () => Date,
  ) {}

  /** The system and an address of its own: with them, a refusal may be told to the system. */
  findClient(parameters: Parameters): EsiaClient {
    const client = this.clients.find(parameters.need('client_id')) ?? refuse('008010');
    if (!client.redirect_uris.includes(parameters.need('redirect_uri'))) refuse('007023');
    return client;
  }

  async check(client: EsiaClient, parameters: Parameters, scheme: Scheme, code: string): Promise<SignedRequest> {
    const scope = parameters.get('scope') || refuse('007013');
    const scopes = scope.split(' ');
    const scopeOrg = parameters.get('scope_org');
    if (!areScopes(scopes) || (scopeOrg !== '' && !areOrgScopes(scopeOrg.split(' ')))) refuse('007006');
    const timestamp = parameters.need('timestamp');
    if (Math.abs(parseTimestamp(timestamp) - this.now().getTime()) > skewMs) refuse('007015');
    const state = parameters.need('state');
    if (!uuid4.test(state)) refuse('007003');
    const redirectUri = parameters.need('redirect_uri');
    const secret = Buffer.from(parameters.need('client_secret'), 'base64');
    if (scheme === 'v1') {
      await this.checkCms(client, secret, scope + timestamp + client.client_id + state);
    } else {
      const text = client.client_id + scope + scopeOrg + timestamp + state + redirectUri + code;
      await this.checkRaw(client, parameters, secret, text);
    }
    this.useState(`${client.client_id} ${state}`);
    return { client, scopes, state, redirectUri };
  }

  private async checkCms(client: EsiaClient, cms: Buffer, text: string): Promise<void> {
    if (await this.openssl.verifyCms(cms, text, client.certificate)) return;
    refuse(await this.openssl.verifyCmsOfAnybody(cms, text) ? '007002' : '007053');
  }

  private async checkRaw(client: EsiaClient, parameters: Parameters, signature: Buffer, text: string): Promise<void> {
    const hash = parameters.need('client_certificate_hash');
    if (hash !== await this.openssl.certificateHash(client.certificate)) refuse('007053');
    if (signature.length !== 64 || !await this.openssl.verifyRaw(signature, text, client.certificate)) refuse('007053');
  }

  /** Each request has a state of its own; a repeated one is a copy of somebody's request. */
  private useState(state: string): void {
    if (this.seenStates.has(state)) refuse('007003');
    if (this.seenStates.size >= statesMax) this.seenStates.clear();
    this.seenStates.add(state);
  }
}
