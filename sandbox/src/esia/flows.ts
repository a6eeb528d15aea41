// Sign-ins under way, codes waiting to be redeemed, access tokens in use. In memory; each bounded.
import { randomUUID } from 'node:crypto';
import type { Person } from '../population/person.js';
import type { SignedRequest } from './request.js';
import type { Scheme } from './request.js';
import { refuse } from './problem.js';

const codeLifeMs = 3 * 60 * 1000;
const keptMax = 10_000;

export interface Flow {
  readonly uid: string;
  readonly request: SignedRequest;
  readonly scheme: Scheme;
  readonly offline: boolean;
  readonly confirmedOnly: boolean;
  readonly codeChallenge: string;
  readonly language: string;
  person?: Person;
}

export interface Grant {
  readonly flow: Flow;
  readonly person: Person;
  readonly authTime: number;
  readonly expiresAt: number;
}

export interface Access {
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

class Bounded<T> {
  private readonly values = new Map<string, T>();

  set(key: string, value: T): void {
    if (this.values.size >= keptMax) this.values.delete(this.values.keys().next().value ?? '');
    this.values.set(key, value);
  }

  get(key: string): T | undefined {
    return this.values.get(key);
  }

  take(key: string): T | undefined {
    const value = this.values.get(key);
    this.values.delete(key);
    return value;
  }
}

export class Flows {
  private readonly flows = new Bounded<Flow>();
  private readonly codes = new Bounded<Grant>();
  private readonly refreshTokens = new Bounded<Grant>();
  private readonly accessTokens = new Bounded<Access>();

  constructor(private readonly now: () => Date) {}

  begin(flow: Omit<Flow, 'uid'>): Flow {
    const begun = { ...flow, uid: randomUUID() };
    this.flows.set(begun.uid, begun);
    return begun;
  }

  find(uid: string): Flow | undefined {
    return this.flows.get(uid);
  }

  /** Ends the flow. */
  take(uid: string): Flow | undefined {
    return this.flows.take(uid);
  }

  /** A code for what the person allowed. */
  allow(flow: Flow, person: Person): string {
    const code = randomUUID();
    const now = this.now().getTime();
    this.codes.set(code, { flow, person, authTime: Math.floor(now / 1000), expiresAt: now + codeLifeMs });
    return code;
  }

  /** A code serves once, whoever tries it. */
  redeem(code: string, clientId: string, redirectUri: string): Grant {
    const grant = this.codes.take(code);
    const fits = grant && grant.expiresAt > this.now().getTime() && grant.flow.request.client.client_id === clientId
      && grant.flow.request.redirectUri === redirectUri;
    return fits ? grant : refuse('007011');
  }

  offerRefresh(grant: Grant): string {
    const token = randomUUID();
    this.refreshTokens.set(token, grant);
    return token;
  }

  /** A refresh token serves once. */
  refresh(token: string, clientId: string): Grant {
    const grant = this.refreshTokens.take(token);
    return grant && grant.flow.request.client.client_id === clientId ? grant : refuse('007011');
  }

  open(accessToken: string, access: Access): void {
    this.accessTokens.set(accessToken, access);
  }

  accessOf(accessToken: string): Access | undefined {
    const access = this.accessTokens.get(accessToken);
    return access && access.expiresAt > this.now().getTime() ? access : undefined;
  }
}
